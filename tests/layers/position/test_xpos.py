"""Rotation with a decay, by hand."""

from math import cos

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import RotaryPositionEncoding, SelfAttention, XPosPositionEncoding
from keras_pe.layers.position.xpos import CLOSED

# Of 4 features with a longest wavelength of 100: z_k = (2k + 1.6) / 5.6 for k = 0 and 1.
DECAYS = [1.6 / 5.6, 3.6 / 5.6]
FREQUENCIES = [1.0, 0.1]


def logits(layer, queries, keys, at, to=None, dtype="float32"):
    at = ops.array(at, "float32")
    to = at if to is None else ops.array(to, "float32")
    queries, keys = (ops.cast(ops.array(heads), dtype) for heads in (queries, keys))
    tables = layer.prepare(at, to, head_dim=queries.shape[-1])
    found = layer.rotate(queries, keys, tables)
    queries, keys = (ops.transpose(ops.cast(x, "float32"), (0, 2, 1, 3)) for x in found)
    products = ops.matmul(queries, ops.transpose(keys, (0, 1, 3, 2)))
    return ops.convert_to_numpy(products + layer.bias(queries, keys, tables))


def expected_logit(query, key, distance, base, layout="half"):
    """What the paper says, with the decay on |distance|, for 4 features."""
    pairs = {"half": [(0, 2), (1, 3)], "interleaved": [(0, 1), (2, 3)]}[layout]
    logit = 0.0
    for (a, b), z, w in zip(pairs, DECAYS, FREQUENCIES, strict=True):
        turned = np.exp(1j * distance * w) * complex(query[a], query[b])
        logit += (turned * complex(key[a], -key[b])).real * z ** (abs(distance) / base)
    return logit


@pytest.mark.parametrize("layout", ["half", "interleaved"])
@pytest.mark.parametrize("direction", ["split", "causal"])
def test_the_part_of_each_pair_fades_with_the_distance(direction, layout):
    noise = np.random.default_rng(0)
    queries, keys = noise.normal(size=(2, 2, 4, 3, 4)).astype("float32")
    at = np.array([[0, 7, 2.5, 20], [1, 1, 9, 3]])
    layer = XPosPositionEncoding(3, 100.0, scale_base=8.0, direction=direction, layout=layout)
    found = logits(layer, queries, keys, at)
    for row, head, i, j in np.ndindex(2, 3, 4, 4):
        distance = at[row, i] - at[row, j]
        looks_right = direction == "split" and head == 1
        if (distance > 0 and looks_right) or (distance < 0 and not looks_right):
            assert found[row, head, i, j] < -1e29
        else:
            given = queries[row, i, head], keys[row, j, head], distance
            expected = expected_logit(*given, 8.0, layout)
            assert found[row, head, i, j] == pytest.approx(expected, abs=2e-5)


def test_two_equal_features_at_a_known_distance():
    # Width 2: z_0 = 0.8 / 2.8. After 3 of 6 tokens sqrt(z_0) is left of 2 cos(3).
    layer = XPosPositionEncoding(1, scale_base=6.0, direction="causal")
    ones = np.ones((1, 2, 1, 2), "float32")
    found = logits(layer, ones, ones, [[4, 1]])
    assert found[0, 0, 0, 1] == pytest.approx(2 * cos(3) * (0.8 / 2.8) ** 0.5, abs=1e-6)
    assert found[0, 0, 0, 0] == pytest.approx(2.0, abs=1e-6)


def test_the_two_heads_of_a_pair_are_mirror_images():
    heads = np.random.default_rng(0).normal(size=(1, 5, 1, 4)).astype("float32").repeat(2, axis=2)
    # Without the second features of the pairs only cosines are left, which do not see direction.
    heads[..., 2:] = 0.0
    layer = XPosPositionEncoding(2, scale_base=4.0)
    at = np.arange(5.0)[None]
    left = logits(layer, heads, heads, at)[0, 0]
    right = logits(layer, heads[:, ::-1], heads[:, ::-1], at)[0, 1][::-1, ::-1]
    np.testing.assert_allclose(np.tril(left), np.tril(right), atol=1e-5)


def test_with_an_endless_scale_it_is_a_rotation():
    heads = np.random.default_rng(0).normal(size=(1, 5, 2, 4)).astype("float32")
    positions = ops.arange(5, dtype="float32")[None]
    layers = XPosPositionEncoding(2, scale_base=1e30), RotaryPositionEncoding()
    found, expected = (
        layer.rotate(*[ops.array(heads)] * 2, layer.prepare(positions, positions, 4))
        for layer in layers
    )
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(*map(ops.convert_to_numpy, (one, other)), atol=1e-6)


def test_fewer_queries_than_keys_get_their_rows():
    queries, keys = np.random.default_rng(0).normal(size=(2, 1, 6, 2, 4)).astype("float32")
    layer = XPosPositionEncoding(2, scale_base=16.0)
    at = np.array([[0, 1, 2, 5, 6, 7]], "float32")
    few = [1, 4]
    found = logits(layer, queries[:, few], keys, at[:, few], at)
    expected = logits(layer, queries, keys, at)[:, :, few]
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)


