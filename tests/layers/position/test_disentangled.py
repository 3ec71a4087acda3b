"""Rows of distances, and what queries and keys look for, by hand."""

import math

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import DisentangledPosition, SelfAttention

# 8 rows a side, distances up to 4 with their own; then 4 + ceil(ln(n / 4) / ln(15 / 4) * 3): 5 for
# 5 and 6 (0.51, 0.92), 6 for 7 to 9 (1.27, 1.57, 1.84), 7 for 10 to 15 (2.08 to 3), and no more.
BUCKETS = [0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 7, 7, 7, 7, 7, 7, 8]


def layer(num_heads=1, head_dim=2, weights=None):
    made = DisentangledPosition(num_heads, position_buckets=8, max_distance=16)
    made.build((None, None, num_heads * head_dim))
    if weights is not None:
        made.set_weights(weights)
    return made


def array(values):
    return ops.array(values, dtype="float32")


def bias(made, queries, keys, query_places, key_places=None, **settings):
    query_places = array(query_places)
    key_places = query_places if key_places is None else array(key_places)
    tables = made.prepare(query_places, key_places, queries.shape[-1], **settings)
    found = made.bias(array(queries), array(keys), tables)
    assert keras.backend.standardize_dtype(found.dtype) == "float32"
    return ops.convert_to_numpy(found)


def test_near_distances_have_a_row_each_and_far_ones_share():
    # Rows grow with i - j, which is minus the distance key - query; the last of 16 is number 15.
    far = np.arange(17)
    found = ops.convert_to_numpy(layer().rows(array(-far)))
    assert found.tolist() == [min(8 + bucket, 15) for bucket in BUCKETS]
    found = ops.convert_to_numpy(layer().rows(array(far)))
    assert found.tolist() == [8 - bucket for bucket in BUCKETS]


def test_fractions_of_a_token_go_to_the_nearest_whole():
    found = ops.convert_to_numpy(layer().rows(array([-1.6, -1.4, -0.4, 0.4, 0.6, 2.4])))
    assert found.tolist() == [10, 9, 8, 8, 7, 6]


@pytest.mark.parametrize(
    ("buckets", "furthest"), [(4, 5), (4, 16), (32, 19), (256, 130), (256, 512)]
)
def test_rows_never_leave_the_table_and_grow_steadily(buckets, furthest):
    made = DisentangledPosition(1, buckets, furthest)
    rows = ops.convert_to_numpy(made.rows(array(np.arange(1000, -1001, -1))))
    assert (rows[0], rows[1000], rows[-1]) == (0, buckets, 2 * buckets - 1)
    assert set(np.diff(rows)) <= set(range(buckets))
    # The last whole row of both sides is reached one token before `max_distance`, as in DeBERTa.
    assert (rows[1000 - furthest + 1], rows[1000 + furthest - 1]) == (1, 2 * buckets - 1)


@pytest.mark.parametrize("together", [True, False], ids=["one_after_the_other", "any_positions"])
def test_queries_look_for_distances_and_so_do_keys(together):
    # Row r of the table for keys is (r, 0), and of that for queries (0, 100 r).
    rows = np.arange(16.0)[:, None]
    weights = [rows * [1.0, 0.0], rows * [0.0, 100.0]]
    queries = np.array([[[[1.0, 9.0]], [[2.0, 9.0]]]])
    keys = np.array([[[[9.0, 3.0]], [[9.0, 4.0]]]])
    # Rows of i - j are 8, 7 and 9, 8.
    expected = np.array([[1 * 8 + 3 * 800, 1 * 7 + 4 * 700], [2 * 9 + 3 * 900, 2 * 8 + 4 * 800]])
    places = np.array([[5.0, 6.0]])
    found = bias(layer(weights=weights), queries, keys, places, consecutive=together)
    np.testing.assert_allclose(found, [[expected / math.sqrt(3 * 2)]], rtol=1e-6)


@pytest.mark.parametrize("rows", [1, 2], ids=["shared", "of_each_row"])
def test_any_positions_and_heads_agree_with_a_loop_over_the_pairs(rows):
    random = np.random.default_rng(0)
    places = random.uniform(0, 20, (rows, 3)), random.uniform(0, 20, (rows, 4))
    queries, keys = random.normal(size=(2, 3, 2, 4)), random.normal(size=(2, 4, 2, 4))
    weights = random.normal(size=(2, 16, 8))
    for_keys, for_queries = np.reshape(weights, (2, 16, 2, 4))
    expected = np.zeros((2, 2, 3, 4))
    for b, h, i, j in np.ndindex(expected.shape):
        far = round(places[0][b % rows, i] - places[1][b % rows, j])
        bucket = BUCKETS[min(abs(far), 16)]
        row = min(8 + bucket, 15) if far > 0 else 8 - bucket
        expected[b, h, i, j] = (
            queries[b, i, h] @ for_keys[row, h] + keys[b, j, h] @ for_queries[row, h]
        )
    found = bias(layer(2, 4, list(weights)), queries, keys, *places)
    np.testing.assert_allclose(found, expected / math.sqrt(3 * 4), atol=1e-5)


def attend(made, tokens):
    """One head: queries are the tokens, keys and values are twice the tokens."""
    attention = SelfAttention(1, made)
    attention.build((None, None, 2))
    kernel = np.concatenate([np.eye(2), 2 * np.eye(2), 2 * np.eye(2)], axis=1)
    attention.set_weights([*made.get_weights(), kernel, np.zeros(6), np.eye(2), np.zeros(2)])
    return ops.convert_to_numpy(attention(array(tokens)))


def test_all_three_terms_are_scaled_alike():
    random = np.random.default_rng(0)
    tokens, weights = random.normal(size=(1, 2, 2)), random.normal(size=(2, 16, 2))
    logits = np.zeros((2, 2))
    for i, j in np.ndindex(2, 2):
        query, key, row = tokens[0, i], 2 * tokens[0, j], 8 + i - j
        terms = query @ key + query @ weights[0, row] + key @ weights[1, row]
        logits[i, j] = terms / math.sqrt(3 * 2)
    shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    found = attend(layer(weights=list(weights)), tokens)
    np.testing.assert_allclose(found, [shares @ (2 * tokens[0])], atol=1e-6)


@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "float16"])
def test_queries_are_rounded_once(dtype):
    given = ops.cast(array([[[[1.0, 0.3, -7.1]]]]), dtype)
    queries, keys = layer().rotate(given, given, None)
    expected = ops.cast(ops.cast(given, "float32") / math.sqrt(3), dtype)
    assert keras.backend.standardize_dtype(queries.dtype) == dtype
    assert ops.convert_to_numpy(ops.all(ops.equal(queries, expected)))
    assert keys is given


def test_another_number_of_heads_is_refused_when_attention_is_built():
    said = "`num_heads` of DisentangledPosition must be that of the attention. Received: num_heads="
    with pytest.raises(ValueError, match=said + "4, attention with 2 heads"):
        SelfAttention(2, DisentangledPosition(4))(keras.Input((None, 8)))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"num_heads": 0}, "`num_heads` must be at least 1. Received: num_heads=0"),
        (
            {"position_buckets": 2},
            "`position_buckets` must be even and at least 4. Received: posit",
        ),
        ({"position_buckets": 9}, ".* Received: position_buckets=9"),
        (
            {"max_distance": 129},
            "`max_distance` must be above 129, .* Received: max_distance=129, ",
        ),
    ],
)
def test_arguments_out_of_range_are_refused(settings, said):
    with pytest.raises(ValueError, match=said):
        DisentangledPosition(**{"num_heads": 2, **settings})
