"""A dense layer over all tokens at once: the numbers and gradients of Keras' own."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import TokenDense

IN_TENSORFLOW = pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="derived by the backend"
)
TOKENS = np.random.default_rng(1).normal(size=(4, 5, 16)).astype("float32")


def pair(dtype="float32", **settings):
    """Returns ours and Keras', with the same weights."""
    draw = np.random.default_rng(2)
    weights = [draw.normal(size=(16, 8)).astype("float32")]
    if settings.get("use_bias", True):
        weights.append(draw.normal(size=8).astype("float32"))
    layers = [kind(8, dtype=dtype, **settings) for kind in (TokenDense, keras.layers.Dense)]
    for layer in layers:
        layer.build((None, None, 16))
        layer.set_weights(weights)
    return layers


def as_floats(tensor):
    return ops.convert_to_numpy(ops.cast(tensor, "float32"))


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("dtype", ["float32", "mixed_bfloat16", "mixed_float16"])
@pytest.mark.parametrize("settings", [{}, {"activation": "relu"}, {"use_bias": False}])
def test_the_numbers_are_those_of_keras(settings, dtype, training):
    ours, theirs = pair(dtype, **settings)
    inputs = ops.cast(TOKENS, ours.compute_dtype)
    found, expected = (layer(inputs, training=training) for layer in (ours, theirs))
    assert found.dtype == expected.dtype
    rtol, atol = (1e-5, 1e-5) if dtype == "float32" else (0.02, 0.05)
    np.testing.assert_allclose(as_floats(found), as_floats(expected), rtol=rtol, atol=atol)


@pytest.mark.parametrize("shape", [(3, 16), (2, 3, 4, 16)])
def test_tokens_may_have_any_dimensions(shape):
    ours, theirs = pair()
    inputs = np.resize(TOKENS, shape)
    np.testing.assert_allclose(as_floats(ours(inputs)), as_floats(theirs(inputs)), 1e-4, 1e-5)


def loss_gradients(layer, training):
    """Returns gradients of a loss that bends: by inputs, by weights, and the second by inputs."""
    import tensorflow as tf

    inputs = tf.constant(TOKENS)
    with tf.GradientTape() as outer:
        outer.watch(inputs)
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            outputs = layer(tf.cast(inputs, layer.compute_dtype), training=training)
            # Small: gradients of float16 end at 65,504.
            loss = tf.reduce_sum(tf.cast(outputs, "float32") ** 3) / 100.0
        first = tape.gradient(loss, [inputs, *(weight.value for weight in layer.weights)])
        bend = tf.reduce_sum(first[0] ** 2)
    return [gradient.numpy() for gradient in (*first, outer.gradient(bend, inputs))]


@IN_TENSORFLOW
@pytest.mark.parametrize("activation", [None, "relu", "gelu"])
@pytest.mark.parametrize("dtype", ["mixed_bfloat16", "mixed_float16"])
def test_the_gradient_in_training_is_the_one_that_is_derived(dtype, activation):
    ours, _ = pair(dtype, activation=activation)
    written, derived = (loss_gradients(ours, training) for training in (True, False))
    for one, other in zip(written, derived, strict=True):
        # Products of 16 bits have three decimal digits at most.
        np.testing.assert_allclose(one, other, rtol=0.05, atol=0.02 * np.abs(other).max())


@IN_TENSORFLOW
def test_the_gradient_of_a_bias_sums_over_all_tokens():
    import tensorflow as tf

    ours, _ = pair("mixed_bfloat16")
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(ours(ops.cast(TOKENS, "bfloat16"), training=True))
    np.testing.assert_array_equal(tape.gradient(total, ours.bias.value), np.full(8, 20.0))


def test_it_can_be_quantized_as_that_of_keras():
    ours, theirs = pair()
    for layer in (ours, theirs):
        layer.quantize("int8")
    np.testing.assert_allclose(as_floats(ours(TOKENS)), as_floats(theirs(TOKENS)), rtol=1e-5)
