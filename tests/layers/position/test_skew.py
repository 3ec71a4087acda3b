"""From distances to keys and back, without a gather."""

import numpy as np
import pytest
from keras import ops

from keras_pe.layers.position.skew import skew, unskew

# Rows are queries. Column r of BY_DISTANCE is the key at distance r - 2.
BY_DISTANCE = [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11, 12, 13, 14, 15]]
# Query 0 has its keys at the distances 0, 1, 2; query 1 at -1, 0, 1; query 2 at -2, -1, 0.
BY_KEY = [[3, 4, 5], [7, 8, 9], [11, 12, 13]]
BACK = [[0, 0, 3, 4, 5], [0, 7, 8, 9, 0], [11, 12, 13, 0, 0]]


def test_every_query_finds_its_keys_at_their_distances():
    assert ops.convert_to_numpy(skew(ops.array(BY_DISTANCE))).tolist() == BY_KEY


def test_every_key_goes_back_to_its_distance_and_the_rest_is_zero():
    assert ops.convert_to_numpy(unskew(ops.array(BY_KEY))).tolist() == BACK


@pytest.mark.parametrize("length", [1, 2, 3, 7])
@pytest.mark.parametrize("lead", [(), (2,), (2, 3)], ids=["no_axis", "one_axis", "two_axes"])
def test_leading_axes_stay_apart_at_any_length(length, lead):
    by_distance = np.random.default_rng(0).normal(size=(*lead, length, 2 * length - 1))
    by_key = ops.convert_to_numpy(skew(ops.array(by_distance, dtype="float32")))
    back = ops.convert_to_numpy(unskew(ops.array(by_key)))
    assert by_key.shape == (*lead, length, length)
    assert back.shape == by_distance.shape
    used = np.zeros(by_distance.shape, bool)
    for i, j in np.ndindex(length, length):
        column = j - i + length - 1
        used[..., i, column] = True
        np.testing.assert_allclose(by_key[..., i, j], by_distance[..., i, column], rtol=1e-6)
        np.testing.assert_array_equal(back[..., i, column], by_key[..., i, j])
    assert not back[~used].any()
