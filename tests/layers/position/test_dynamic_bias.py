"""A network of the signed distance, by hand."""

import numpy as np
import pytest
from keras import ops

from keras_pe.layers import DynamicPositionBias


def silu(x):
    return x / (1 + np.exp(-x))


def layer(log_distance=True, num_layers=2, seed=0):
    made = DynamicPositionBias(2, 3, num_layers, log_distance)
    made.build((None, None, 8))
    noise = np.random.default_rng(seed)
    made.set_weights([noise.normal(size=w.shape) for w in made.weights])
    return made


def bias(made, positions, keys=None, **settings):
    positions = ops.array(np.array(positions), dtype="float32")
    keys = positions if keys is None else ops.array(np.array(keys), dtype="float32")
    return ops.convert_to_numpy(
        made.bias(None, None, made.prepare(positions, keys, head_dim=4, **settings))
    )


@pytest.mark.parametrize("log_distance", [True, False])
@pytest.mark.parametrize("num_layers", [1, 2])
def test_the_network_reads_the_signed_distance(log_distance, num_layers):
    made = layer(log_distance, num_layers)
    pairs = dict(zip([w.name for w in made.weights], made.get_weights(), strict=True))
    at = np.array([0.0, 1.0, 4.5])
    x = at[None, :] - at[:, None]
    x = np.sign(x) * np.log(1 + np.abs(x)) if log_distance else x
    values = x[..., None]
    for index in range(num_layers):
        values = silu(values @ pairs[f"kernel_{index}"] + pairs[f"bias_{index}"])
    expected = (values @ pairs[f"kernel_{num_layers}"]).transpose(2, 0, 1)[None]
    np.testing.assert_allclose(bias(made, [at]), expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("length", [1, 2, 9])
def test_tokens_one_after_the_other_get_what_any_others_at_their_places_get(length):
    index = np.arange(length, dtype="float32")[None]
    together = bias(layer(), index, consecutive=True)
    np.testing.assert_allclose(together, bias(layer(), index), atol=1e-5)


def test_both_sides_are_told_apart():
    found = bias(layer(), [[0, 1, 2]])
    assert np.abs(found - found.transpose(0, 1, 3, 2)).max() > 1e-2


@pytest.mark.parametrize("name", ["num_heads", "hidden_dim", "num_layers"])
def test_sizes_below_one_are_refused(name):
    with pytest.raises(ValueError, match=f"`{name}` must be at least 1. Received: {name}=0"):
        DynamicPositionBias(**{"num_heads": 2, name: 0})
