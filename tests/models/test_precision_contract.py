"""Far positions in 16 bits: no encoding rounds them."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.config import ModelConfig
from keras_pe.layers import TransformerEncoder
from keras_pe.models import POSITIONS

# In bfloat16 these are all 8192, in float16 every second is its neighbour.
FAR = np.array([[8181, 8182, 8183, 8184, 8185, 8186, 8187, 8188, 8189, 8190]], "float32")
TOKENS = np.random.default_rng(1).normal(size=(1, 10, 16)).astype("float32")
SETTINGS = {"hidden_dim": 16, "num_heads": 2, "max_length": 8192}
READING_POSITIONS = [name for name in POSITIONS if POSITIONS[name](ModelConfig()).reads_positions]


def encoder(position, policy):
    keras.config.set_dtype_policy(policy)
    keras.utils.set_random_seed(1)
    encoding = POSITIONS[position](ModelConfig(position=position, **SETTINGS))
    made = TransformerEncoder(1, 2, 16, position=encoding)
    made.build(TOKENS.shape)
    return made


@pytest.fixture
def encode(perturb, compiled_on_jax):
    """Function from (position, policy) to a function from positions to vectors."""

    def encode(position, policy):
        made = perturb(encoder(position, policy))
        run = compiled_on_jax(lambda at: ops.cast(made(TOKENS, positions=at), "float32"))
        return lambda at: ops.convert_to_numpy(run(at))

    return encode


@pytest.mark.parametrize("policy", ["mixed_bfloat16", "mixed_float16"])
@pytest.mark.parametrize("position", READING_POSITIONS)
def test_positions_at_8192_are_told_apart_in_16_bits(position, policy, encode):
    exact, coarse = (encode(position, each) for each in ("float32", policy))
    blurred = exact(np.full_like(FAR, 8192 - (position == "learned")))
    seen = np.abs(blurred - exact(FAR)).max()
    far, near = (np.abs(coarse(at) - exact(at)).max() for at in (FAR, FAR - 8181))
    # Rounding of all else may be as large as what an encoding shows of one token's distance.
    assert far < max(0.3 * seen, 2.0 * near)