def test_a_shift_and_other_rows_change_nothing():
    heads = np.random.default_rng(0).normal(size=(2, 3, 2, 4)).astype("float32")
    layer = XPosPositionEncoding(2, scale_base=16.0)
    at = np.array([[0, 1, 2], [0, 50, 99]], "float32")
    both = logits(layer, heads, heads, at)
    alone = logits(layer, heads[:1], heads[:1], at[:1])[0]
    np.testing.assert_allclose(alone, both[0], rtol=1e-5, atol=1e-6)
    shifted = logits(layer, heads, heads, at + 1024)
    np.testing.assert_allclose(shifted, both, rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
@pytest.mark.parametrize("direction", ["split", "causal"])
def test_far_logits_are_finite_and_what_is_closed_stays_closed(direction, dtype):
    layer = XPosPositionEncoding(2, direction=direction)
    at = np.array([[0, 4000, 8191, 24_999]], "float32")
    heads = np.full((1, 4, 2, 16), 4.0, "float32")
    found = logits(layer, heads, heads, at, dtype=dtype)
    assert np.isfinite(found).all()
    after = np.triu(np.ones((4, 4), bool), 1)
    sides = [after, after.T if direction == "split" else after]
    for head, closed in enumerate(sides):
        assert (found[0, head][closed] < 0.9 * CLOSED).all()
        assert (found[0, head][~closed] > -1e4).all()


def test_float16_holds_texts_of_4000_tokens():
    attention = SelfAttention(2, XPosPositionEncoding(2), dtype="mixed_float16")
    tokens = np.random.default_rng(0).normal(size=(1, 3, 16)).astype("float32")
    found = attention(tokens, positions=np.array([[0.0, 2000.0, 4000.0]]))
    assert np.isfinite(ops.convert_to_numpy(ops.cast(found, "float32"))).all()


def test_attention_sees_nothing_on_the_closed_side_however_far():
    attention = SelfAttention(2, XPosPositionEncoding(2, direction="causal"))
    tokens = 9 * np.random.default_rng(0).normal(size=(1, 4, 8)).astype("float32")
    at = np.array([[0.0, 3000.0, 8000.0, 16_000.0]])
    changed = tokens.copy()
    changed[0, 2:] += 5.0
    before, after = (ops.convert_to_numpy(attention(x, positions=at))[0] for x in (tokens, changed))
    np.testing.assert_array_equal(after[:2], before[:2])
    assert np.abs(after[2:] - before[2:]).max() > 1e-3


@pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
def test_sixteen_bits_are_rounded_once(dtype):
    heads = ops.cast(np.random.default_rng(0).normal(size=(1, 3, 2, 4)), dtype)
    at = ops.array([[8190.0, 8191.0, 7000.0]])
    layer = XPosPositionEncoding(2, dtype=f"mixed_{dtype}")
    tables = layer.prepare(at, at, 4)
    exact = layer.rotate(*[ops.cast(heads, "float32")] * 2, tables)
    for one, other in zip(layer.rotate(heads, heads, tables), exact, strict=True):
        assert keras.backend.standardize_dtype(one.dtype) == dtype
        expected = ops.cast(ops.cast(other, dtype), "float32")
        found = ops.cast(one, "float32")
        np.testing.assert_array_equal(*map(ops.convert_to_numpy, (found, expected)))


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="gradients of TensorFlow")
@pytest.mark.parametrize("direction", ["split", "causal"])
def test_gradients_of_far_tokens_are_finite_and_reach_every_weight(direction):
    import tensorflow as tf

    attention = SelfAttention(2, XPosPositionEncoding(2, direction=direction))
    tokens = tf.random.normal((1, 5, 8))
    with tf.GradientTape() as tape:
        found = attention(tokens, positions=tf.constant([[0.0, 1.0, 2.0, 9000.0, 24_999.0]]))
        loss = tf.reduce_sum(found**2)
    for gradient in tape.gradient(loss, attention.trainable_weights):
        assert np.isfinite(gradient).all()
        assert np.any(gradient)


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="XLA of TensorFlow")
def test_compiled_code_gives_the_eager_answer():
    import tensorflow as tf

    attention = SelfAttention(2, XPosPositionEncoding(2, scale_base=4.0))
    attention.build((None, None, 8))
    shape = tf.TensorSpec((None, None, 8))
    graph = tf.function(lambda x: attention(x), input_signature=(shape,))
    compiled = tf.function(lambda x: attention(x), jit_compile=True)
    for length in (3, 7):
        tokens = tf.random.normal((2, length, 8))
        np.testing.assert_allclose(attention(tokens), graph(tokens), atol=1e-5)
        np.testing.assert_allclose(attention(tokens), compiled(tokens), atol=1e-5)


REFUSED = [
    ((0, {"direction": "causal"}), "`num_heads` must be at least 1 for direction='causal'. Rec"),
    ((1, {}), "`num_heads` must be at least 2 for direction='split'. Received: num_heads=1"),
    ((2, {"scale_base": 0}), "`scale_base` must be above 0. Received: scale_base=0"),
    ((2, {"max_wavelength": 1}), "`max_wavelength` must be above 1. Received: max_wavelength=1"),
    ((2, {"layout": "x"}), "`layout` must be one of: half, interleaved. Received: layout='x'"),
    (
        (2, {"direction": "symmetric"}),
        "`direction` must be one of: split, causal. Received: direction='symmetric'",
    ),
]


@pytest.mark.parametrize(("given", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_what_makes_no_sense_is_refused(given, said):
    num_heads, settings = given
    with pytest.raises(ValueError, match=said):
        XPosPositionEncoding(num_heads, **settings)


def test_heads_that_do_not_fit_are_refused_when_attention_is_built():
    said = "`num_heads` of XPosPositionEncoding must be that of the attention. Received: num_heads"
    with pytest.raises(ValueError, match=said + "=4, attention with 2 heads"):
        SelfAttention(2, XPosPositionEncoding(4))(keras.Input((None, 8)))
    with pytest.raises(ValueError, match="Features per head must be even to be turned in pairs"):
        SelfAttention(2, XPosPositionEncoding(2))(keras.Input((None, 6)))
