"""Layer normalisation that centres first: the numbers and gradients of Keras' own."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import CentredNormalization


def pair(dtype="float32"):
    """Returns ours and Keras', with the same weights."""
    draw = np.random.default_rng(1)
    weights = [draw.normal(1.0, 0.5, 16).astype("float32"), draw.normal(size=16).astype("float32")]
    layers = [kind(dtype=dtype) for kind in (CentredNormalization, keras.layers.LayerNormalization)]
    for layer in layers:
        layer.build((None, None, 16))
        layer.set_weights(weights)
    return layers


def found(layer, inputs):
    return ops.convert_to_numpy(ops.cast(layer(inputs), "float32"))


def test_by_hand():
    layer = CentredNormalization(epsilon=3.0)
    # Mean 3, variance 1, and 1 + 3 = 2 squared.
    np.testing.assert_allclose(found(layer, np.array([[2.0, 4.0]])), [[-0.5, 0.5]])


@pytest.mark.parametrize("offset", [0.0, 300.0])
def test_the_numbers_are_those_of_keras(offset):
    ours, theirs = pair()
    inputs = np.random.default_rng(2).normal(offset, 2.0, (4, 5, 16)).astype("float32")
    np.testing.assert_allclose(found(ours, inputs), found(theirs, inputs), atol=2e-4)


@pytest.mark.parametrize("dtype", ["mixed_bfloat16", "mixed_float16"])
def test_sixteen_bits_are_normalised_in_float32(dtype):
    ours, theirs = pair(dtype)
    compute = ours.compute_dtype
    # Squares of these are beyond float16.
    inputs = ops.cast(np.random.default_rng(3).normal(0, 900.0, (4, 16)), compute)
    result = ours(inputs)
    assert keras.backend.standardize_dtype(result.dtype) == compute
    np.testing.assert_allclose(found(ours, inputs), found(theirs, inputs), atol=0.03)


def loss_gradients(layer, inputs, training):
    """Returns gradients of a loss that bends: by inputs, by weights, and the second by inputs."""
    tf = pytest.importorskip("tensorflow")
    inputs = tf.constant(inputs)
    with tf.GradientTape() as outer:
        outer.watch(inputs)
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            loss = tf.reduce_sum(layer(inputs, training=training) ** 3)
        first = tape.gradient(loss, [inputs, *(weight.value for weight in layer.weights)])
        bend = tf.reduce_sum(first[0] ** 2)
    return [gradient.numpy() for gradient in (*first, outer.gradient(bend, inputs))]


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="derived by the backend")
@pytest.mark.parametrize("shape", [(4, 5, 16), (7, 16)])
def test_the_gradient_in_training_is_the_one_that_is_derived(shape):
    ours, _ = pair()
    inputs = np.random.default_rng(4).normal(1.0, 2.0, shape).astype("float32")
    written, derived = (loss_gradients(ours, inputs, training) for training in (True, False))
    for one, other in zip(written, derived, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-4 * np.abs(other).max())


def test_training_changes_no_number():
    ours, _ = pair()
    inputs = np.random.default_rng(5).normal(1.0, 2.0, (4, 5, 16)).astype("float32")
    trained = ops.convert_to_numpy(ours(inputs, training=True))
    np.testing.assert_allclose(trained, found(ours, inputs), atol=1e-6)


def test_equal_features_and_padding_give_beta():
    ours, _ = pair()
    beta = ours.get_weights()[1]
    np.testing.assert_allclose(found(ours, np.full((1, 2, 16), 7.0)), np.tile(beta, (1, 2, 1)))


def test_its_weights_have_the_names_of_keras():
    ours, theirs = pair()
    assert [w.name for w in ours.weights] == [w.name for w in theirs.weights]
