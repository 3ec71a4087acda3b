"""From token vectors to one vector: padding does not count, and no token gives zeros."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import AttentionPooling, FirstTokenPooling, MaxPooling, MeanPooling

KINDS = [MeanPooling, FirstTokenPooling, MaxPooling, AttentionPooling]
VECTORS = np.array([[[9.0, -9.0], [1.0, -5.0], [3.0, -2.0], [9.0, 9.0]]], "float32")
MASK = np.array([[False, True, True, False]])


def pooled(layer, vectors=VECTORS, mask=MASK):
    return ops.convert_to_numpy(ops.cast(layer(vectors, mask=mask), "float32"))


def attention_pooling(query, **kwargs):
    layer = AttentionPooling(**kwargs)
    layer.build((None, None, len(query)))
    layer.set_weights([np.array(query, "float32")[:, None]])
    return layer


def test_mean():
    np.testing.assert_allclose(pooled(MeanPooling()), [[(1 + 3) / 2, (-5 - 2) / 2]])
    np.testing.assert_allclose(pooled(MeanPooling(), mask=None), [[22 / 4, -7 / 4]])


def test_first_token():
    np.testing.assert_array_equal(pooled(FirstTokenPooling()), [[1, -5]])
    np.testing.assert_array_equal(pooled(FirstTokenPooling(), mask=None), [[9, -9]])


def test_max():
    np.testing.assert_array_equal(pooled(MaxPooling()), [[3, -2]])
    np.testing.assert_array_equal(pooled(MaxPooling(), mask=None), [[9, 9]])


def test_attention_weighs_by_the_softmax_of_a_product():
    # Logits 0.5 * 1 - 5 = -4.5 and 0.5 * 3 - 2 = -0.5.
    one, three = np.exp(-4.5), np.exp(-0.5)
    expected = (one * np.array([1, -5]) + three * np.array([3, -2])) / (one + three)
    np.testing.assert_allclose(pooled(attention_pooling([0.5, 1.0])), [expected], rtol=1e-6)


def test_attention_without_a_mask_weighs_all():
    logits = VECTORS[0] @ [0.1, 0.2]
    weights = np.exp(logits) / np.exp(logits).sum()
    found = pooled(attention_pooling([0.1, 0.2]), mask=None)
    np.testing.assert_allclose(found, [weights @ VECTORS[0]], rtol=1e-6)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("length", [1, 3])
def test_a_text_without_tokens_gives_zeros(kind, length):
    vectors = np.full((2, length, 2), 7.0, "float32")
    mask = np.array([[False] * length, [True] * length])
    np.testing.assert_allclose(pooled(kind(), vectors, mask), [[0, 0], [7, 7]], rtol=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_the_vectors_of_padding_do_not_count(kind):
    layer = kind()
    before = pooled(layer)
    changed = np.where(MASK[..., None], VECTORS, -1e4).astype("float32")
    np.testing.assert_array_equal(pooled(layer, changed), before)


@pytest.mark.parametrize("kind", KINDS)
def test_the_mask_comes_from_the_input_and_ends_here(kind):
    ids = keras.Input((None,), dtype="int32")
    embed = keras.layers.Embedding(5, 2, mask_zero=True)
    vector = kind()(embed(ids))
    assert vector.shape == (None, 2)
    assert getattr(vector, "_keras_mask", None) is None
    model = keras.Model(ids, vector)
    padded, alone = (ops.convert_to_numpy(model(np.array([r]))) for r in ([0, 3, 4, 0], [3, 4]))
    np.testing.assert_allclose(padded, alone, rtol=1e-6)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("policy", ["mixed_bfloat16", "mixed_float16", "bfloat16"])
def test_a_16_bit_result_is_rounded_once(kind, policy):
    vectors = np.random.default_rng(0).normal(size=(2, 2000, 4)).astype("float32")
    mask = np.random.default_rng(1).random((2, 2000)) < 0.7
    exact, coarse = kind(), kind(dtype=policy)
    for layer in (exact, coarse):
        layer.build((None, None, 4))
    coarse.set_weights([ops.convert_to_numpy(w) for w in exact.weights])
    exact.set_weights([ops.convert_to_numpy(ops.cast(w, "float32")) for w in coarse.weights])
    assert keras.backend.standardize_dtype(coarse(vectors).dtype) == coarse.compute_dtype
    once = ops.cast(exact(vectors, mask=mask), coarse.compute_dtype)
    found = pooled(coarse, vectors, mask)
    np.testing.assert_array_equal(found, ops.convert_to_numpy(ops.cast(once, "float32")))
