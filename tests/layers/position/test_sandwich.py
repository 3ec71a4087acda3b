"""Products of sinusoids, by hand."""

import numpy as np
import pytest
from keras import ops

from keras_pe.layers import Sandwich

# With E = 4 and a longest wavelength of 16: 16 ** (-2 / 4) and 16 ** (-4 / 4).
FREQUENCIES = [1 / 4, 1 / 16]


def lack(distance):
    return sum(np.cos(distance * w) for w in FREQUENCIES) - 2


def bias(positions, num_heads=2, **settings):
    layer = Sandwich(num_heads, 4, 16.0, **settings)
    positions = ops.array(positions, dtype="float32")
    heads = ops.zeros((len(positions), positions.shape[1], num_heads, 4))
    tables = layer.prepare(positions, positions, head_dim=4)
    return ops.convert_to_numpy(layer.bias(heads, heads, tables))


def test_every_head_divides_what_the_sinusoids_lack_by_its_own_number():
    distance = np.array([[0, 1, 4.5], [1, 0, 3.5], [4.5, 3.5, 0]])
    found = bias([[0, 1, 4.5]], direction="symmetric")
    # 8h / H with H = 2: 4 and 8.
    np.testing.assert_allclose(found, [[lack(distance) / 4, lack(distance) / 8]], atol=1e-6)


def test_split_heads_look_left_and_right_and_share_their_number():
    left, right = bias([[0, 1, 2]])[0]
    distance = np.abs(np.arange(3)[:, None] - np.arange(3))
    # One pair: 8h / H with H = 1.
    np.testing.assert_allclose(np.tril(left), np.tril(lack(distance) / 8), atol=1e-6)
    np.testing.assert_allclose(np.triu(right), np.triu(lack(distance) / 8), atol=1e-6)
    assert (left[np.triu_indices(3, 1)] == -1e9).all()
    assert (right[np.tril_indices(3, -1)] == -1e9).all()


def test_keys_before_the_query_count_half_a_token_nearer_where_asymmetric():
    found = bias([[0, 1, 2]], direction="asymmetric")[0, 0]
    nearer = np.array([[0, 1, 2], [0.5, 0, 1], [1.5, 0.5, 0]])
    np.testing.assert_allclose(found, lack(nearer) / 4, atol=1e-6)


def test_far_positions_are_those_of_float64():
    at = np.array([0, 1, 4000, 8191])
    layer = Sandwich(1, direction="symmetric")
    positions = ops.array(at[None], dtype="float32")
    found = ops.convert_to_numpy(layer.prepare(positions, positions, head_dim=4))[0, 0]
    frequencies = 10_000.0 ** (-2 * np.arange(1, 65) / 128)
    angles = np.abs(at[:, None] - at)[..., None] * frequencies
    np.testing.assert_allclose(found, (np.cos(angles).sum(-1) - 64) / 8, atol=1e-3)


def test_no_key_gets_more_than_nothing():
    layer = Sandwich(1, direction="symmetric")
    positions = ops.arange(0, 8192, 16, dtype="float32")[None]
    found = ops.convert_to_numpy(layer.prepare(positions, positions, head_dim=4))
    assert found.max() <= 0


@pytest.mark.parametrize("dim", [0, 3])
def test_a_width_that_has_no_pairs_is_refused(dim):
    said = f"`encoding_dim` must be even and at least 2. Received: encoding_dim={dim}"
    with pytest.raises(ValueError, match=said):
        Sandwich(2, encoding_dim=dim)


def test_a_wavelength_of_one_is_refused():
    with pytest.raises(ValueError, match="`max_wavelength` must be above 1. Received: max_wav"):
        Sandwich(2, max_wavelength=1)
