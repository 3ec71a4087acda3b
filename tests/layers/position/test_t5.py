"""Buckets of distances, by hand, and what stands in them."""

import math

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import T5RelativeBias

# 8 buckets, 4 a side: distances 0 and 1 have their own, 2 + floor(ln(n / 2) / ln(16 / 2) * 2) the
# others: 2 for n in 2..5, since ln(5 / 2) / ln(8) * 2 = 0.88, and 3 from 6 on (1.06).
BIDIRECTIONAL = {-99: 3, -16: 3, -6: 3, -5: 2, -2: 2, -1: 1, 0: 0, 1: 5, 2: 6, 5: 6, 6: 7, 99: 7}
# All 8 for the left: 0..3 their own, then 4 + floor(ln(n / 4) / ln(16 / 4) * 4): 4 for 4 and 5
# (0.64), 5 for 6 and 7 (1.17, 1.61), 6 for 8 to 11 (2, 2.92), 7 from 12 on (3.17).
LEFT_ONLY = {
    -99: 7,
    -12: 7,
    -11: 6,
    -8: 6,
    -7: 5,
    -6: 5,
    -5: 4,
    -4: 4,
    -3: 3,
    -1: 1,
    0: 0,
    1: 0,
    9: 0,
}


def layer(num_heads=2, **settings):
    made = T5RelativeBias(num_heads, 8, 16, **settings)
    made.build((None, None, 8))
    made.set_weights([np.arange(8 * num_heads).reshape(8, num_heads)])
    return made


def bias(made, queries, keys=None, **settings):
    queries = ops.array(queries, dtype="float32")
    keys = queries if keys is None else ops.array(keys, dtype="float32")
    tables = made.prepare(queries, keys, head_dim=4, **settings)
    found = made.bias(None, None, tables)
    assert keras.backend.standardize_dtype(found.dtype) == "float32"
    return ops.convert_to_numpy(found)


@pytest.mark.parametrize(
    ("bidirectional", "expected"), [(True, BIDIRECTIONAL), (False, LEFT_ONLY)], ids=["both", "left"]
)
def test_every_distance_falls_into_the_bucket_of_the_paper(bidirectional, expected):
    found = layer(bidirectional=bidirectional).buckets(ops.array(list(expected), dtype="float32"))
    assert ops.convert_to_numpy(found).tolist() == list(expected.values())


@pytest.mark.parametrize(("num_buckets", "max_distance"), [(32, 128), (16, 20), (64, 1000)])
def test_buckets_are_those_of_exact_arithmetic(num_buckets, max_distance):
    made = T5RelativeBias(1, num_buckets, max_distance)
    side, own = num_buckets // 2, num_buckets // 4
    distances = range(-1500, 1501)

    def bucket(distance):
        far = abs(distance)
        if far >= own:
            steps = math.log(far / own) / math.log(max_distance / own) * (side - own)
            far = min(own + math.floor(steps + 1e-9), side - 1)
        return far + (side if distance > 0 else 0)

    found = ops.convert_to_numpy(made.buckets(ops.array(distances, dtype="float32")))
    assert found.tolist() == [bucket(distance) for distance in distances]


def test_a_fraction_of_a_token_is_rounded_down():
    found = layer().buckets(ops.array([-1.9, -0.9, 0.9, 1.9]))
    assert ops.convert_to_numpy(found).tolist() == [1, 0, 0, 5]


def test_every_head_has_a_number_of_its_own_for_each_bucket():
    found = bias(layer(), [[0, 1, 2]])
    # Rows of buckets: [0, 5, 6], [1, 0, 5], [2, 1, 0]; bucket b holds 2b and 2b + 1.
    buckets = np.array([[0, 5, 6], [1, 0, 5], [2, 1, 0]])
    np.testing.assert_array_equal(found, [[2 * buckets, 2 * buckets + 1]])


@pytest.mark.parametrize("length", [1, 2, 9])
def test_tokens_one_after_the_other_get_what_any_others_at_their_places_get(length):
    index = np.arange(length, dtype="float32")[None]
    together = bias(layer(), index, consecutive=True)
    pairwise = bias(layer(), index)
    np.testing.assert_array_equal(together, pairwise)
    np.testing.assert_array_equal(bias(layer(), index + 7), together)


def test_rows_may_stand_at_different_places_and_queries_be_fewer_than_keys():
    found = bias(layer(1), [[4], [0]], [[0, 4, 10], [3, 0, 1]])
    # Distances -4, 0, 6 and 3, 0, 1.
    np.testing.assert_array_equal(found, [[[[2, 0, 7]]], [[[6, 0, 5]]]])


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"num_heads": 0}, "`num_heads` must be at least 1. Received: num_heads=0"),
        (
            {"num_buckets": 2},
            "`num_buckets` must be at least 4, and even if bidirectional",
        ),
        ({"num_buckets": 9}, ".*Received: num_buckets=9, bidirectional=True"),
        ({"max_distance": 8}, "`max_distance` must be above 8, .* Received: max_distance=8, num_b"),
    ],
)
def test_arguments_out_of_range_are_refused(settings, said):
    with pytest.raises(ValueError, match=said):
        T5RelativeBias(**{"num_heads": 2, **settings})


def test_an_odd_number_of_buckets_serves_one_side():
    assert T5RelativeBias(2, 9, bidirectional=False).num_buckets == 9
