"""Who trains by which loop, and that a trained model is then one like any other."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from keras_pe.config import ModelConfig, TrainingConfig
from keras_pe.layers.layers_inside import layers_inside
from keras_pe.models import build_classifier
from keras_pe.training import lstm_loops
from keras_pe.training.block_lstm import block_lstm
from keras_pe.training.fit import compile_for_training
from keras_pe.training.lstm_loops import choose_lstm_loops

SIZES = {"vocabulary_size": 20, "hidden_dim": 8, "lstm_units": 8, "dense_dim": 8, "num_classes": 3}
IDS = np.random.default_rng(0).integers(1, 20, (64, 9)).astype("int32")
IDS[:, 6:] *= np.random.default_rng(1).integers(0, 2, (64, 1), dtype="int32")
FIRST = IDS[:, 0] % 3


def built(**settings):
    keras.utils.set_random_seed(3)
    settings = {"model": "lstm", "bidirectional": True, "dropout": 0.0, **SIZES, **settings}
    return build_classifier(ModelConfig(**settings))


def compiled(settings=None, **changes):
    model = built(**changes)
    settings = settings or TrainingConfig(learning_rate=0.03, warmup_fraction=0.0)
    compile_for_training(model, settings, steps_per_epoch=8)
    return model


def loops(model):
    return [x.training_loop for x in layers_inside(model) if hasattr(x, "training_loop")]


@pytest.mark.parametrize("changes", [{}, {"truncation": "window", "pooling": "last"}])
def test_both_directions_are_trained_by_the_kernels(changes):
    # A Bidirectional layer keeps a copy of the layer it was made from, too.
    assert set(loops(compiled(**changes))) == {block_lstm}


def test_xla_and_gpus_train_by_the_loop_of_keras(monkeypatch):
    model = compiled(TrainingConfig(jit_compile=True))
    assert set(loops(model)) == {None}
    monkeypatch.setattr(tf.config, "list_logical_devices", lambda kind: [kind])
    choose_lstm_loops(model, jit_compile=False)
    assert set(loops(model)) == {None}


def test_other_backends_train_by_the_loop_of_keras(monkeypatch):
    monkeypatch.setattr(lstm_loops.keras.backend, "backend", lambda: "jax")
    model = built()
    choose_lstm_loops(model, jit_compile=False)
    assert set(loops(model)) == {None}


def test_a_choice_can_be_taken_back():
    model = compiled()
    model.compile("adam", "sparse_categorical_crossentropy")
    assert not model.jit_compile, "XLA has no kernel for it"
    choose_lstm_loops(model, jit_compile=True)
    assert set(loops(model)) == {None}
    model.compile("adam", "sparse_categorical_crossentropy", jit_compile=True)
    assert np.isfinite(model.train_on_batch(IDS, FIRST)).all()


@pytest.mark.parametrize("pooling", ["last", "mean"])
def test_it_learns_what_it_learns_with_the_loop_of_keras(pooling):
    ours, theirs = (compiled(pooling=pooling) for _ in range(2))
    choose_lstm_loops(theirs, jit_compile=True)
    losses = [
        model.fit(IDS, FIRST, batch_size=16, epochs=2, shuffle=False, verbose=0).history["loss"]
        for model in (ours, theirs)
    ]
    np.testing.assert_allclose(*losses, rtol=1e-4)
    for found, wanted in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(found, wanted, atol=2e-3)


def test_it_learns_a_task():
    model = compiled(TrainingConfig(learning_rate=0.03, epochs=15, warmup_fraction=0.0))
    model.fit(IDS, FIRST, batch_size=16, epochs=15, verbose=0)
    assert (model.predict(IDS, verbose=0).argmax(1) == FIRST).mean() > 0.95


def operations(graph):
    """The kinds of operations in a graph and the functions it calls."""
    graph = graph.as_graph_def()
    inside = [node for function in graph.library.function for node in function.node_def]
    return {node.op for node in [*graph.node, *inside]}


def test_only_training_has_the_kernels_in_its_graph(tmp_path):
    model = compiled()

    def graph(training):
        call = tf.function(lambda ids: model(ids, training=training))
        return operations(call.get_concrete_function(tf.TensorSpec([None, None], "int32")).graph)

    assert "BlockLSTM" in graph(training=True)
    assert "BlockLSTM" not in graph(training=False)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras", compile=False)
    np.testing.assert_array_equal(loaded.predict(IDS, verbose=0), model.predict(IDS, verbose=0))
