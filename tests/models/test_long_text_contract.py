"""Texts longer than a chunk of queries: the same answers and the same training."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import MeanPooling, TransformerEncoder
from keras_pe.models import POSITIONS

SIZE, LENGTHS = 4, (11, 4, 3)
CLOSE = {"rtol": 0, "atol": 2e-5}


def texts(length):
    random = np.random.default_rng(length)
    tokens = random.normal(size=(3, length, 8)).astype("float32")
    mask = np.arange(length) < np.array([[length], [length - 2], [1]])
    return tokens, mask


def changed(encoder, **arguments):
    """The same encoder with other arguments and the same weights."""
    config = {**encoder.get_config(), **arguments}
    del config["name"]
    made = TransformerEncoder.from_config(config)
    made.build((None, None, 8))
    made.set_weights(encoder.get_weights())
    return made


def pair(encoder, **arguments):
    whole = changed(encoder, query_chunk_size=None, **arguments)
    return whole, changed(encoder, query_chunk_size=SIZE, **arguments)


@pytest.fixture(params=POSITIONS)
def encoder(request, pooled_model):
    return pooled_model(request.param, "transformer", None).get_layer("encoder")


def answers(encoder, run, tokens, **where):
    where = {name: ops.convert_to_tensor(value) for name, value in where.items()}
    found = ops.convert_to_numpy(run(encoder)(ops.convert_to_tensor(tokens), **where))
    mask = where.get("mask")
    return found if mask is None else found * ops.convert_to_numpy(mask)[..., None]


@pytest.mark.parametrize("window", [None, 3], ids=["all", "window"])
def test_chunks_of_queries_give_the_answers_of_all_at_once(encoder, window, compiled_on_jax):
    tokens, mask = texts(11)
    segments = np.array([[1] * 6 + [2] * 5, [1] * 2 + [2] * 9, [1] * 11])
    whole, chunked = pair(encoder, attention_window=window)
    for where in ({}, {"mask": mask}, {"mask": mask[:, ::-1]}, {"segment_ids": segments}):
        expected = answers(whole, compiled_on_jax, tokens, **where)
        np.testing.assert_allclose(
            answers(chunked, compiled_on_jax, tokens, **where), expected, **CLOSE
        )


@pytest.mark.parametrize("position", [name for name in POSITIONS if name != "convolutional"])
def test_causal_chunks_give_the_answers_of_all_at_once(position, pooled_model, compiled_on_jax):
    encoder = pooled_model(position, "transformer", None).get_layer("encoder")
    tokens, mask = texts(11)
    whole, chunked = pair(encoder, causal=True)
    expected = answers(whole, compiled_on_jax, tokens, mask=mask)
    found = answers(chunked, compiled_on_jax, tokens, mask=mask)
    np.testing.assert_allclose(found, expected, **CLOSE)


@pytest.fixture
def block(pooled_model, perturb):
    """Function of an encoding's name: an encoder of one block, which tests may train."""

    def make(position):
        encoder = pooled_model(position, "transformer", None).get_layer("encoder")
        one = TransformerEncoder.from_config(encoder.get_config() | {"num_layers": 1})
        one.build((None, None, 8))
        return perturb(one)

    return make


def trained(encoder, lengths=LENGTHS, jit_compile="auto"):
    """The weights after a step on texts of each length, which one graph serves."""
    tokens = keras.Input((None, 8))
    inside = encoder(keras.layers.Masking()(tokens))
    model = keras.Model(tokens, keras.layers.Dense(1, None, False)(MeanPooling()(inside)))
    model.layers[-1].set_weights([np.linspace(-1, 1, 8, dtype="float32")[:, None]])
    model.compile(keras.optimizers.SGD(0.01), "mse", jit_compile=jit_compile)
    # A generator: its batches are traced once, with a length that is open, where others are not.
    batches = (
        (vectors * mask[..., None], np.ones((3, 1), "float32"))
        for vectors, mask in map(texts, lengths)
    )
    model.fit(batches, steps_per_epoch=len(lengths), shuffle=False, verbose=0)
    return encoder.get_weights()


@pytest.mark.parametrize("position", POSITIONS)
def test_training_in_chunks_goes_as_all_at_once(position, block):
    encoder = block(position)
    before = encoder.get_weights()
    expected, found = (trained(each) for each in pair(encoder))
    for weight, other in zip(expected, found, strict=True):
        np.testing.assert_allclose(other, weight, **CLOSE)
    # Far more than what may differ: where the gradient vanishes, anything agrees.
    assert max(np.abs(old - new).max() for old, new in zip(before, found, strict=True)) > 0.01


@pytest.mark.slow
@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="the others compile as they do")
def test_xla_trains_in_chunks_where_lengths_are_open(block):
    whole, chunked = pair(block("t5"))
    expected, found = trained(whole, LENGTHS[:2], False), trained(chunked, LENGTHS[:2], True)
    for weight, other in zip(expected, found, strict=True):
        np.testing.assert_allclose(other, weight, **CLOSE)
