"""Attention beside the formula, written in float64 NumPy."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import (
    ALiBi,
    LearnedPositionEmbedding,
    PositionEncoding,
    RotaryPositionEncoding,
    SelfAttention,
    SinusoidalPositionEncoding,
)

B, T, H, D = 2, 5, 2, 8
MASK = np.array([[True, True, True, True, False], [False, True, True, False, True]])
SEGMENTS = np.array([[1, 1, 2, 2, 2], [3, 3, 3, 4, 4]])


class Wide(PositionEncoding):
    """Makes queries and keys twice as wide, and adds the product of what they were."""

    def rotate(self, queries, keys, tables):
        return [ops.concatenate([heads, 2.0 * heads], axis=-1) for heads in (queries, keys)]

    def bias(self, queries, keys, tables):
        return ops.einsum("bqhd,bkhd->bhqk", queries, keys)


KINDS = {
    "none": lambda: None,
    "wide": lambda: Wide(),
    "rotary": lambda: RotaryPositionEncoding(),
    "alibi": lambda: ALiBi(H),
    "causal": lambda: ALiBi(H, direction="causal"),
}


def built(position=None, seed=0, **kwargs):
    """Attention with weights, biases included, from N(0, 1 / D)."""
    attention = SelfAttention(H, position, **kwargs)
    attention.build((None, None, D))
    noise = np.random.default_rng(seed)
    weights = [noise.normal(scale=D**-0.5, size=w.shape) for w in attention.weights]
    attention.set_weights(weights)
    return attention


def tokens():
    return np.random.default_rng(1).normal(size=(B, T, D)).astype("float32")


def by_formula(attention, inputs, positions, mask=None, segments=None):
    kernel_in, bias_in, kernel_out, bias_out = (
        ops.convert_to_numpy(w).astype("float64") for w in attention.weights
    )
    joint = (inputs.astype("float64") @ kernel_in + bias_in).reshape(B, T, 3, H, D // H)
    queries, keys, values = joint[:, :, 0], joint[:, :, 1], joint[:, :, 2]
    positions = ops.array(np.array(positions), dtype="float32")
    heads = [ops.array(each, dtype="float32") for each in (queries, keys)]
    tables = attention.position.prepare(positions, positions, D // H)
    turned = map(ops.convert_to_numpy, attention.position.rotate(*heads, tables))
    bias = attention.position.bias(*heads, tables)
    logits = np.einsum("bqhd,bkhd->bhqk", *turned) / np.sqrt(D // H)
    logits = logits + (0 if bias is None else ops.convert_to_numpy(bias))
    open_ = np.ones((B, 1, T, T), bool)
    open_ &= True if mask is None else mask[:, None, None, :]
    open_ &= True if segments is None else (segments[:, :, None] == segments[:, None])[:, None]
    weights = np.exp(logits - logits.max(axis=-1, keepdims=True)) * open_
    weights = weights / np.maximum(weights.sum(axis=-1, keepdims=True), 1e-30)
    mixed = np.einsum("bhqk,bkhd->bqhd", weights, values).reshape(B, T, D)
    return mixed @ kernel_out + bias_out


@pytest.mark.parametrize("kind", KINDS)
def test_attention_is_what_the_formula_says(kind):
    attention = built(KINDS[kind]())
    expected = by_formula(attention, tokens(), [np.arange(T)])
    np.testing.assert_allclose(ops.convert_to_numpy(attention(tokens())), expected, atol=1e-5)


@pytest.mark.parametrize("kind", KINDS)
def test_padding_gets_no_share(kind):
    attention = built(KINDS[kind]())
    positions = [[0, 1, 2, 3, 3], [0, 0, 1, 1, 2]]
    expected = by_formula(attention, tokens(), positions, MASK)
    found = ops.convert_to_numpy(attention(tokens(), mask=ops.array(MASK)))
    np.testing.assert_allclose(found[MASK], expected[MASK], atol=1e-5)


@pytest.mark.parametrize("kind", KINDS)
def test_other_segments_get_no_share(kind):
    attention = built(KINDS[kind]())
    positions = [[0, 1, 0, 1, 1], [0, 0, 1, 0, 0]]
    expected = by_formula(attention, tokens(), positions, MASK, SEGMENTS)
    found = attention(tokens(), mask=ops.array(MASK), segment_ids=SEGMENTS)
    np.testing.assert_allclose(ops.convert_to_numpy(found)[MASK], expected[MASK], atol=1e-5)


@pytest.mark.parametrize("kind", ["rotary", "alibi"])
def test_given_positions_are_those_that_count(kind):
    attention = built(KINDS[kind]())
    positions = np.array([[4.5, 0, 7, 2, 2], [0, 1, 2, 30, 31]], "float32")
    expected = by_formula(attention, tokens(), positions)
    found = ops.convert_to_numpy(attention(tokens(), positions=positions))
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_what_stands_at_the_padding_reaches_no_token():
    attention = built(ALiBi(H))
    before = ops.convert_to_numpy(attention(tokens(), mask=ops.array(MASK)))
    changed = np.where(MASK[..., None], tokens(), 1e4).astype("float32")
    after = ops.convert_to_numpy(attention(changed, mask=ops.array(MASK)))
    np.testing.assert_array_equal(after[MASK], before[MASK])


@pytest.mark.parametrize("policy", ["float32", "mixed_bfloat16", "mixed_float16"])
def test_a_text_without_tokens_stays_finite(policy):
    attention = built(ALiBi(H), dtype=policy)
    found = attention(tokens(), mask=ops.zeros((B, T), dtype="bool"))
    assert np.isfinite(ops.convert_to_numpy(ops.cast(found, "float32"))).all()


def test_large_logits_stay_finite_in_float16():
    attention = built(dtype="mixed_float16")
    found = ops.convert_to_numpy(ops.cast(attention(60.0 * tokens()), "float32"))
    exact = ops.convert_to_numpy(built()(60.0 * tokens()))
    # Unscaled, products of 60 * 60 * 8 come near the largest float16.
    np.testing.assert_allclose(found, exact, rtol=0, atol=0.02 * np.abs(exact).max())


def test_products_beyond_float16_are_scaled_before_they_are_made():
    attention = SelfAttention(1, dtype="mixed_float16")
    attention.build((None, None, 64))
    # Queries and keys of 40 everywhere: 64 * 40 ** 2 = 102,400 is too much for float16, an eighth
    # of it is not. Values are 1.
    biases = np.concatenate([np.full(128, 40.0), np.ones(64)])
    attention.set_weights([np.zeros((64, 192)), biases, np.eye(64), np.zeros(64)])
    found = ops.convert_to_numpy(ops.cast(attention(np.zeros((1, 2, 64))), "float32"))
    np.testing.assert_array_equal(found, np.ones((1, 2, 64)))


def test_no_position_is_the_base_class_in_the_same_policy():
    attention = SelfAttention(2, dtype="mixed_bfloat16")
    assert type(attention.position) is PositionEncoding
    assert attention.position.compute_dtype == "bfloat16"


def test_heads_must_divide_the_features():
    said = "`num_heads` must divide the features of the input. Received: num_heads=3, features=8"
    with pytest.raises(ValueError, match=said):
        SelfAttention(3)(keras.Input((None, 8)))


def test_no_head_is_refused():
    with pytest.raises(ValueError, match="`num_heads` must be at least 1. Received: num_heads=0"):
        SelfAttention(0)


@pytest.mark.parametrize("position", [SinusoidalPositionEncoding(), LearnedPositionEmbedding(4)])
def test_an_encoding_of_the_embeddings_is_refused(position):
    said = f"`position` must act inside attention. Received: position={type(position).__name__}, "
    with pytest.raises(ValueError, match=said + "which acts on embeddings"):
        SelfAttention(2, position)
