"""Trained penalties, by hand."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import KERPLE

POSITIONS = [[0, 1, 4]]
DISTANCE = np.array([[0, 1, 4], [1, 0, 3], [4, 3, 0]])
HEIGHT, RATE = [2.0, 0.5], [0.25, 1.5]
BY_HAND = {
    "log": [-h * np.log(1 + r * DISTANCE) for h, r in zip(HEIGHT, RATE, strict=True)],
    "power": [-h * np.where(DISTANCE, DISTANCE**r, 0) for h, r in zip(HEIGHT, RATE, strict=True)],
}


def kerple(height=HEIGHT, rate=RATE, **settings):
    layer = KERPLE(len(height), **settings)
    layer.build((None, None, 8))
    layer.set_weights([np.array(height), np.array(rate)])
    return layer


def bias(layer, positions=POSITIONS):
    positions = ops.array(positions, dtype="float32")
    heads = ops.zeros((len(positions), positions.shape[1], layer.num_heads, 4))
    found = layer.bias(heads, heads, layer.prepare(positions, positions, head_dim=4))
    assert keras.backend.standardize_dtype(found.dtype) == "float32"
    return ops.convert_to_numpy(found)


@pytest.mark.parametrize("kind", BY_HAND)
def test_every_head_has_its_own_function_of_the_distance(kind):
    found = bias(kerple(kind=kind, direction="symmetric"))
    np.testing.assert_allclose(found, [BY_HAND[kind]], rtol=1e-5)


def test_the_kind_is_the_logarithm_unless_said():
    np.testing.assert_array_equal(bias(kerple()), bias(kerple(kind="log")))


@pytest.mark.parametrize("kind", BY_HAND)
def test_split_heads_look_left_and_right_in_turn(kind):
    left, right = bias(kerple(kind=kind))[0]
    np.testing.assert_allclose(np.tril(left), np.tril(BY_HAND[kind][0]), rtol=1e-5)
    np.testing.assert_allclose(np.triu(right), np.triu(BY_HAND[kind][1]), rtol=1e-5)
    assert (left[np.triu_indices(3, 1)] == -1e9).all()
    assert (right[np.tril_indices(3, -1)] == -1e9).all()


def test_keys_before_the_query_count_half_a_token_nearer_where_asymmetric():
    found = bias(kerple(kind="power", rate=[1.0, 1.0], direction="asymmetric"))
    half = np.tril(np.full((3, 3), 0.5), -1)
    expected = [-h * (DISTANCE - half) for h in HEIGHT]
    np.testing.assert_allclose(found, [expected], rtol=1e-5)


def test_weights_stay_within_the_range_of_the_paper():
    found = bias(kerple([0.001, 1.0], [1.0, 5.0], kind="power", direction="symmetric"))[0]
    np.testing.assert_allclose(found[0], -0.01 * DISTANCE, rtol=1e-5)
    np.testing.assert_allclose(found[1], -1.0 * DISTANCE**2, rtol=1e-5)
    found = bias(kerple([1.0, -2.0], [-0.001, 3.0], direction="symmetric"))[0]
    np.testing.assert_allclose(found[0], -np.log(1 + 0.01 * DISTANCE), rtol=1e-5)
    np.testing.assert_allclose(found[1], -2 * np.log(1 + 3 * DISTANCE), rtol=1e-5)


def test_weights_begin_in_the_range_of_the_authors():
    layer = KERPLE(2000, seed=3)
    layer.build((None, None, 8))
    height, rate = map(ops.convert_to_numpy, layer.weights)
    assert 0 <= height.min() < 0.05 < 1.95 < height.max() <= 2
    assert 0 <= rate.min() < 0.05 < 0.95 < rate.max() <= 1
    assert abs(np.corrcoef(height, rate)[0, 1]) < 0.1


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="gradients by GradientTape")
@pytest.mark.parametrize("kind", BY_HAND)
def test_gradients_are_finite_also_at_a_distance_of_zero(kind):
    import tensorflow as tf

    layer = kerple(kind=kind, direction="symmetric")
    positions = ops.array(POSITIONS, dtype="float32")
    with tf.GradientTape() as tape:
        total = ops.sum(layer.prepare(positions, positions, head_dim=4))
    height, rate = tape.gradient(total, [w.value for w in layer.trainable_weights])
    expected = [each.sum() / h for each, h in zip(BY_HAND[kind], HEIGHT, strict=True)]
    np.testing.assert_allclose(height, expected, rtol=1e-5)
    assert np.isfinite(rate).all()
    assert (rate.numpy() < 0).all()


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="`kind` must be one of: log, power. Received: kind='exp'"):
        KERPLE(2, kind="exp")
