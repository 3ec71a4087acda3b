import importlib

import keras
import pytest

from keras_pe.layers.layers_inside import layers_inside
from keras_pe.serving.answers import ClassAnswer
from keras_pe.serving.archive import build_archive
from keras_pe.serving.graph_gate import read_saved_model
from keras_pe.serving.portable_rnn import without_cudnn


class Holder(keras.layers.Layer):
    """Keeps layers in attributes, lists and dicts."""

    def __init__(self):
        super().__init__()
        self.one = keras.layers.GRU(2, return_sequences=True)
        self.several = [keras.layers.LSTM(2, return_sequences=True)]
        self.named = {"last": (keras.layers.GRU(2, return_sequences=True),)}

    def call(self, x):
        return self.named["last"][0](self.several[0](self.one(x)))


@pytest.fixture
def nested(build):
    """An LSTM or GRU in every place that a layer can hold one."""
    inner = keras.Sequential([keras.layers.LSTM(2, return_sequences=True)])
    pieces = keras.layers.TimeDistributed(keras.layers.Dense(3))
    wrapped = keras.layers.Bidirectional(keras.layers.GRU(2, return_sequences=True))
    return build(inner, Holder(), pieces, wrapped, keras.layers.LSTM(4), mask_zero=False)


def _recurrent(model):
    return [x for x in layers_inside(model) if isinstance(x, (keras.layers.LSTM, keras.layers.GRU))]


def test_every_lstm_and_gru_is_found_once(nested):
    found = _recurrent(nested)

    # One in the Sequential, three in the Holder, forward and backward, and the last one.
    assert len(found) == len({id(layer) for layer in found}) == 7
    assert len(layers_inside(nested)) == len({id(layer) for layer in layers_inside(nested)})


def test_use_cudnn_is_off_inside_and_as_before_afterwards(nested):
    first, *others = _recurrent(nested)
    first.use_cudnn = True

    with without_cudnn(nested):
        assert {layer.use_cudnn for layer in _recurrent(nested)} == {False}

    assert first.use_cudnn is True
    assert {layer.use_cudnn for layer in others} == {"auto"}


def _fail_inside(model):
    with without_cudnn(model):
        raise RuntimeError("tracing failed")


def test_use_cudnn_comes_back_after_an_error(model):
    with pytest.raises(RuntimeError, match="tracing failed"):
        _fail_inside(model)

    assert {layer.use_cudnn for layer in _recurrent(model)} == {"auto"}


def _ops(folder):
    (graph,) = read_saved_model(folder).meta_graphs
    return {node.op for function in graph.graph_def.library.function for node in function.node_def}


@pytest.fixture
def gpu_seen(monkeypatch):
    """Makes Keras believe in a GPU, as it does on the machine where most models are trained."""
    # Not by its dotted name: there, a function hides the module.
    module = importlib.import_module("keras.src.backend.tensorflow.rnn")
    monkeypatch.setattr(module, "_is_gpu_available", lambda: True)


def test_an_export_beside_a_gpu_runs_on_a_cpu(build, export, gpu_seen, tmp_path):
    both_ways = keras.layers.Bidirectional(keras.layers.LSTM(4, return_sequences=True))
    model = build(
        both_ways, keras.layers.GRU(4), keras.layers.RepeatVector(2), keras.layers.LSTM(4)
    )
    weights = model.get_weights()

    version = export(model, tmp_path, check_texts=["a good film", "bad"])

    assert not {op for op in _ops(version) if op.startswith("Cudnn")}
    assert "While" in _ops(version)
    assert {layer.use_cudnn for layer in _recurrent(model)} == {"auto"}
    assert all((a == b).all() for a, b in zip(weights, model.get_weights(), strict=True))


def test_a_plain_export_beside_a_gpu_would_not_run_on_a_cpu(
    model, tokenizer, labels, gpu_seen, tmp_path
):
    archive = build_archive(model, tokenizer, ClassAnswer(labels), max_length=16)
    archive.write_out(tmp_path / "plain", verbose=False)

    assert "CudnnRNNV3" in _ops(tmp_path / "plain")
