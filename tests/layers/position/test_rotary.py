"""Rotation, by hand."""

import json
from math import cos, sin

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import (
    LinearScaling,
    LongRoPEScaling,
    ProportionalScaling,
    RotaryPositionEncoding,
    SelfAttention,
    YaRNScaling,
)


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


def test_only_the_first_fraction_of_a_head_is_turned():
    # 4 of 7 features, with the frequencies of a head of 4: pairs (a, c) by 3 and (b, d) by 0.3.
    a, b, c, d = 1.0, 2.0, -3.0, 0.5
    expected = [
        a * cos(3) - c * sin(3),
        b * cos(0.3) - d * sin(0.3),
        c * cos(3) + a * sin(3),
        d * cos(0.3) + b * sin(0.3),
        *[7.0, 8.0, 9.0],
    ]
    found = rotated([a, b, c, d, 7.0, 8.0, 9.0], 3, max_wavelength=100.0, rotary_fraction=0.6)
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_linear_scaling_turns_as_if_positions_stood_closer():
    head = np.random.default_rng(0).normal(size=8)
    expected = rotated(head, 3)
    by_object = rotated(head, 12, scaling=LinearScaling(4.0))
    by_name = rotated(head, 12, scaling="linear", scaling_factor=4.0)
    np.testing.assert_allclose(by_object, expected, atol=1e-6)
    np.testing.assert_array_equal(by_name, by_object)


@pytest.mark.parametrize("layout", ["half", "interleaved"])
def test_the_attention_factor_multiplies_what_is_turned_and_nothing_else(layout):
    head = np.random.default_rng(0).normal(size=8)
    found, plain = (
        rotated(
            head,
            5,
            layout=layout,
            rotary_fraction=0.5,
            scaling=YaRNScaling(4.0, 64, attention_factor=factor),
        )
        for factor in (2.0, 1.0)
    )
    np.testing.assert_allclose(found, np.concatenate([2 * plain[:4], plain[4:]]), atol=1e-6)


def test_pairs_without_a_frequency_stay():
    # Two of four pairs are turned: (0, 4) by 3 and (1, 5) by 3 * 10_000 ** (-2 / 8) = 0.3.
    head = np.arange(1.0, 9.0)
    found = rotated(head, 3, scaling=ProportionalScaling(0.5))
    np.testing.assert_array_equal(found[[2, 3, 6, 7]], head[[2, 3, 6, 7]])
    expected = [1 * cos(3) - 5 * sin(3), 2 * cos(0.3) - 6 * sin(0.3)]
    np.testing.assert_allclose(found[:2], expected, atol=1e-6)


@pytest.mark.parametrize(
    "scaling",
    ["yarn", YaRNScaling(4.0, 512, beta_fast=8.0), LongRoPEScaling([1.0], [2.0], 64, factor=2.0)],
    ids=["by name", "object", "lists"],
)
def test_a_scaling_survives_the_config(scaling):
    named = {"scaling_factor": 4.0, "original_length": 512} if scaling == "yarn" else {}
    rotary = RotaryPositionEncoding(rotary_fraction=0.5, scaling=scaling, **named)
    serialized = json.loads(json.dumps(keras.saving.serialize_keras_object(rotary)))
    again = keras.saving.deserialize_keras_object(serialized)
    assert again.get_config() == rotary.get_config()
    positions = ops.array([[0.0, 700.0]])
    found, expected = (each.prepare(positions, positions, 4)[0] for each in (again, rotary))
    np.testing.assert_array_equal(*map(ops.convert_to_numpy, (found[0], expected[0])))


def test_nothing_that_is_given_is_changed():
    lists = [1.0, 2.0], [3.0, 4.0]
    rotary = RotaryPositionEncoding(scaling=LongRoPEScaling(*lists, 2, factor=4.0))
    heads = np.random.default_rng(0).normal(size=(1, 3, 2, 4)).astype("float32")
    queries, positions = ops.array(heads), ops.arange(3, dtype="float32")[None]
    results = []
    for _ in range(2):
        tables = rotary.prepare(positions, positions, head_dim=4)
        results.append(ops.convert_to_numpy(rotary.rotate(queries, queries, tables)[0]))
    np.testing.assert_array_equal(*results)
    np.testing.assert_array_equal(ops.convert_to_numpy(queries), heads)
    assert lists == ([1.0, 2.0], [3.0, 4.0])


def test_every_name_that_needs_no_lists_turns_heads():
    lengths = {"dynamic_ntk": 2, "yarn": 64, "llama3": 64}
    names = ["linear", "ntk", "proportional", *lengths]
    head = np.random.default_rng(0).normal(size=16)
    found = [
        rotated(head, 4, scaling=name, scaling_factor=4.0, original_length=lengths.get(name))
        for name in names
    ]
    assert len({tuple(each.round(4)) for each in found}) == len(names)


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
