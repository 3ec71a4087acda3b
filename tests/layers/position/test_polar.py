"""Lengths and angles, by hand."""

from math import cos, exp, log, pi, sin

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import PolarPositionEncoding, SelfAttention, TransformerEncoder

# Of 2 features with a longest wavelength of 100: 100 ** (-c / 2).
FREQUENCIES = [1.0, 0.1]


def softplus(x):
    return log(1 + exp(x))


def polar(delta, **settings):
    delta = np.array(delta, "float32")
    layer = PolarPositionEncoding(len(delta), 100.0, **settings)
    layer.build((None, None, delta.size))
    layer.delta.assign(delta)
    return layer


def rotated(layer, queries, keys, at, to=None):
    at = ops.array(at, "float32")
    to = at if to is None else ops.array(to, "float32")
    queries, keys = ops.array(queries, "float32"), ops.array(keys, "float32")
    tables = layer.prepare(at, to, head_dim=queries.shape[-1])
    return [ops.convert_to_numpy(found) for found in layer.rotate(queries, keys, tables)]


def test_features_become_lengths_at_the_angle_of_the_position():
    queries, keys = rotated(polar([[-0.5, -2.0]]), [[[[0.3, -1.0]]]], [[[[-0.2, 2.0]]]], [[3]])
    a, b = softplus(0.3), softplus(-1.0)
    expected = [a * cos(3), b * cos(0.3), a * sin(3), b * sin(0.3)]
    np.testing.assert_allclose(queries[0, 0, 0], expected, atol=1e-6)
    a, b = softplus(-0.2), softplus(2.0)
    expected = [a * cos(2.5), b * cos(-1.7), a * sin(2.5), b * sin(-1.7)]
    np.testing.assert_allclose(keys[0, 0, 0], expected, atol=1e-6)


def test_logits_are_products_of_lengths_times_the_cosine_of_the_distance():
    noise = np.random.default_rng(0)
    q, k = noise.normal(size=(2, 2, 3, 2, 2))
    at = np.array([[0, 4, 2.5], [1, 1, 9]])
    delta = [[-0.5, 0.0], [-3.0, -6.0]]
    queries, keys = rotated(polar(delta), q, k, at)
    found = np.einsum("bihd,bjhd->bhij", queries, keys)
    for row, head, i, j in np.ndindex(2, 2, 3, 3):
        distance = at[row, i] - at[row, j]
        expected = sum(
            softplus(q[row, i, head, c])
            * softplus(k[row, j, head, c])
            * cos(distance * FREQUENCIES[c] - delta[head][c])
            for c in range(2)
        )
        assert found[row, head, i, j] == pytest.approx(expected, abs=1e-5)


def test_queries_and_keys_may_differ_in_number():
    queries, keys = rotated(polar([[0.0]]), [[[[1.0]]]], np.ones((1, 3, 1, 1)), [[5]], [[0, 1, 2]])
    assert queries.shape == (1, 1, 1, 2)
    assert keys.shape == (1, 3, 1, 2)


@pytest.mark.parametrize(("delta", "limit"), [(0.5, 0.0), (-7.0, -2 * pi)])
def test_a_delta_beyond_its_limit_counts_as_the_limit_and_still_learns(delta, limit):
    ones = np.ones((1, 1, 1, 2))
    _, keys = rotated(polar([[delta, -1.0]]), ones, ones, [[3]])
    _, expected = rotated(polar([[limit, -1.0]]), ones, ones, [[3]])
    np.testing.assert_allclose(keys, expected, atol=1e-6)


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="gradients of TensorFlow")
def test_every_delta_gets_a_gradient_within_and_beyond_its_limits():
    import tensorflow as tf

    attention = SelfAttention(2, polar([[0.5, -1.0, 0.0], [-7.0, -2.0, -3.0]]))
    tokens = np.random.default_rng(0).normal(size=(2, 5, 6)).astype("float32")
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(attention(tokens) ** 2)
    gradient = tape.gradient(loss, attention.position.delta).numpy()
    assert np.isfinite(gradient).all()
    assert (np.abs(gradient) > 1e-6).all()


def test_deltas_begin_at_zero_or_as_the_initializer_says():
    layer = PolarPositionEncoding(3)
    layer.build((None, None, 12))
    assert tuple(layer.delta.shape) == (3, 4)
    assert not ops.convert_to_numpy(layer.delta).any()
    layer = PolarPositionEncoding(3, initializer=keras.initializers.Constant(-1.5))
    layer.build((None, None, 12))
    assert (ops.convert_to_numpy(layer.delta) == -1.5).all()


@pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
@pytest.mark.parametrize("policy", ["mixed_{}", "{}"], ids=["mixed", "pure"])
def test_sixteen_bits_are_rounded_once(dtype, policy):
    exact = polar([[-0.5, -2.0]])
    coarse = polar([[-0.5, -2.0]], dtype=policy.format(dtype))
    heads = ops.cast(np.random.default_rng(0).normal(size=(1, 2, 1, 2)), dtype)
    at = ops.array([[8190.0, 8191.0]])
    for one, other in zip(
        coarse.rotate(heads, heads, coarse.prepare(at, at, 2)),
        exact.rotate(*[ops.cast(heads, "float32")] * 2, exact.prepare(at, at, 2)),
        strict=True,
    ):
        assert keras.backend.standardize_dtype(one.dtype) == dtype
        expected = ops.cast(ops.cast(other, dtype), "float32")
        found = ops.cast(one, "float32")
        np.testing.assert_array_equal(*map(ops.convert_to_numpy, (found, expected)))


def test_large_features_stay_finite():
    queries, keys = rotated(polar([[0.0, 0.0]]), [[[[300.0, -300.0]]]], [[[[-9e4, 9e4]]]], [[3]])
    assert np.isfinite(queries).all()
    assert np.isfinite(keys).all()


@pytest.mark.parametrize("causal", [False, True], ids=["both sides", "causal"])
def test_padding_does_not_change_a_text(causal):
    encoder = TransformerEncoder(1, 2, 8, PolarPositionEncoding(2), causal=causal)
    tokens = np.random.default_rng(0).normal(size=(1, 6, 4)).astype("float32")
    mask = np.array([[False, True, True, True, False, False]])
    found = ops.convert_to_numpy(encoder(tokens, mask=mask))[:, 1:4]
    expected = ops.convert_to_numpy(encoder(tokens[:, 1:4]))
    np.testing.assert_allclose(found, expected, atol=1e-5)


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="XLA of TensorFlow")
def test_compiled_code_gives_the_eager_answer():
    import tensorflow as tf

    attention = SelfAttention(2, PolarPositionEncoding(2))
    tokens = tf.random.normal((2, 5, 8))
    run = tf.function(lambda x: attention(x), jit_compile=True)
    np.testing.assert_allclose(attention(tokens), run(tokens), atol=1e-5)


def test_another_number_of_heads_is_refused_when_attention_is_built():
    said = "`num_heads` of PolarPositionEncoding must be that of the attention. Received: num_"
    with pytest.raises(ValueError, match=said + "heads=4, attention with 2 heads"):
        SelfAttention(2, PolarPositionEncoding(4))(keras.Input((None, 8)))


def test_no_head_is_refused():
    with pytest.raises(ValueError, match="`num_heads` must be at least 1. Received: num_heads=0"):
        PolarPositionEncoding(0)


def test_a_wavelength_of_one_is_refused():
    said = "`max_wavelength` must be above 1. Received: max_wavelength=1"
    with pytest.raises(ValueError, match=said):
        PolarPositionEncoding(2, max_wavelength=1)
