"""Shares of the position, by hand."""

import numpy as np
import pytest
from keras import ops

from keras_pe.layers import FIRE


def psi(x, c):
    return np.log(abs(c) * x + 1)


def share(i, j, c, threshold):
    side = -1 if j > i else 1
    return side * psi(abs(i - j), c) / psi(max(threshold, i, j), c)


def layer(weights, threshold=4.0):
    made = FIRE(2, hidden_dim=3, threshold=threshold)
    made.build((None, None, 8))
    made.set_weights(weights)
    return made


def bias(made, positions, keys=None):
    positions = ops.array(np.array(positions), dtype="float32")
    keys = positions if keys is None else ops.array(np.array(keys), dtype="float32")
    return ops.convert_to_numpy(made.bias(None, None, made.prepare(positions, keys, head_dim=4)))


def weights(c=0.5, factor=1.0, seed=0):
    noise = np.random.default_rng(seed)
    shapes = [(1, 3), (3,), (3, 2)]
    return [*[noise.normal(size=shape) for shape in shapes], np.array(c), np.array(factor)]


@pytest.mark.parametrize(("c", "factor"), [(0.5, 1.0), (-0.5, -2.0)])
def test_the_network_reads_the_distance_as_a_share_of_how_far_one_is(c, factor):
    kernel_in, bias_in, kernel_out, *_ = given = weights(c, factor)
    at = [0, 1.5, 3, 9, 20]
    found = bias(layer(given), [at])
    for row, i in enumerate(at):
        for column, j in enumerate(at):
            x = share(i, j, c, 4.0 * abs(factor))
            expected = np.maximum(x * kernel_in[0] + bias_in, 0) @ kernel_out
            np.testing.assert_allclose(found[0, :, row, column], expected, rtol=1e-4, atol=1e-5)


def identity():
    """Weights with which both heads get the share itself."""
    kernel = [[1.0, -1.0, 0.0]]
    return [kernel, [0.0] * 3, [[1.0, 1.0], [-1.0, -1.0], [0.0, 0.0]], 1.0, 1.0]


def test_by_hand_within_the_threshold_and_past_it():
    found = bias(layer([np.array(w) for w in identity()]), [[0, 3, 7]])[0, 0]
    within, past = np.log(4) / np.log(5), np.log(8) / np.log(8)
    expected = [
        [0, -within, -past],
        [within, 0, -np.log(5) / np.log(8)],
        [past, np.log(5) / np.log(8), 0],
    ]
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_the_share_stays_in_range_however_long_the_text():
    made = layer([np.array(w) for w in identity()])
    found = bias(made, [np.linspace(0, 100_000, 50)])
    assert 0.999 < found.max() <= 1.0
    assert -1.0 <= found.min() < -0.999


def test_a_text_gets_the_same_whatever_stands_after_it():
    made = layer(weights())
    long, short = bias(made, [range(30)]), bias(made, [range(10)])
    np.testing.assert_allclose(long[:, :, :10, :10], short, atol=1e-6)


def test_a_common_shift_changes_nothing_below_the_threshold_and_something_past_it():
    made = layer(weights(), threshold=50.0)
    there = bias(made, [[0, 1, 5]])
    np.testing.assert_allclose(bias(made, [[40, 41, 45]]), there, atol=1e-5)
    assert np.abs(bias(made, [[400, 401, 405]]) - there).max() > 1e-3


def test_a_threshold_of_zero_leaves_the_first_position_finite():
    made = layer([np.array(w) for w in (*identity()[:-1], 0.0)])
    np.testing.assert_allclose(bias(made, [[0, 2]])[0, 0], [[0, -1], [1, 0]], atol=1e-6)


def test_queries_and_keys_may_differ():
    made = layer(weights())
    square = bias(made, [[0, 2, 3]])
    np.testing.assert_allclose(bias(made, [[2]], [[0, 2, 3]]), square[:, :, 1:2], atol=1e-6)


@pytest.mark.parametrize("name", ["num_heads", "hidden_dim"])
def test_sizes_below_one_are_refused(name):
    with pytest.raises(ValueError, match=f"`{name}` must be at least 1. Received: {name}=0"):
        FIRE(**{"num_heads": 2, name: 0})


@pytest.mark.parametrize("name", ["threshold", "initial_c"])
def test_first_values_of_zero_are_refused(name):
    with pytest.raises(ValueError, match=f"`{name}` must be above 0. Received: {name}=0"):
        FIRE(2, **{name: 0})
