"""Vectors of distances in keys and values, by hand."""

import math

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import SelfAttention, ShawRelativePosition

KEY_TABLE = np.array([[1.0, 0.0], [0.0, 1.0], [2.0, -1.0]])
VALUE_TABLE = np.array([[1.0, 2.0], [10.0, 20.0], [100.0, 200.0]])


def shaw(key_table=KEY_TABLE, value_table=VALUE_TABLE, num_heads=1):
    layer = ShawRelativePosition(num_heads, max_distance=len(key_table) // 2)
    layer.build((None, None, num_heads * key_table.shape[1]))
    layer.set_weights([key_table, value_table])
    return layer


def array(values):
    return ops.array(np.array(values), dtype="float32")


def tables(layer, queries, keys=None, **settings):
    queries = array(queries)
    return layer.prepare(queries, queries if keys is None else array(keys), 2, **settings)


def as_numpy(values):
    assert keras.backend.standardize_dtype(values.dtype) == "float32"
    return ops.convert_to_numpy(values)


@pytest.mark.parametrize("together", [True, False], ids=["one_after_the_other", "any_positions"])
def test_each_query_is_multiplied_with_the_vector_of_each_distance(together):
    layer, queries = shaw(), array([[[[1.0, 2.0]], [[3.0, 4.0]], [[5.0, 6.0]]]])
    # The products of a query (x, y) with the three vectors are x, y and 2x - y.
    expected = np.array([[2.0, 0.0, 0.0], [3.0, 4.0, 2.0], [5.0, 5.0, 6.0]]) / math.sqrt(2)
    where = tables(layer, [[0, 1, 2]], consecutive=together)
    found = layer.bias(queries, array(np.zeros((1, 3, 1, 2))), where)
    np.testing.assert_allclose(as_numpy(found), [[expected]], rtol=1e-6)


@pytest.mark.parametrize("together", [True, False], ids=["one_after_the_other", "any_positions"])
def test_each_query_takes_the_vectors_of_its_distances_with_the_values(together):
    layer = shaw()
    where = tables(layer, [[5, 6, 7]], consecutive=together)
    weights = np.array([[0.5, 0.25, 0.25], [0.2, 0.3, 0.5], [0.0, 0.0, 1.0]])
    # On the left of the query, at it, and on its right.
    sides = np.array([[0.0, 0.5, 0.5], [0.2, 0.3, 0.5], [0.0, 1.0, 0.0]])
    found = layer.mix(array([[weights]]), where)
    np.testing.assert_allclose(as_numpy(found), [[sides @ VALUE_TABLE]], rtol=1e-6)


def test_distances_are_clipped_and_fractions_go_to_the_nearest_whole():
    layer = ShawRelativePosition(1, max_distance=2)
    rows = {
        -9: 0,
        -2: 0,
        -1.6: 0,
        -1.4: 1,
        -0.6: 1,
        -0.4: 2,
        0: 2,
        0.4: 2,
        0.9: 3,
        1: 3,
        2: 4,
        7: 4,
    }
    assert ops.convert_to_numpy(layer.rows(array(list(rows)))).tolist() == list(rows.values())


@pytest.mark.parametrize("shared", [True, False], ids=["shared", "of_each_row"])
def test_any_positions_and_heads_agree_with_a_loop_over_the_pairs(shared):
    random = np.random.default_rng(0)
    query_places = random.uniform(0, 6, (1 if shared else 2, 3))
    key_places = random.uniform(0, 6, (1 if shared else 2, 4))
    queries, weights = random.normal(size=(2, 3, 2, 2)), random.uniform(size=(2, 2, 3, 4))
    key_table, value_table = random.normal(size=(5, 2)), random.normal(size=(5, 2))
    bias, mixed = np.zeros((2, 2, 3, 4)), np.zeros((2, 2, 3, 2))
    for b, h, i, j in np.ndindex(bias.shape):
        row = b if not shared else 0
        distance = int(np.clip(round(key_places[row, j] - query_places[row, i]), -2, 2))
        bias[b, h, i, j] = queries[b, i, h] @ key_table[distance + 2] / math.sqrt(2)
        mixed[b, h, i] += weights[b, h, i, j] * value_table[distance + 2]
    layer = shaw(key_table, value_table, num_heads=2)
    where = tables(layer, query_places, key_places)
    found = layer.bias(array(queries), array(np.zeros((2, 4, 2, 2))), where)
    np.testing.assert_allclose(as_numpy(found), bias, atol=1e-5)
    np.testing.assert_allclose(as_numpy(layer.mix(array(weights), where)), mixed, atol=1e-5)


def attend(layer, tokens):
    """An attention of one head whose projections change nothing; the queries are the tokens."""
    attention = SelfAttention(1, layer)
    attention.build((None, None, 2))
    kernel = np.concatenate([np.eye(2), np.zeros((2, 2)), np.eye(2)], axis=1)
    attention.set_weights([*layer.get_weights(), kernel, np.zeros(6), np.eye(2), np.zeros(2)])
    return as_numpy(attention(array(tokens)))


def test_attention_adds_the_vectors_to_keys_and_values():
    tokens = np.array([[1.0, 2.0], [3.0, 4.0]])
    # Keys are zero. Products with the vectors at and after the first token, at and before the last.
    logits = np.array([[2.0, 0.0], [3.0, 4.0]]) / math.sqrt(2)
    weights = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    values = [tokens + VALUE_TABLE[[1, 2]], tokens + VALUE_TABLE[[0, 1]]]
    expected = [w @ v for w, v in zip(weights, values, strict=True)]
    np.testing.assert_allclose(attend(shaw(), [tokens]), [expected], rtol=1e-5)


def test_values_stay_as_they_are_where_that_is_said():
    layer = ShawRelativePosition(1, values=False)
    layer.build((None, None, 4))
    assert [tuple(weight.shape) for weight in layer.weights] == [(33, 4)]
    assert layer.mix(array(np.ones((1, 1, 2, 2))), tables(layer, [[0, 1]])) is None


def test_the_two_tables_start_apart():
    layer = ShawRelativePosition(1)
    layer.build((None, None, 4))
    one, other = layer.get_weights()
    assert np.abs(one - other).max() > 0.1


def test_another_number_of_heads_is_refused_when_attention_is_built():
    said = (
        "`num_heads` of ShawRelativePosition must be that of the attention. Received: num_heads=4"
    )
    with pytest.raises(ValueError, match=said):
        SelfAttention(2, ShawRelativePosition(4))(keras.Input((None, 8)))


@pytest.mark.parametrize("name", ["num_heads", "max_distance"])
def test_no_head_and_no_distance_are_refused(name):
    with pytest.raises(ValueError, match=f"`{name}` must be at least 1. Received: {name}=0"):
        ShawRelativePosition(**{"num_heads": 2, name: 0})
