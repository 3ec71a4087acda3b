"""Training an LSTM with TensorFlow's kernels: what Keras computes, gradients too."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from keras_pe.layers import LSTM
from keras_pe.training.block_lstm import block_lstm

BATCH, LENGTH, FEATURES, UNITS = 5, 9, 4, 6
RANDOM = np.random.default_rng(0)
INPUTS = RANDOM.normal(size=(BATCH, LENGTH, FEATURES)).astype("float32")
RIGHT = np.arange(LENGTH) < np.array([[9], [4], [1], [8], [6]])
MASKS = {
    "no mask": None,
    "right": RIGHT,
    "left": RIGHT[:, ::-1],
    "shorter than the batch": RIGHT & (np.arange(LENGTH) < 7),
    "anywhere": RANDOM.random((BATCH, LENGTH)) < 0.5,
    "an empty text": RIGHT & (np.arange(BATCH) != 2)[:, np.newaxis],
    "empty texts alone": np.zeros((BATCH, LENGTH), bool),
}
READINGS = {
    "forwards": {},
    "backwards": {"go_backwards": True},
    "sequences": {"return_sequences": True},
    "sequences backwards": {"return_sequences": True, "go_backwards": True},
    "sequences with zeros": {"return_sequences": True, "zero_output_for_mask": True},
    "last with zeros": {"go_backwards": True, "zero_output_for_mask": True},
}


def twins(**settings):
    """Two layers with the same weights: ours with the kernels, and Keras'."""
    ours, theirs = LSTM(UNITS, **settings), keras.layers.LSTM(UNITS, **settings)
    for layer in (ours, theirs):
        layer.build((None, None, FEATURES))
        layer.set_weights([RANDOM.normal(size=w.shape) * 0.5 for w in layer.weights])
    theirs.set_weights(ours.get_weights())
    ours.training_loop = block_lstm
    return ours, theirs


def learned(layer, mask, inputs=INPUTS):
    """Returns outputs, and the gradients of inputs and weights."""
    inputs = tf.constant(inputs)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        outputs = layer(inputs, mask=None if mask is None else tf.constant(mask), training=True)
        draw = np.random.default_rng(1).normal(size=outputs.shape)
        loss = tf.reduce_sum(tf.cast(outputs, "float32") * draw.astype("float32"))
    gradients = tape.gradient(loss, [inputs, *(w.value for w in layer.weights)])
    return [outputs.numpy(), *(gradient.numpy() for gradient in gradients)]


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("reading", READINGS)
def test_outputs_and_all_gradients_are_those_of_keras(reading, mask):
    ours, theirs = twins(**READINGS[reading])
    for found, wanted in zip(learned(ours, MASKS[mask]), learned(theirs, MASKS[mask]), strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("merge_mode", ["concat", "sum"])
def test_in_both_directions_it_is_what_keras_does(merge_mode):
    ours, theirs = (
        keras.layers.Bidirectional(layer, merge_mode=merge_mode)
        for layer in twins(return_sequences=True)
    )
    for layer in (ours, theirs):
        layer.build((None, None, FEATURES))
    theirs.set_weights(ours.get_weights())
    ours.forward_layer.training_loop = ours.backward_layer.training_loop = block_lstm
    for found, wanted in zip(learned(ours, RIGHT), learned(theirs, RIGHT), strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-5, atol=1e-5)


def test_a_compiled_graph_takes_any_length_and_gives_the_same():
    ours, _ = twins()
    step = tf.function(
        lambda inputs, mask: ours(inputs, mask=mask, training=True),
        input_signature=[
            tf.TensorSpec([None, None, FEATURES]),
            tf.TensorSpec([None, None], "bool"),
        ],
    )
    for length in (LENGTH, 3):
        inputs, mask = INPUTS[:, :length], RIGHT[:, :length]
        wanted = ours(inputs, mask=mask, training=True)
        np.testing.assert_allclose(step(inputs, mask), wanted, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("go_backwards", [False, True])
def test_neither_padding_nor_neighbours_change_answers_and_gradients(go_backwards):
    ours, _ = twins(go_backwards=go_backwards)
    outputs, gradients, *_ = learned(ours, RIGHT[:2], INPUTS[:2])
    alone, alone_gradients, *_ = learned(ours, None, INPUTS[:1])
    np.testing.assert_allclose(alone, outputs[:1], rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(alone_gradients, gradients[:1], rtol=1e-6, atol=1e-6)
    other = np.where(RIGHT[:2, :, np.newaxis], INPUTS[:2], 1e3).astype("float32")
    outputs_of_other, gradients_of_other, *_ = learned(ours, RIGHT[:2], other)
    np.testing.assert_array_equal(outputs_of_other, outputs)
    np.testing.assert_array_equal(gradients_of_other, gradients)
    assert not gradients[~RIGHT[:2]].any()


def test_gradients_are_the_slopes():
    ours, _ = twins()
    weights = [w.value for w in ours.weights]

    @tf.function  # Called hundreds of times.
    def outputs(inputs, *weights):
        return block_lstm(
            inputs,
            tf.constant(RIGHT[:3]),
            weights,
            go_backwards=True,
            return_sequences=True,
            zero_output_for_mask=False,
        )

    by_hand, measured = tf.test.compute_gradient(outputs, [INPUTS[:3], *weights], delta=1e-2)
    for found, wanted in zip(by_hand, measured, strict=True):
        np.testing.assert_allclose(found, wanted, atol=2e-3)


@pytest.mark.parametrize("precision", ["mixed_bfloat16", "mixed_float16"])
def test_in_16_bits_outputs_have_16_bits_and_are_close_to_keras(precision):
    ours, theirs = twins(dtype=precision, return_sequences=True)
    found, wanted = learned(ours, RIGHT), learned(theirs, RIGHT)
    assert found[0].dtype == wanted[0].dtype == precision.removeprefix("mixed_")
    for one, other in zip(found, wanted, strict=True):
        one, other = one.astype("float32"), other.astype("float32")
        assert np.abs(one - other).max() < 0.03 * np.abs(other).max()
