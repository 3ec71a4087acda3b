"""Slopes and penalties, by hand."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import ALiBi, SelfAttention
from keras_pe.layers.position.alibi import alibi_slopes

SLOPES = {
    1: [1 / 256],
    2: [1 / 16, 1 / 256],
    # Those of 2, then the first, third, ... of 4.
    3: [1 / 16, 1 / 256, 1 / 4],
    4: [1 / 4, 1 / 16, 1 / 64, 1 / 256],
    # Those of 4, then 2 ** -1 and 2 ** -3 of 8.
    6: [1 / 4, 1 / 16, 1 / 64, 1 / 256, 1 / 2, 1 / 8],
    8: [1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64, 1 / 128, 1 / 256],
    # Those of 8, then 2 ** -0.5, 2 ** -1.5, 2 ** -2.5 and 2 ** -3.5 of 16.
    12: [2.0**-h for h in (1, 2, 3, 4, 5, 6, 7, 8, 0.5, 1.5, 2.5, 3.5)],
}
DISTANCE = np.array([[0, 1, 2], [1, 0, 1], [2, 1, 0]])
DISTANCES = {
    "symmetric": DISTANCE,
    # Keys before the query, below the diagonal, count half a token nearer.
    "asymmetric": DISTANCE - np.array([[0, 0, 0], [0.5, 0, 0], [0.5, 0.5, 0]]),
}


SHUT = -1e9
LEFT = [[0, SHUT, SHUT], [1, 0, SHUT], [2, 1, 0]]
RIGHT = [[0, 1, 2], [SHUT, 0, 1], [SHUT, SHUT, 0]]


def bias(num_heads, positions=(0, 1, 2), **settings):
    positions = ops.array([positions], dtype="float32")
    heads = ops.zeros((1, 3, num_heads, 4))
    alibi = ALiBi(num_heads, **settings)
    return ops.convert_to_numpy(
        alibi.bias(heads, heads, alibi.prepare(positions, positions, head_dim=4))
    )


@pytest.mark.parametrize("num_heads", SLOPES)
def test_slopes_are_those_of_the_paper_for_any_number_of_heads(num_heads):
    np.testing.assert_allclose(alibi_slopes(num_heads), SLOPES[num_heads], rtol=1e-6)


@pytest.mark.parametrize("num_heads", [1, 2, 3, 6, 12])
@pytest.mark.parametrize("direction", DISTANCES)
def test_every_head_subtracts_its_slope_times_the_distance(num_heads, direction):
    expected = [[-m * DISTANCES[direction] for m in SLOPES[num_heads]]]
    np.testing.assert_allclose(bias(num_heads, direction=direction), expected, rtol=1e-6)


def penalty(distance, slope):
    """-slope * distance, but closed keys stay closed."""
    return [[far if far == SHUT else -slope * far for far in row] for row in distance]


@pytest.mark.parametrize("num_heads", [2, 3, 6, 12])
def test_split_heads_look_left_and_right_in_turn_with_one_slope_a_pair(num_heads):
    pairs = [(LEFT, m) for m in SLOPES[(num_heads + 1) // 2]]
    both = [side for left, m in pairs for side in (penalty(left, m), penalty(RIGHT, m))]
    np.testing.assert_allclose(bias(num_heads, direction="split"), [both[:num_heads]], rtol=1e-6)


@pytest.mark.parametrize("num_heads", [1, 3])
def test_causal_closes_the_keys_after_the_query(num_heads):
    expected = [penalty(LEFT, m) for m in SLOPES[num_heads]]
    np.testing.assert_allclose(bias(num_heads, direction="causal"), [expected], rtol=1e-6)


def test_the_default_tells_left_from_right():
    np.testing.assert_array_equal(bias(2), bias(2, direction="split"))
    assert bias(2)[0, 0, 0, 1] != bias(2)[0, 0, 1, 0]


def test_the_distance_is_between_positions_and_not_between_places():
    found = bias(1, positions=(5, 0.5, 7), direction="symmetric")
    distance = np.array([[0, 4.5, 2], [4.5, 0, 6.5], [2, 6.5, 0]])
    np.testing.assert_allclose(found, [[-distance / 256]], rtol=1e-6)


def test_queries_and_keys_may_differ_in_number_and_rows_in_positions():
    queries, keys = ops.array([[4.0], [1.0]]), ops.array([[0.0, 4.0, 5.0], [1.0, 2.0, 3.0]])
    alibi = ALiBi(1, direction="symmetric")
    tables = alibi.prepare(queries, keys, head_dim=4)
    found = alibi.bias(ops.zeros((2, 1, 1, 4)), ops.zeros((2, 3, 1, 4)), tables)
    expected = np.array([[[[4, 0, 1]]], [[[0, 1, 2]]]]) / -256
    np.testing.assert_allclose(ops.convert_to_numpy(found), expected, rtol=1e-6)


def test_causal_attention_sees_nothing_that_comes_after():
    attention = SelfAttention(2, ALiBi(2, direction="causal"))
    tokens = np.random.default_rng(0).normal(size=(1, 5, 4)).astype("float32")
    changed = tokens.copy()
    changed[0, 3:] += 1.0
    before, after = (ops.convert_to_numpy(attention(x))[0] for x in (tokens, changed))
    np.testing.assert_array_equal(after[:3], before[:3])
    assert np.abs(after[3:] - before[3:]).min() > 0


def test_another_number_of_heads_is_refused_when_attention_is_built():
    said = "`num_heads` of ALiBi must be that of the attention. Received: num_heads=4, attention"
    with pytest.raises(ValueError, match=said + " with 2 heads"):
        SelfAttention(2, ALiBi(4))(keras.Input((None, 8)))


def test_no_head_is_refused():
    with pytest.raises(ValueError, match="`num_heads` must be at least 1. Received: num_heads=0"):
        ALiBi(0)


def test_an_unknown_direction_is_refused():
    said = "`direction` must be one of: split, asymmetric, symmetric, causal. Received: direction="
    with pytest.raises(ValueError, match=said + "'both'"):
        ALiBi(2, direction="both")


def test_one_head_cannot_be_split():
    said = "`num_heads` must be at least 2 for direction='split', .* Received: num_heads=1"
    with pytest.raises(ValueError, match=said):
        ALiBi(1)
