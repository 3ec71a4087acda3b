"""The other side of the benchmarks: PyTorch's models train and serve, and JAX runs ours."""

import json
import os

import numpy as np
import pytest
import torch

from benchmarks.child import Child
from benchmarks.gpu.measure import JAX, batches
from benchmarks.peers.contestants import of_model, sizes
from benchmarks.peers.stored_batches import write_batches
from benchmarks.peers.torch_models import LSTMClassifier, TransformerClassifier
from benchmarks.peers.torch_training import prepare
from benchmarks.serving import onnx_serving, torch_serving
from keras_pe.config import RunConfig
from keras_pe.models import build_classifier, resolve_defaults

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "tea", "##s", "or", "not"]
SMALL = RunConfig(vocabulary_size=20, num_classes=3, max_length=8, num_layers=1, num_heads=2)


def small(model):
    config = of_model(SMALL, model)
    return resolve_defaults(config)


@pytest.fixture
def stored(tmp_path):
    path = str(tmp_path / "batches.npz")
    write_batches(path, batches(length=8, tokens=32, steps=2, config=SMALL))
    return path


@pytest.mark.parametrize(
    ("model", "arguments"),
    [
        ("transformer", {}),
        ("transformer", {"bfloat16": True, "fused": True}),
        ("lstm", {"packed": True}),
        ("lstm", {"fused": True}),
    ],
    ids=["transformer", "transformer, best", "lstm, packed", "lstm"],
)
def test_an_epoch_changes_every_weight(model, arguments, stored, monkeypatch):
    made = []
    adam = torch.optim.Adam

    def kept(parameters, **settings):
        made.extend(parameters)
        return adam(made, **settings)

    monkeypatch.setattr(torch.optim, "Adam", kept)
    epoch = prepare(stored, sizes(small(model)), **arguments)
    before = [weight.detach().clone() for weight in made]
    epoch(None)
    assert len(made) > 5
    assert all((new != old).any() for new, old in zip(made, before, strict=True))


@pytest.mark.parametrize("name", ["transformer", "lstm"])
def test_both_sides_have_the_same_matrices(name):
    """But for PyTorch's learned positions, its second LSTM bias, and our last normalisation."""
    config = small(name)
    build = TransformerClassifier if name == "transformer" else LSTMClassifier
    theirs = sum(w.numel() for w in build(sizes(config)).parameters() if w.ndim == 2)
    own = sum(int(np.prod(w.shape)) for w in build_classifier(config).weights if len(w.shape) > 1)
    positions = config.max_length * config.hidden_dim if name == "transformer" else 0
    assert theirs - positions == own


def test_padding_does_not_change_what_pytorch_answers():
    for model in (TransformerClassifier(sizes(small("transformer"))).eval(),
                  LSTMClassifier(sizes(small("lstm")), packed=True).eval()):  # fmt: skip
        ids = torch.tensor([[2, 4, 5, 3]])
        padded = torch.nn.functional.pad(ids, (0, 3))
        torch.testing.assert_close(model(padded), model(ids), atol=1e-5, rtol=1e-5)


@pytest.fixture
def asked(tmp_path):
    (tmp_path / "vocabulary.txt").write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    (tmp_path / "texts.json").write_text(json.dumps(["tea", "teas or not", ""]), encoding="utf-8")
    return {
        "folder": str(tmp_path),
        "texts": str(tmp_path / "texts.json"),
        "sizes": sizes(small("transformer")),
        "label_names": ["a", "b", "c"],
    }


@pytest.mark.parametrize("module", [torch_serving, onnx_serving], ids=["eager", "onnx"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_every_text_is_answered_alone_and_in_a_batch(module, asked):
    requests = module.prepare(**asked)
    assert len(requests({"batch_size": 1})) == 3
    assert len(requests({"batch_size": 2})) == 2


def test_our_model_trains_on_jax_in_a_process_of_its_own(stored):
    environment = {**os.environ, "KERAS_BACKEND": "jax"}
    arguments = {"batches": stored, "config": small("transformer").to_json()}
    with Child(JAX, arguments, environment=environment, title="ours") as child:
        assert child.seconds()[0] > 0
