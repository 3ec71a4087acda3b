"""An embedding that reads rows: the numbers, masks and gradients of Keras' own."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import TokenEmbedding

TOKENS = np.array([[1, 4, 0], [4, 4, 2]], "int32")


def pair(dtype="float32"):
    layers = [
        kind(5, 3, mask_zero=True, dtype=dtype) for kind in (TokenEmbedding, keras.layers.Embedding)
    ]
    for layer in layers:
        layer.build()
        layer.set_weights([np.random.default_rng(1).normal(size=(5, 3)).astype("float32")])
    return layers


@pytest.mark.parametrize("dtype", ["float32", "mixed_bfloat16", "mixed_float16"])
def test_rows_are_those_of_keras_in_the_compute_dtype(dtype):
    ours, theirs = (layer(TOKENS) for layer in pair(dtype))
    assert ours.dtype == theirs.dtype
    np.testing.assert_array_equal(
        *(ops.convert_to_numpy(ops.cast(rows, "float32")) for rows in (ours, theirs))
    )


def test_padding_is_masked():
    mask = pair()[0].compute_mask(TOKENS)
    np.testing.assert_array_equal(ops.convert_to_numpy(mask), TOKENS != 0)


@pytest.mark.parametrize("dtype", ["int32", "int64", "uint8", "float32"])
def test_numbers_of_tokens_may_have_any_dtype(dtype):
    ours, theirs = pair()
    tokens = TOKENS.astype(dtype)
    np.testing.assert_array_equal(
        ops.convert_to_numpy(ours(tokens)), ops.convert_to_numpy(theirs(tokens))
    )


def test_what_lora_adds_is_looked_up_too():
    layer, _ = pair()
    before = ops.convert_to_numpy(layer(TOKENS))
    layer.enable_lora(1)
    layer.lora_embeddings_a.assign(np.ones((5, 1)))
    layer.lora_embeddings_b.assign(np.full((1, 3), 2.0))
    np.testing.assert_allclose(ops.convert_to_numpy(layer(TOKENS)), before + 2.0, rtol=1e-6)


def test_a_model_trains_to_the_weights_that_it_has_with_keras_layer():
    trained = []
    for embedding in pair():
        # Ones, so that rows move and the two models begin alike.
        dense = keras.layers.Dense(1, kernel_initializer="ones")
        model = keras.Sequential([embedding, keras.layers.GlobalAveragePooling1D(), dense])
        model.compile("sgd", "mse")
        model.fit(TOKENS, np.array([[1.0], [2.0]]), epochs=2, shuffle=False, verbose=0)
        trained.append(model.get_weights())
    for own, theirs in zip(*trained, strict=True):
        np.testing.assert_allclose(own, theirs, rtol=1e-5)
    first = np.random.default_rng(1).normal(size=(5, 3)).astype("float32")
    assert (trained[0][0] != first).any(axis=1).nonzero()[0].tolist() == [1, 2, 4]
