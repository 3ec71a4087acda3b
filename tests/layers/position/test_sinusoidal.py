"""Sines and cosines, by hand."""

from math import cos, sin

import numpy as np
import pytest
from keras import ops

from keras_pe.layers import SinusoidalPositionEncoding


def encoding(dim, positions, **settings):
    """The encoding alone: that of token vectors of zeros."""
    zeros = ops.zeros((1, len(positions), dim))
    layer = SinusoidalPositionEncoding(**settings)
    return ops.convert_to_numpy(layer(zeros, positions=np.array([positions])))[0]


def test_interleaved_sines_stand_beside_their_cosines():
    # w = 1 and 100 ** (-2 / 4) = 0.1.
    expected = [
        [sin(0), cos(0), sin(0), cos(0)],
        [sin(1), cos(1), sin(0.1), cos(0.1)],
        [sin(5), cos(5), sin(0.5), cos(0.5)],
    ]
    found = encoding(4, [0, 1, 5], max_wavelength=100.0)
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_concatenated_sines_come_before_all_cosines():
    expected = [
        [sin(0), sin(0), cos(0), cos(0)],
        [sin(1), sin(0.1), cos(1), cos(0.1)],
        [sin(5), sin(0.5), cos(5), cos(0.5)],
    ]
    found = encoding(4, [0, 1, 5], max_wavelength=100.0, layout="concatenated")
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_the_default_wavelengths_are_those_of_the_paper():
    w = 10_000.0 ** (-2 / 6)
    expected = [[sin(3), cos(3), sin(3 * w), cos(3 * w), sin(3 * w * w), cos(3 * w * w)]]
    np.testing.assert_allclose(encoding(6, [3]), expected, atol=1e-6)


def test_an_odd_width_has_one_sine_more_than_cosines():
    w = 100.0 ** (-2 / 3)
    found = encoding(3, [2], max_wavelength=100.0)
    np.testing.assert_allclose(found, [[sin(2), cos(2), sin(2 * w)]], atol=1e-6)
    found = encoding(3, [2], max_wavelength=100.0, layout="concatenated")
    np.testing.assert_allclose(found, [[sin(2), sin(2 * w), cos(2)]], atol=1e-6)


def test_one_feature_gets_a_sine():
    np.testing.assert_allclose(encoding(1, [2]), [[sin(2)]], atol=1e-6)


def test_fractions_have_an_encoding_too():
    np.testing.assert_allclose(encoding(2, [0.5]), [[sin(0.5), cos(0.5)]], atol=1e-6)


def test_the_encoding_is_added_to_the_token_vectors():
    vectors = np.random.default_rng(0).normal(size=(2, 3, 4)).astype("float32")
    encoded = ops.convert_to_numpy(SinusoidalPositionEncoding()(vectors))
    expected = vectors + encoding(4, [0, 1, 2])
    np.testing.assert_allclose(encoded, expected, atol=1e-6)


@pytest.mark.parametrize("layout", ["interleaved", "concatenated"])
def test_a_shift_turns_every_pair_by_the_same_angle(layout):
    # The property for which the paper chose sinusoids: PE[p + 3] is a rotation of PE[p].
    table = encoding(8, range(20), layout=layout)
    products = table @ table.T
    for p in range(16):
        np.testing.assert_allclose(products[p, p + 3], products[0, 3], atol=1e-5)


@pytest.mark.parametrize("max_wavelength", [1, 0, -5.0])
def test_the_longest_wavelength_must_be_above_one(max_wavelength):
    said = rf"`max_wavelength` must be above 1. Received: max_wavelength={max_wavelength}"
    with pytest.raises(ValueError, match=said):
        SinusoidalPositionEncoding(max_wavelength=max_wavelength)


def test_an_unknown_layout_is_refused():
    said = "`layout` must be 'interleaved' or 'concatenated'. Received: layout='half'"
    with pytest.raises(ValueError, match=said):
        SinusoidalPositionEncoding(layout="half")


@pytest.mark.parametrize("layout", ["interleaved", "concatenated"])
def test_the_frequencies_of_tensor2tensor_reach_the_longest_wavelength(layout):
    layer = SinusoidalPositionEncoding(1000.0, layout, frequencies="tensor2tensor")
    found = ops.convert_to_numpy(layer(ops.zeros((1, 1, 8)), positions=[[7]]))[0, 0]
    # Four frequencies: 1000 ** (-k / 3).
    angles = 7 * np.array([1, 0.1, 0.01, 0.001])
    both = np.array([np.sin(angles), np.cos(angles)])
    expected = both.T.ravel() if layout == "interleaved" else both.ravel()
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_one_frequency_of_tensor2tensor_is_one():
    layer = SinusoidalPositionEncoding(frequencies="tensor2tensor")
    found = ops.convert_to_numpy(layer(ops.zeros((1, 1, 2)), positions=[[3]]))[0, 0]
    np.testing.assert_allclose(found, [np.sin(3), np.cos(3)], atol=1e-6)


def test_a_learnable_scale_multiplies_the_pattern_alone():
    tokens = np.ones((1, 3, 16), "float32")
    scaled = SinusoidalPositionEncoding(learnable_scale=True)
    pattern = ops.convert_to_numpy(SinusoidalPositionEncoding()(tokens)) - tokens
    found = ops.convert_to_numpy(scaled(tokens))
    np.testing.assert_allclose(found, tokens + pattern / 4, atol=1e-6)
    (scale,) = scaled.trainable_weights
    scale.assign(-2.0)
    found = ops.convert_to_numpy(scaled(tokens))
    np.testing.assert_allclose(found, tokens - 2 * pattern, atol=1e-6)


def test_unknown_frequencies_are_refused():
    said = "`frequencies` must be 'paper' or 'tensor2tensor'. Received: frequencies='nope'"
    with pytest.raises(ValueError, match=said):
        SinusoidalPositionEncoding(frequencies="nope")
