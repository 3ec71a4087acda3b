"""At 8,192 positions a 16-bit policy costs one rounding of the result, and nothing before it."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import (
    ALiBi,
    EncoderBlock,
    LearnedPositionEmbedding,
    RotaryPositionEncoding,
    SelfAttention,
    SinusoidalPositionEncoding,
    TransformerEncoder,
)

LENGTH = 8192
POLICIES = ["mixed_bfloat16", "mixed_float16", "bfloat16", "float16"]
ADDITIVE = {
    "sinusoidal": lambda dtype: SinusoidalPositionEncoding(dtype=dtype),
    "concatenated": lambda dtype: SinusoidalPositionEncoding(layout="concatenated", dtype=dtype),
    "learned": lambda dtype: LearnedPositionEmbedding(LENGTH, dtype=dtype),
    "interpolate": lambda dtype: LearnedPositionEmbedding(
        500, extrapolation="interpolate", dtype=dtype
    ),
    "hierarchical": lambda dtype: LearnedPositionEmbedding(
        100, extrapolation="hierarchical", dtype=dtype
    ),
}


def rounded(values, dtype):
    """float32 values, rounded once to another type, as float32."""
    return ops.convert_to_numpy(ops.cast(ops.cast(values, dtype), "float32"))


def as_numpy(values):
    return ops.convert_to_numpy(ops.cast(values, "float32"))


def angles(dim):
    frequencies = 10_000.0 ** (-np.arange(0, dim, 2) / dim)
    return np.arange(LENGTH)[:, None] * frequencies


def test_sinusoids_are_those_of_float64_and_all_distinct():
    found = as_numpy(SinusoidalPositionEncoding()(ops.zeros((1, LENGTH, 64))))[0]
    expected = np.stack([np.sin(angles(64)), np.cos(angles(64))], axis=-1).reshape(LENGTH, 64)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-3)
    np.testing.assert_allclose(found[:, :2], expected[:, :2], rtol=0, atol=1e-6)
    assert len(np.unique(found, axis=0)) == LENGTH


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("build", ADDITIVE.values(), ids=ADDITIVE)
def test_additive_encodings_are_rounded_once(build, policy):
    tokens = np.random.default_rng(0).normal(size=(1, LENGTH, 16)).astype("float32")
    exact, coarse = build("float32"), build(policy)
    for layer in (exact, coarse):
        layer.build((None, None, 16))
    # A pure 16-bit policy has 16-bit weights: both layers get values that fit into them.
    coarse.set_weights([ops.convert_to_numpy(w) for w in exact.weights])
    exact.set_weights([as_numpy(w) for w in coarse.weights])
    found = as_numpy(coarse(tokens))
    np.testing.assert_array_equal(found, rounded(exact(tokens), coarse.compute_dtype))


@pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
@pytest.mark.parametrize("layout", ["half", "interleaved"])
def test_rotation_is_rounded_once(dtype, layout):
    heads = rounded(np.random.default_rng(0).normal(size=(1, LENGTH, 1, 16)), dtype)
    positions = ops.arange(LENGTH, dtype="float32")[None]
    rotary = RotaryPositionEncoding(layout=layout, dtype=f"mixed_{dtype}")
    tables = rotary.prepare(positions, positions, head_dim=16)
    found, also = rotary.rotate(*[ops.cast(heads, dtype)] * 2, tables)
    exact, _ = rotary.rotate(*[ops.array(heads)] * 2, tables)
    np.testing.assert_array_equal(as_numpy(found), rounded(exact, dtype))
    np.testing.assert_array_equal(as_numpy(also), as_numpy(found))


def test_rotations_are_those_of_float64():
    heads = np.zeros((1, LENGTH, 1, 16), "float32")
    heads[..., :8] = 1.0  # Turned, the cosines stand in the first half and the sines in the second.
    positions = ops.arange(LENGTH, dtype="float32")[None]
    rotary = RotaryPositionEncoding()
    tables = rotary.prepare(positions, positions, head_dim=16)
    found = as_numpy(rotary.rotate(*[ops.array(heads)] * 2, tables)[0])[0, :, 0]
    expected = np.concatenate([np.cos(angles(16)), np.sin(angles(16))], axis=-1)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-3)


@pytest.mark.parametrize("policy", POLICIES)
def test_biases_are_exact_whatever_the_policy(policy):
    alibi = ALiBi(2, direction="symmetric", dtype=policy)
    heads = ops.zeros((1, 1, 2, 4), dtype=alibi.compute_dtype)
    keys = ops.arange(LENGTH, dtype="float32")[None]
    bias = alibi.bias(heads, heads, alibi.prepare(ops.array([[0.0]]), keys, head_dim=4))
    assert keras.backend.standardize_dtype(bias.dtype) == "float32"
    distance = np.arange(LENGTH, dtype="float32")
    np.testing.assert_array_equal(as_numpy(bias)[0, 0, 0], -distance / 16)
    np.testing.assert_array_equal(as_numpy(bias)[0, 1, 0], -distance / 256)


def attention_to_first(position, policy, positions):
    """How much of the first token each token takes, by an attention that only sees positions."""
    attention = SelfAttention(1, position, dtype=policy)
    attention.build((None, None, 2))
    # Queries and keys of zeros; values are the inputs; the output projection changes nothing.
    kernel = np.concatenate([np.zeros((2, 4)), np.eye(2)], axis=1)
    attention.set_weights([kernel, np.zeros(6), np.eye(2), np.zeros(2)])
    tokens = np.zeros((1, len(positions), 2), "float32")
    tokens[0, 0] = 1.0
    return as_numpy(attention(tokens, positions=np.array([positions], "float32")))[0, :, 0]


@pytest.mark.parametrize("policy", ["mixed_bfloat16", "mixed_float16"])
def test_far_biases_stay_apart_inside_attention(policy):
    # In bfloat16 2312 / 256 = 9.03125 would be 9: three percent more weight.
    weights = attention_to_first(ALiBi(1, direction="symmetric"), policy, [0, 2312])
    weight = np.exp(-2312 / 256)
    assert weights[1] == pytest.approx(weight / (1 + weight), rel=5e-3)


AROUND = {
    "added": lambda: TransformerEncoder(1, 2, 8, position=SinusoidalPositionEncoding()),
    "encoder": lambda: TransformerEncoder(1, 2, 8, position=RotaryPositionEncoding()),
    "block": lambda: EncoderBlock(2, 8, position=RotaryPositionEncoding()),
    "attention": lambda: SelfAttention(2, position=RotaryPositionEncoding()),
}


@pytest.mark.parametrize("policy", ["mixed_bfloat16", "mixed_float16"])
@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
def test_float_positions_are_not_rounded_on_their_way_through_a_model(around, policy):
    given = np.array([[0.0, 4099.5, 4101.25]], "float32")
    noise = np.random.default_rng(0)
    tokens = noise.normal(size=(1, 3, 8)).astype("float32")
    models = []
    for dtype in ("float32", policy):
        keras.config.set_dtype_policy(dtype)
        inputs = keras.Input((None, 8)), keras.Input((None,))
        models.append(keras.Model(inputs, around()(inputs[0], positions=inputs[1])))
    exact, coarse = models
    exact.set_weights([noise.normal(scale=0.5, size=w.shape) for w in exact.weights])
    coarse.set_weights(exact.get_weights())
    expected = as_numpy(exact([tokens, given]))
    blurred = as_numpy(exact([tokens, np.array([[0.0, 4096.0, 4096.0]])]))
    error = np.abs(as_numpy(coarse([tokens, given])) - expected).max()
    assert error < 0.3 * np.abs(blurred - expected).max()
