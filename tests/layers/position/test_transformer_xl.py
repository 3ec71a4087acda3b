"""Sinusoids of distances, by hand and by a loop over the pairs in float64."""

import math
from math import cos, sin

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import SelfAttention, TransformerXLPosition


def layer(num_heads, dim, weights=None, **settings):
    made = TransformerXLPosition(num_heads, **settings)
    made.build((None, None, dim))
    if weights is not None:
        made.set_weights([np.array(weight) for weight in weights])
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


def by_pairs(weights, queries, keys, query_places, key_places, max_wavelength=10_000.0):
    """The formula of the paper, pair by pair."""
    kernel, content, distance = weights
    (batch, length, heads, dim), others = queries.shape, keys.shape[1]
    waves = max_wavelength ** (-np.arange(0, heads * dim, 2) / (heads * dim))
    kernel = np.reshape(kernel, (-1, heads, dim))
    found = np.zeros((batch, heads, length, others))
    for b, h, i, j in np.ndindex(found.shape):
        far = query_places[b % len(query_places), i] - key_places[b % len(key_places), j]
        sinusoids = np.concatenate([np.sin(far * waves), np.cos(far * waves)])
        of_distance = (queries[b, i, h] + distance[h]) @ (sinusoids @ kernel[:, h])
        found[b, h, i, j] = (content[h] @ keys[b, j, h] + of_distance) / math.sqrt(dim)
    return found


def random_case(batch=2, length=3, others=4, heads=2, dim=4, seed=0):
    random = np.random.default_rng(seed)
    shapes = (heads * dim, heads * dim), (heads, dim), (heads, dim)
    weights = [random.normal(size=shape) for shape in shapes]
    queries = random.normal(size=(batch, length, heads, dim))
    return weights, queries, random.normal(size=(batch, others, heads, dim))


@pytest.mark.parametrize("together", [True, False], ids=["one_after_the_other", "any_positions"])
def test_one_head_of_two_features_gives_the_formula(together):
    # W swaps sine and cosine and doubles the sine: W R = (cos, 2 sin), of i - j and wavelength 1.
    weights = [[[0.0, 2.0], [1.0, 0.0]], [[3.0, 5.0]], [[0.5, -0.5]]]
    queries, keys = [[[[1.0, 2.0]], [[-1.0, 0.0]]]], [[[[1.0, 0.0]], [[0.0, 2.0]]]]
    # q + v is (1.5, 1.5) and (-0.5, -0.5); u . k is 3 and 10.
    expected = [
        [3 + 1.5, 10 + 1.5 * cos(-1) + 3 * sin(-1)],
        [3 - 0.5 * cos(1) - 1.0 * sin(1), 10 - 0.5],
    ]
    heads, places = (np.array(queries), np.array(keys)), np.array([[4.0, 5.0]])
    found = bias(layer(1, 2, weights), *heads, places, consecutive=together)
    np.testing.assert_allclose(found, [[np.array(expected) / math.sqrt(2)]], rtol=1e-5)


@pytest.mark.parametrize("rows", [1, 2], ids=["shared", "of_each_row"])
def test_any_positions_agree_with_a_loop_over_the_pairs(rows):
    weights, queries, keys = random_case()
    random = np.random.default_rng(1)
    places = random.uniform(-5, 50, (rows, 3)), random.uniform(-5, 50, (rows, 4))
    found = bias(layer(2, 8, weights, max_wavelength=77.0), queries, keys, *places)
    expected = by_pairs(weights, queries, keys, *places, max_wavelength=77.0)
    np.testing.assert_allclose(found, expected, atol=1e-4)


@pytest.mark.parametrize("length", [1, 2, 6])
def test_tokens_one_after_the_other_agree_with_a_loop_over_the_pairs(length):
    weights, queries, keys = random_case(length=length, others=length)
    places = np.arange(length)[None] + 3.0
    found = bias(layer(2, 8, weights), queries, keys, places, consecutive=True)
    np.testing.assert_allclose(found, by_pairs(weights, queries, keys, places, places), atol=1e-5)


def test_an_odd_width_has_one_wave_more():
    made = layer(1, 5)
    assert [tuple(weight.shape) for weight in made.weights] == [(6, 5), (1, 5), (1, 5)]
    weights, queries, keys = random_case(heads=1, dim=5)
    weights[0] = np.random.default_rng(1).normal(size=(6, 5))
    made.set_weights(weights)
    places = np.array([[0.0, 1.0, 4.0]]), np.array([[3.0, 1.0, 4.0, 1.5]])
    expected = by_pairs(weights, queries, keys, *places)
    np.testing.assert_allclose(bias(made, queries, keys, *places), expected, atol=1e-5)


# Frequencies and angles are rounded to 2 ** -24 of themselves: about 2e-4 at 8,191 tokens.
@pytest.mark.parametrize("together", [True, False], ids=["one_after_the_other", "any_positions"])
def test_8192_positions_stay_near_float64(together):
    weights, queries, keys = random_case(batch=1, length=8192, others=8192, heads=1, dim=8)
    weights = [weights[0] / math.sqrt(8), *weights[1:]]
    some, places = [0, 1, 4000, 8190, 8191], np.arange(8192.0)[None] + 100
    made = layer(1, 8, weights)
    if together:
        found = bias(made, queries, keys, places, consecutive=True)[:, :, some]
    else:
        found = bias(made, queries[:, some], keys, places[:, some], places)
    expected = by_pairs(weights, queries[:, some], keys, places[:, some], places)
    np.testing.assert_allclose(found, expected, rtol=0, atol=2e-4)


def test_a_common_shift_of_any_whole_positions_changes_nothing():
    weights, queries, keys = random_case(others=3)
    places, made = np.array([[0.0, 2.0, 7.0]]), layer(2, 8, weights)
    there, shifted = (bias(made, queries, keys, places + far) for far in (0, 100_000))
    np.testing.assert_array_equal(shifted, there)


def test_another_number_of_heads_is_refused_when_attention_is_built():
    said = (
        "`num_heads` of TransformerXLPosition must be that of the attention. Received: num_heads="
    )
    with pytest.raises(ValueError, match=said + "4, attention with 2 heads"):
        SelfAttention(2, TransformerXLPosition(4))(keras.Input((None, 8)))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"num_heads": 0}, "`num_heads` must be at least 1. Received: num_heads=0"),
        ({"max_wavelength": 1}, "`max_wavelength` must be above 1. Received: max_wavelength=1"),
    ],
)
def test_arguments_out_of_range_are_refused(settings, said):
    with pytest.raises(ValueError, match=said):
        TransformerXLPosition(**{"num_heads": 2, **settings})
