"""Rotation, by hand."""

from math import cos, sin

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import RotaryPositionEncoding, SelfAttention


def rotated(head, position, **settings):
    """One head of one token at that position."""
    heads = ops.array(head, dtype="float32")[None, None, None]
    rotary = RotaryPositionEncoding(**settings)
    positions = ops.array([[position]], "float32")
    tables = rotary.prepare(positions, positions, head_dim=len(head))
    return ops.convert_to_numpy(rotary.rotate(heads, heads, tables)[0])[0, 0, 0]


def test_half_turns_features_that_are_half_a_head_apart():
    # Pairs (a, c) by 3 and (b, d) by 3 * 100 ** (-2 / 4) = 0.3.
    a, b, c, d = 1.0, 2.0, -3.0, 0.5
    expected = [
        a * cos(3) - c * sin(3),
        b * cos(0.3) - d * sin(0.3),
        c * cos(3) + a * sin(3),
        d * cos(0.3) + b * sin(0.3),
    ]
    np.testing.assert_allclose(rotated([a, b, c, d], 3, max_wavelength=100.0), expected, atol=1e-6)


def test_interleaved_turns_neighbours():
    a, b, c, d = 1.0, 2.0, -3.0, 0.5
    expected = [
        a * cos(3) - b * sin(3),
        b * cos(3) + a * sin(3),
        c * cos(0.3) - d * sin(0.3),
        d * cos(0.3) + c * sin(0.3),
    ]
    found = rotated([a, b, c, d], 3, max_wavelength=100.0, layout="interleaved")
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_the_default_wavelengths_are_those_of_the_paper():
    w = 10_000.0 ** (-2 / 4)
    found = rotated([1.0, 1.0, 0.0, 0.0], 5)
    np.testing.assert_allclose(found, [cos(5), cos(5 * w), sin(5), sin(5 * w)], atol=1e-6)


def test_the_two_layouts_are_equal_up_to_a_permutation():
    head = np.random.default_rng(0).normal(size=8)
    even_then_odd = [0, 2, 4, 6, 1, 3, 5, 7]
    half = rotated(head[even_then_odd], 7)
    np.testing.assert_allclose(half, rotated(head, 7, layout="interleaved")[even_then_odd])


@pytest.mark.parametrize("layout", ["half", "interleaved"])
def test_every_head_and_token_is_turned_by_its_own_position(layout):
    heads = np.random.default_rng(0).normal(size=(2, 3, 2, 4)).astype("float32")
    positions = np.array([[0.0, 4.0, 2.5], [1.0, 1.0, 9.0]], "float32")
    rotary = RotaryPositionEncoding(layout=layout)
    tables = rotary.prepare(ops.array(positions), ops.array(positions[:, ::-1]), head_dim=4)
    queries, keys = map(ops.convert_to_numpy, rotary.rotate(*[ops.array(heads)] * 2, tables))
    for row, token, head in np.ndindex(2, 3, 2):
        expected = rotated(heads[row, token, head], positions[row, token], layout=layout)
        np.testing.assert_allclose(queries[row, token, head], expected, atol=1e-6)
        expected = rotated(heads[row, token, head], positions[row, 2 - token], layout=layout)
        np.testing.assert_allclose(keys[row, token, head], expected, atol=1e-6)


@pytest.mark.parametrize("layout", ["half", "interleaved"])
def test_a_product_depends_on_the_signed_distance_only(layout):
    query, key = np.random.default_rng(0).normal(size=(2, 6))

    def product(i, j):
        return rotated(query, i, layout=layout) @ rotated(key, j, layout=layout)

    np.testing.assert_allclose(product(9, 4), product(25, 20), atol=1e-5)
    assert abs(product(9, 4) - product(4, 9)) > 0.01
    assert abs(product(9, 4) - product(9, 5)) > 0.01


@pytest.mark.parametrize("dtype", ["float32", "bfloat16", "float16"])
def test_the_dtype_of_the_heads_stays(dtype):
    heads = ops.ones((1, 1, 1, 4), dtype=dtype)
    rotary, positions = RotaryPositionEncoding(), ops.array([[1.0]])
    turned = rotary.rotate(heads, heads, rotary.prepare(positions, positions, head_dim=4))
    assert [keras.backend.standardize_dtype(each.dtype) for each in turned] == [dtype] * 2


def test_odd_features_per_head_are_refused_when_attention_is_built():
    said = "Features per head must be even to be turned in pairs. Received: 3 features per head"
    with pytest.raises(ValueError, match=said):
        SelfAttention(2, RotaryPositionEncoding())(keras.Input((None, 6)))


@pytest.mark.parametrize("max_wavelength", [1, 0])
def test_the_longest_wavelength_must_be_above_one(max_wavelength):
    said = rf"`max_wavelength` must be above 1. Received: max_wavelength={max_wavelength}"
    with pytest.raises(ValueError, match=said):
        RotaryPositionEncoding(max_wavelength=max_wavelength)


def test_an_unknown_layout_is_refused():
    said = "`layout` must be one of: half, interleaved. Received: layout='concatenated'"
    with pytest.raises(ValueError, match=said):
        RotaryPositionEncoding(layout="concatenated")
