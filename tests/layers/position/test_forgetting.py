"""What each token lets the heads forget, by hand and by a loop over the pairs."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import ForgettingBias, SelfAttention
from tests.layers.visible import visible_among

# Of sigmoid: gates 1/2, 1/3, 1/4 and 1/5.
LOGITS = -np.log([1.0, 2.0, 3.0, 4.0])
GATES = 1 / (1 + np.exp(-LOGITS))


def layer(kernel, num_heads=1, gate_bias=0.0):
    made = ForgettingBias(num_heads)
    made.build((None, None, len(kernel)))
    made.set_weights([kernel, np.full(2 * num_heads, gate_bias)])
    return made


def array(values):
    return ops.array(values, dtype="float32")


def bias(made, keys, query_places, key_places=None, visible=None):
    query_places = array(query_places)
    key_places = query_places if key_places is None else array(key_places)
    tables = made.prepare(query_places, key_places, keys.shape[-1], visible)
    found = made.bias(array(keys[:, : query_places.shape[1]]), array(keys), tables)
    assert keras.backend.standardize_dtype(found.dtype) == "float32"
    return ops.convert_to_numpy(found)


def by_pairs(kernel, gate_bias, keys, query_places, key_places, visible=None):
    """The sum over all tokens between, on each side with its own gates."""
    (batch, others, heads, _), length = keys.shape, query_places.shape[1]
    gates = 1 / (1 + np.exp(-(np.reshape(keys, (batch, others, -1)) @ kernel + gate_bias)))
    found = np.zeros((batch, heads, length, others))
    for b, h, i, j in np.ndindex(found.shape):
        query, places = query_places[b % len(query_places), i], key_places[b % len(key_places)]
        for token, place in enumerate(places):
            if visible is not None and not visible[b, 0, i, token]:
                continue
            if places[j] < place <= query:
                found[b, h, i, j] += np.log(gates[b, token, h])
            if query <= place < places[j]:
                found[b, h, i, j] += np.log(gates[b, token, heads + h])
    return found


def random_case(seed=0):
    random = np.random.default_rng(seed)
    return random.normal(size=(8, 4)), random.normal(size=(2, 6, 2, 4))


def test_a_key_is_forgotten_by_all_tokens_after_it_up_to_the_query():
    # The left gates are those of LOGITS; the right ones are open: ln 1 = 0.
    keys = np.stack([LOGITS, np.full(4, 99.0)], axis=1).reshape(1, 4, 1, 2)
    found = bias(layer(np.eye(2)), keys, [[0, 1, 2, 3]])
    kept = np.exp(found[0, 0])
    expected = [
        [1, 1, 1, 1],
        [1 / 3, 1, 1, 1],
        [1 / 12, 1 / 4, 1, 1],
        [1 / 60, 1 / 20, 1 / 5, 1],
    ]
    np.testing.assert_allclose(kept, expected, rtol=1e-5)


def test_the_right_side_is_the_mirror_of_the_left_with_gates_of_its_own():
    keys = np.stack([np.full(4, 99.0), LOGITS], axis=1).reshape(1, 4, 1, 2)
    kept = np.exp(bias(layer(np.eye(2)), keys, [[0, 1, 2, 3]])[0, 0])
    expected = [[1, 1 / 2, 1 / 6, 1 / 24], [1, 1, 1 / 3, 1 / 12], [1, 1, 1, 1 / 4], [1, 1, 1, 1]]
    np.testing.assert_allclose(kept, expected, rtol=1e-5)


def test_the_order_is_that_of_positions_and_not_that_of_the_row():
    kernel, keys = random_case()
    places, order = np.array([[0.0, 0.5, 2.0, 3.25, 4.0, 9.0]]), [3, 0, 5, 1, 4, 2]
    there = bias(layer(kernel, 2), keys, places)
    moved = bias(layer(kernel, 2), keys[:, order], places[:, order])
    np.testing.assert_allclose(moved, there[:, :, order][..., order], atol=1e-5)
    np.testing.assert_array_equal(bias(layer(kernel, 2), keys, [[0, 1, 2, 3, 4, 5]]), there)


@pytest.mark.parametrize("rows", [1, 2], ids=["shared", "of_each_row"])
@pytest.mark.parametrize("length", [6, 3], ids=["all_tokens", "fewer_queries"])
def test_any_positions_and_heads_agree_with_a_loop_over_the_pairs(rows, length):
    kernel, keys = random_case()
    # Tokens at one position among them.
    places = np.random.default_rng(1).integers(0, 4, (rows, 6)) + 0.5
    queries = places if length == 6 else np.random.default_rng(2).integers(0, 5, (rows, 3))
    found = bias(layer(kernel, 2, 0.5), keys, queries, None if length == 6 else places)
    np.testing.assert_allclose(found, by_pairs(kernel, 0.5, keys, queries, places), atol=1e-5)


def masks(positions):
    padding = np.array([[True, True, False, True, True, False], [True] * 6])
    segments = np.array([[1, 1, 1, 2, 2, 2], [1, 2, 2, 2, 2, 3]])
    return {
        "padding": visible_among(positions, ops.array(padding)),
        "segments": visible_among(positions, ops.array(padding), ops.array(segments)),
        "causal": visible_among(positions, ops.array(padding), causal=True),
    }


@pytest.mark.parametrize("length", [6, 4], ids=["all_tokens", "fewer_queries"])
@pytest.mark.parametrize("name", ["padding", "segments", "causal"])
def test_tokens_that_are_not_seen_make_nobody_forget(name, length):
    kernel, keys = random_case()
    places = np.array([[3.0, 1.0, 2.0, 0.0, 1.0, 2.0]])
    visible = masks(array(places))[name]
    visible = visible if name == "padding" else visible[:, :, :length]
    seen = np.broadcast_to(ops.convert_to_numpy(visible), (2, 1, length, 6))
    queries = places[:, :length]
    found = bias(layer(kernel, 2), keys, queries, None if length == 6 else places, visible)
    expected = by_pairs(kernel, 0.0, keys, queries, places, seen)
    np.testing.assert_allclose(np.where(seen, found, 0), np.where(seen, expected, 0), atol=1e-5)


@pytest.mark.parametrize("rows", [slice(None), slice(2, 5)], ids=["all_tokens", "fewer_queries"])
def test_tokens_one_after_the_other_are_summed_up_along_the_row_to_the_same_bias(rows):
    kernel, keys = random_case()
    made, places = layer(kernel, 2), array([[0, 1, 2, 3, 4, 5]])
    queries = places if rows == slice(None) else places[:, rows]
    same_text = visible_among(places, ops.array([[True] * 4 + [False] * 2, [True] * 6]))
    found, expected = (
        made.bias(None, array(keys), made.prepare(queries, places, 2, same_text, consecutive))
        for consecutive in (True, False)
    )
    np.testing.assert_allclose(
        *(ops.convert_to_numpy(each) for each in (found, expected)), atol=1e-6
    )


@pytest.mark.parametrize(("gate_bias", "error"), [(5.0, 2e-4), (0.0, 2e-2)])
def test_sums_over_8192_tokens_stay_near_float64(gate_bias, error):
    random = np.random.default_rng(0)
    kernel, keys = random.normal(size=(4, 2)), random.normal(size=(1, 8192, 1, 4))
    logits = keys[0, :, 0].astype("float32").astype("float64") @ kernel + gate_bias
    log_gates = -np.logaddexp(0, -logits)
    some = [0, 1, 4000, 8190, 8191]
    places = np.arange(8192.0)[None]
    made = layer(kernel, gate_bias=gate_bias)
    found = bias(made, keys, places)[0, 0, some]
    left = np.cumsum(log_gates[:, 0])
    right = np.cumsum(log_gates[:, 1]) - log_gates[:, 1]
    expected = [np.where(places[0] > i, right - right[i], left[i] - left) for i in some]
    np.testing.assert_allclose(found, expected, rtol=0, atol=error)


def test_heads_forget_little_at_first():
    made = ForgettingBias(2)
    made.build((None, None, 8))
    np.testing.assert_array_equal(made.get_weights()[1], [5.0] * 4)


def test_another_number_of_heads_is_refused_when_attention_is_built():
    said = "`num_heads` of ForgettingBias must be that of the attention. Received: num_heads=4"
    with pytest.raises(ValueError, match=said + ", attention with 2 heads"):
        SelfAttention(2, ForgettingBias(4))(keras.Input((None, 8)))


def test_no_head_is_refused():
    with pytest.raises(ValueError, match="`num_heads` must be at least 1. Received: num_heads=0"):
        ForgettingBias(0)
