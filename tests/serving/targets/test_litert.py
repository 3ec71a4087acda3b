"""LiteRT: its own operations alone, lengths, and weights in 8 and 16 bits."""

import json

import keras
import numpy as np
import pytest
from ai_edge_litert.interpreter import Interpreter

from keras_pe.config import ModelConfig
from keras_pe.models import build_classifier
from keras_pe.serving.targets.litert import MODEL, TOLERANCES, write_litert
from keras_pe.serving.targets.litert_classifier import LiteRTClassifier
from keras_pe.text.special_tokens import SPECIAL_TOKENS
from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer

NEWS_MODELS = {
    "rotary": {"model": "transformer", "position": "rotary", "num_heads": 2, "num_layers": 1},
    "lstm": {"model": "lstm", "lstm_units": 16},
}


def interpreter(folder):
    return Interpreter(model_path=str(folder / MODEL))


@pytest.mark.parametrize("kind", ["rotary", "lstm"])
def test_only_operations_of_litert_itself(kind, news_export):
    opened = interpreter(news_export("litert", kind))
    ops = {each["op_name"] for each in opened._get_ops_details()}
    assert len(ops) > 5
    assert not {op for op in ops if op.startswith("Flex") or op == "CUSTOM"}
    names = {"inputs": ["token_ids"], "outputs": ["scores"]}
    assert opened.get_signature_list() == {"tokens": names}


def test_padding_and_lengths_up_to_the_longest_do_not_change_an_answer(news_export):
    opened = interpreter(news_export("litert", "rotary"))
    run = opened.get_signature_runner("tokens")
    ids = np.array([[2, 50, 60, 70, 3]], np.int32)
    expected = run(token_ids=ids)["scores"]
    for length in (6, 20, 48):
        padded = np.pad(ids, [[0, 0], [0, length - 5]])
        np.testing.assert_allclose(run(token_ids=padded)["scores"], expected, rtol=0, atol=1e-6)


def test_a_fixed_length_answers_the_same(news_export, news):
    fixed = LiteRTClassifier(news_export("litert", "lstm", length="fixed"))
    dynamic = LiteRTClassifier(news_export("litert", "lstm"))
    texts = [*news[:20], "", "long " * 99]
    np.testing.assert_allclose(fixed.predict(texts)[1], dynamic.predict(texts)[1], atol=1e-5)
    (given,) = interpreter(fixed.folder).get_input_details()
    assert given["shape"].tolist() == [1, 48]


@pytest.mark.parametrize(("quantization", "smaller"), [("dynamic_int8", 0.6), ("float16", 0.7)])
def test_rounded_weights_are_smaller_and_near(quantization, smaller, news_export, news):
    exact = LiteRTClassifier(news_export("litert", "rotary"))
    rounded = LiteRTClassifier(news_export("litert", "rotary", quantization=quantization))
    sizes = [(reader.folder / MODEL).stat().st_size for reader in (rounded, exact)]
    difference = np.abs(rounded.predict(news[:50])[1] - exact.predict(news[:50])[1]).max()

    assert sizes[0] < smaller * sizes[1]
    assert 1e-6 < difference < TOLERANCES[quantization]
    description = json.loads((rounded.folder / "keras_pe.json").read_text(encoding="utf-8"))
    assert description["quantization"] == quantization


TOPICS = {"oil": "Business", "match": "Sports", "chip": "Tech"}


def trained(kind):
    """A classifier that has learned which of three words stands among others, and its texts."""
    keras.utils.set_random_seed(1)
    draw = np.random.default_rng(1)
    ids, labels = draw.integers(8, 40, (600, 10)).astype(np.int32), np.arange(600) % 3
    ids[:, 0], ids[:, -1] = 2, 3
    ids[np.arange(600), draw.integers(1, 9, 600)] = 5 + labels
    sizes = {"vocabulary_size": 40, "max_length": 16, "hidden_dim": 16, "num_classes": 3}
    model = build_classifier(ModelConfig(**sizes, **NEWS_MODELS[kind]))
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    model.fit(ids, labels, epochs=6, verbose=0)
    return model, list(ids)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["rotary", "lstm"])
def test_calibration_rounds_activations_and_keeps_answers(kind, tmp_path):
    model, ids = trained(kind)
    words = [*SPECIAL_TOKENS, *TOPICS, *(f"word{number}" for number in range(32))]
    folder = write_litert(
        *(model, WordPieceTokenizer(words), [*TOPICS.values()], tmp_path / "topics"),
        max_length=16,
        quantization="calibrated_int8",
        calibration=ids[:120],
    )
    assert "QUANTIZE" in {each["op_name"] for each in interpreter(folder)._get_ops_details()}
    agreement = json.loads((folder / "keras_pe.json").read_text(encoding="utf-8"))["agreement"]
    assert agreement["texts"] == 60
    assert agreement["same"] >= 57
    assert agreement["difference"] > 1e-6
