"""Learned waves of the position, by hand."""

import numpy as np
import pytest
from keras import ops

from keras_pe.layers import FourierPositionEncoding


def built(**settings):
    layer = FourierPositionEncoding(**settings)
    layer.build((None, None, 4))
    return layer


def test_the_encoding_is_a_network_of_cosines_and_sines():
    layer = built(num_frequencies=2, hidden_dim=3)
    noise = np.random.default_rng(0)
    frequencies, kernel_in, bias_in, kernel_out, bias_out = (
        noise.normal(size=weight.shape) for weight in layer.weights
    )
    layer.set_weights([frequencies, kernel_in, bias_in, kernel_out, bias_out])
    positions = np.array([[0.0, 1.0, 7.5]])
    angles = positions[0, :, None] * frequencies
    waves = np.concatenate([np.cos(angles), np.sin(angles)], axis=1) / np.sqrt(2)
    inner = ops.convert_to_numpy(ops.gelu(waves @ kernel_in + bias_in))
    tokens = noise.normal(size=(1, 3, 4))
    found = layer(tokens.astype("float32"), positions=positions)
    expected = tokens[0] + inner @ kernel_out + bias_out
    np.testing.assert_allclose(ops.convert_to_numpy(found)[0], expected, atol=1e-5)


def test_frequencies_begin_as_those_of_the_sinusoid_and_are_trained():
    layer = built(num_frequencies=4, max_wavelength=16.0)
    expected = [1.0, 1 / 2, 1 / 4, 1 / 8]
    np.testing.assert_allclose(ops.convert_to_numpy(layer.frequencies), expected, rtol=1e-6)
    assert any(weight is layer.frequencies for weight in layer.trainable_weights)


def test_positions_are_told_apart_in_both_directions_and_far_out():
    found = built()(ops.zeros((1, 3, 4)), positions=np.array([[0, 5, 5000]]))
    rows = ops.convert_to_numpy(found)[0]
    assert min(np.abs(rows[a] - rows[b]).max() for a, b in ((0, 1), (0, 2), (1, 2))) > 1e-3


@pytest.mark.parametrize("name", ["num_frequencies", "hidden_dim"])
def test_a_size_below_one_is_refused(name):
    with pytest.raises(ValueError, match=f"`{name}` must be at least 1. Received: {name}=0"):
        FourierPositionEncoding(**{name: 0})


def test_the_longest_wavelength_must_be_above_one():
    said = "`max_wavelength` must be above 1. Received: max_wavelength=1"
    with pytest.raises(ValueError, match=said):
        FourierPositionEncoding(max_wavelength=1)
