"""Distances that count gates, by hand and by a loop over the pairs."""

import math

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import CoPE, SelfAttention
from tests.layers.visible import visible_among


def layer(table, num_heads=1):
    made = CoPE(num_heads, max_position=len(table) // 2)
    made.build((None, None, num_heads * table.shape[1]))
    made.set_weights([table])
    return made


def array(values):
    return ops.array(values, dtype="float32")


def bias(made, queries, keys, visible=None):
    positions = array(np.arange(keys.shape[1])[None])
    tables = made.prepare(positions[:, : queries.shape[1]], positions, queries.shape[-1], visible)
    found = made.bias(array(queries), array(keys), tables)
    assert keras.backend.standardize_dtype(found.dtype) == "float32"
    return ops.convert_to_numpy(found)


def by_pairs(table, queries, keys, visible=None):
    """The sum of the gates from one token to the other, and the mean of the two nearest rows."""
    (batch, length, heads, dim), others, last = queries.shape, keys.shape[1], len(table) // 2 - 1
    found = np.zeros((batch, heads, length, others))
    for b, h, i, j in np.ndindex(found.shape):
        between = range(min(i, j), max(i, j) + 1)
        seen = [k for k in between if visible is None or visible[b % len(visible), 0, i, k]]
        logits = np.array([queries[b, i, h] @ keys[b, k, h] for k in seen]) / math.sqrt(dim)
        place = min(np.sum(1 / (1 + np.exp(-logits))), last)
        low, side = math.floor(place), (last + 1 if j > i else 0)
        high = min(low + 1, last)
        row = (1 - place + low) * table[side + low] + (place - low) * table[side + high]
        found[b, h, i, j] = queries[b, i, h] @ row
    return found


def random_case(length=6, others=6, max_position=3):
    random = np.random.default_rng(0)
    queries, keys = random.normal(size=(2, length, 2, 4)), random.normal(size=(2, others, 2, 4))
    return random.normal(size=(2 * max_position, 4)), queries, keys


def test_gates_that_are_half_open_count_half_a_token():
    # Rows for 0 to 2 tokens before the query, and for 0 to 2 after it; every gate is 1 / 2.
    table = np.array([[0.0], [10.0], [30.0], [0.0], [200.0], [500.0]])
    keys, queries = np.zeros((1, 5, 1, 1)), np.ones((1, 5, 1, 1))
    # Places of the keys, both ends counted: 0.5 for the query itself, then 1, 1.5, 2 and again 2.
    left, right = [5.0, 10.0, 20.0, 30.0, 30.0], [None, 200.0, 350.0, 500.0, 500.0]
    expected = [[left[i - j] if j <= i else right[j - i] for j in range(5)] for i in range(5)]
    np.testing.assert_allclose(bias(layer(table), queries, keys), [[expected]], rtol=1e-6)


def test_the_gate_is_the_sigmoid_of_the_scaled_logit():
    # q . k / sqrt(d) is ln 3 at the first token and -ln 3 at the second: gates of 3/4 and 1/4.
    far = math.log(3) * math.sqrt(4)
    queries = np.array([[[[1.0, 0.0, 0.0, 0.0]]] * 2])
    keys = np.array([[[[far, 9.0, 9.0, 9.0]], [[-far, 9.0, 9.0, 9.0]]]])
    table = np.zeros((6, 4))
    table[:, 0] = [0.0, 8.0, 16.0, 0.0, 80.0, 160.0]
    expected = [[6.0, 80.0], [8.0, 2.0]]
    np.testing.assert_allclose(bias(layer(table), queries, keys), [[expected]], rtol=1e-5)


@pytest.mark.parametrize("others", [6, 9])
@pytest.mark.parametrize("max_position", [2, 3, 20])
def test_heads_and_rows_agree_with_a_loop_over_the_pairs(others, max_position):
    table, queries, keys = random_case(others=others, max_position=max_position)
    found = bias(layer(table, 2), queries, keys)
    np.testing.assert_allclose(found, by_pairs(table, queries, keys), atol=1e-5)


def test_fewer_queries_than_keys_count_from_where_they_stand():
    table, queries, keys = random_case()
    made, positions = layer(table, 2), array(np.arange(6)[None] + 0.5)
    everywhere = bias(made, queries, keys)
    tables = made.prepare(positions[:, 2:4], positions, head_dim=4)
    found = ops.convert_to_numpy(made.bias(array(queries[:, 2:4]), array(keys), tables))
    np.testing.assert_allclose(found, everywhere[:, :, 2:4], atol=1e-6)


def masks():
    padding = np.array([[True, True, False, True, True, False], [True] * 6])
    segments = np.array([[1, 1, 1, 2, 2, 2], [1, 2, 2, 2, 2, 3]])
    positions = array(np.arange(6)[None])
    return {
        "padding": visible_among(positions, ops.array(padding)),
        "segments": visible_among(positions, ops.array(padding), ops.array(segments)),
        "causal": visible_among(positions, causal=True),
    }


@pytest.mark.parametrize("name", ["padding", "segments", "causal"])
def test_gates_of_keys_that_are_not_seen_count_nothing(name):
    table, queries, keys = random_case()
    visible = masks()[name]
    seen = np.broadcast_to(ops.convert_to_numpy(visible), (2, 1, 6, 6))
    found = np.where(seen, bias(layer(table, 2), queries, keys, visible), 0)
    expected = np.where(seen, by_pairs(table, queries, keys, seen), 0)
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_the_far_end_of_a_long_row_does_not_blur_the_near_one():
    # Each side is summed from the query outwards: what is far is not added before what is near.
    queries, keys = np.ones((1, 1, 1, 1)), np.ones((1, 8192, 1, 1))
    table = np.arange(40.0)[:, None]
    gate = 1 / (1 + math.exp(-1))
    found = bias(layer(table), queries, keys)[0, 0, 0]
    # The query is the first token; its right side has the rows from 20 on.
    expected = 20 + np.minimum(gate * np.arange(1, 8193), 19)
    expected[0] = gate
    np.testing.assert_allclose(found, expected, rtol=1e-6)


def test_causal_attention_has_no_use_for_the_table_of_the_right_side():
    random = np.random.default_rng(0)
    attention = SelfAttention(2, CoPE(2, max_position=3), causal=True)
    tokens = array(random.normal(size=(1, 5, 8)))
    before = ops.convert_to_numpy(attention(tokens))
    table = attention.position.get_weights()[0]
    attention.position.set_weights([np.concatenate([table[:3], table[3:] + 7])])
    np.testing.assert_array_equal(ops.convert_to_numpy(attention(tokens)), before)


def test_another_number_of_heads_is_refused_when_attention_is_built():
    said = "`num_heads` of CoPE must be that of the attention. Received: num_heads=4, attention"
    with pytest.raises(ValueError, match=said + " with 2 heads"):
        SelfAttention(2, CoPE(4))(keras.Input((None, 8)))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"num_heads": 0}, "`num_heads` must be at least 1. Received: num_heads=0"),
        ({"max_position": 1}, "`max_position` must be at least 2. Received: max_position=1"),
    ],
)
def test_arguments_out_of_range_are_refused(settings, said):
    with pytest.raises(ValueError, match=said):
        CoPE(**{"num_heads": 2, **settings})
