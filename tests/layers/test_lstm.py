"""The LSTM with an exchangeable loop: the one of Keras in all but what is put there."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import LSTM

INPUTS = np.random.default_rng(0).normal(size=(2, 5, 4)).astype("float32")
MASK = np.array([[True] * 5, [True, True, False, False, False]])


def sevens(sequences, mask, weights, **how):
    """A loop that cannot be mistaken for an LSTM."""
    return ops.full((len(sequences), weights[1].shape[0]), 7.0)


def with_loop(layer, loop=sevens):
    layer.training_loop = loop
    return layer


def is_sevens(outputs):
    return bool((ops.convert_to_numpy(outputs) == 7.0).all())


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("settings", [{}, {"return_sequences": True}, {"go_backwards": True}])
def test_without_a_loop_it_is_the_lstm_of_keras(settings, training):
    ours, theirs = (kind(3, name="a", **settings) for kind in (LSTM, keras.layers.LSTM))
    ours.build(INPUTS.shape)
    theirs.build(INPUTS.shape)
    theirs.set_weights(ours.get_weights())
    found, wanted = (layer(INPUTS, mask=MASK, training=training) for layer in (ours, theirs))
    np.testing.assert_array_equal(ops.convert_to_numpy(found), ops.convert_to_numpy(wanted))
    assert [w.path for w in ours.weights] == [w.path for w in theirs.weights]
    assert ours.get_config().keys() == theirs.get_config().keys()


def test_a_loop_computes_training_and_nothing_else():
    layer = with_loop(LSTM(3))
    assert is_sevens(layer(INPUTS, training=True))
    assert not is_sevens(layer(INPUTS, training=False))
    assert not is_sevens(layer(INPUTS))


@pytest.mark.parametrize(
    "settings",
    [
        {"activation": "relu"},
        {"recurrent_activation": "hard_sigmoid"},
        {"use_bias": False},
        {"dropout": 0.5},
        {"recurrent_dropout": 0.5},
        {"unroll": True},
    ],
    ids=lambda settings: next(iter(settings)),
)
def test_what_a_loop_is_not_asked_for_keras_computes(settings):
    assert not is_sevens(with_loop(LSTM(3, **settings))(INPUTS, training=True))


def test_states_that_are_given_or_returned_are_for_keras():
    state = [ops.ones((2, 3))] * 2
    assert not is_sevens(with_loop(LSTM(3))(INPUTS, initial_state=state, training=True))
    outputs, *states = with_loop(LSTM(3, return_state=True))(INPUTS, training=True)
    assert len(states) == 2
    assert not is_sevens(outputs)


def test_a_loop_is_told_all_it_must_know():
    def loop(sequences, mask, weights, **how):
        assert how == {
            "go_backwards": True,
            "return_sequences": True,
            "zero_output_for_mask": True,
        }
        assert [tuple(w.shape) for w in weights] == [(4, 12), (3, 12), (12,)]
        np.testing.assert_array_equal(ops.convert_to_numpy(mask), MASK)
        return sequences

    layer = LSTM(3, return_sequences=True, go_backwards=True, zero_output_for_mask=True)
    with_loop(layer, loop)(INPUTS, mask=ops.convert_to_tensor(MASK), training=True)


def test_a_saved_layer_comes_back_without_the_loop(tmp_path):
    both = keras.layers.Bidirectional(LSTM(3))
    model = keras.Sequential([keras.Input((None, 4)), both])
    with_loop(both.forward_layer)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert type(loaded.layers[0].forward_layer) is LSTM
    assert loaded.layers[0].forward_layer.training_loop is None
    np.testing.assert_array_equal(
        ops.convert_to_numpy(loaded(INPUTS)), ops.convert_to_numpy(model(INPUTS))
    )


def test_weights_of_kerass_lstm_can_be_loaded(tmp_path):
    theirs, ours = (
        keras.Sequential([keras.Input((None, 4)), keras.layers.Bidirectional(kind(3, name="lstm"))])
        for kind in (keras.layers.LSTM, LSTM)
    )
    theirs.save_weights(tmp_path / "model.weights.h5")
    ours.load_weights(tmp_path / "model.weights.h5")
    np.testing.assert_array_equal(
        ops.convert_to_numpy(ours(INPUTS)), ops.convert_to_numpy(theirs(INPUTS))
    )
