"""Encodings that meet queries and keys, inside an encoder: masks, packing, compilers, training."""

import functools

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import (
    CoPE,
    DisentangledPosition,
    ForgettingBias,
    ShawRelativePosition,
    TransformerEncoder,
    TransformerXLPosition,
)

KINDS = {
    "shaw": lambda **policy: ShawRelativePosition(2, max_distance=3, **policy),
    "transformer_xl": lambda **policy: TransformerXLPosition(2, **policy),
    "disentangled": lambda **policy: DisentangledPosition(2, 4, 8, **policy),
    "cope": lambda **policy: CoPE(2, max_position=3, **policy),
    "forgetting": lambda **policy: ForgettingBias(2, **policy),
}
TOKENS = np.random.default_rng(1).normal(size=(2, 7, 8)).astype("float32")
COUNTED = "one_after_the_other"
PLACES = {
    COUNTED: np.arange(7.0)[None] + 2,
    "shared_with_gaps": np.array([[0.0, 1.0, 2.0, 3.5, 6.0, 7.0, 40.0]]),
    "of_each_row": np.array([[0.0, 1.25, 2.5, 3.0, 7.0, 8.0, 9.0], [2.0, 3, 4, 5, 6, 7, 8]]),
}
CLOSE = {"rtol": 0, "atol": 2e-5}


def compilers():
    """Functions that compile a function, by name, of the backend in use."""
    if keras.backend.backend() == "tensorflow":
        import tensorflow as tf

        return {"graph": tf.function, "xla": lambda f: tf.function(f, jit_compile=True)}
    if keras.backend.backend() == "jax":
        import jax

        return {"jit": jax.jit}
    return {"eager": lambda f: f}


def perturbed(kind):
    """An encoder of one block whose weights are far from their first values."""
    made = TransformerEncoder(1, 2, 16, position=KINDS[kind]())
    made.build((None, None, 8))
    noise = np.random.default_rng(7)
    for weight in made.weights:
        weight.assign(ops.convert_to_numpy(weight) + noise.normal(scale=0.5, size=weight.shape))
    return made


shared = functools.cache(perturbed)


@pytest.fixture(params=KINDS)
def encoder(request):
    """Tests share it and may not change it."""
    return shared(request.param)


@functools.cache
def quick(encoder):
    """The encoder; on JAX compiled, because op by op each new shape costs seconds."""

    def run(tokens, where):
        return encoder(tokens, **where)

    return compilers()["jit"](run) if keras.backend.backend() == "jax" else run


def as_numpy(values):
    return ops.convert_to_numpy(ops.cast(values, "float32"))


def encode(encoder, tokens, **where):
    where = {name: ops.array(value) for name, value in where.items()}
    return as_numpy(quick(encoder)(ops.array(tokens), where))


@pytest.mark.parametrize("places", PLACES)
@pytest.mark.parametrize("compiler", compilers())
def test_compiled_code_gives_the_eager_answers(encoder, compiler, places):
    mask = ops.array([[True] * 7, [True, True, True, False, True, True, False]])
    given = (None if places == COUNTED else ops.array(PLACES[places], dtype="float32")), mask
    run = compilers()[compiler](lambda t, p, m: encoder(t, positions=p, mask=m))
    expected = encoder(ops.array(TOKENS), positions=given[0], mask=mask)
    np.testing.assert_allclose(
        as_numpy(run(ops.array(TOKENS), *given)), as_numpy(expected), **CLOSE
    )


def test_lengths_may_change_in_compiled_code_that_does_not_know_them(encoder):
    inputs = keras.Input((None, 8))
    model = keras.Model(inputs, encoder(inputs))
    for length in (1, 4, 7):
        found = model.predict(TOKENS[:, :length], verbose=0)
        np.testing.assert_allclose(found, encode(encoder, TOKENS[:, :length]), **CLOSE)


@pytest.mark.parametrize("kept", [[0, 1, 2, 3], [3, 4, 5, 6], [0, 2, 3, 6]])
def test_padding_anywhere_changes_nothing(encoder, kept):
    mask = np.zeros((2, 7), bool)
    mask[0, kept], mask[1] = True, True
    found = encode(encoder, TOKENS, mask=mask)
    alone = encode(encoder, TOKENS[:1, kept])
    np.testing.assert_allclose(found[:1, kept], alone, **CLOSE)
    np.testing.assert_allclose(found[1:], encode(encoder, TOKENS[1:]), **CLOSE)


@pytest.mark.parametrize("places", PLACES)
def test_padding_changes_nothing_where_positions_are_given(encoder, places):
    positions, kept = PLACES[places].astype("float32"), [0, 1, 3, 4]
    mask = np.zeros((2, 7), bool)
    mask[:, kept] = True
    found = encode(encoder, TOKENS, mask=mask, positions=positions)
    alone = encode(encoder, TOKENS[:, kept], positions=positions[:, kept])
    np.testing.assert_allclose(found[:, kept], alone, **CLOSE)


def test_packed_texts_are_encoded_as_if_alone(encoder):
    segments = np.array([[1, 1, 1, 2, 2, 2, 2], [1, 1, 2, 3, 3, 3, 3]])
    packed = encode(encoder, TOKENS, segment_ids=segments)
    for row, span in [(0, slice(0, 3)), (0, slice(3, 7)), (1, slice(2, 3)), (1, slice(3, 7))]:
        alone = encode(encoder, TOKENS[row : row + 1, span])
        np.testing.assert_allclose(packed[row : row + 1, span], alone, **CLOSE)


def test_the_order_of_tokens_and_their_direction_are_seen(encoder):
    there = encode(encoder, TOKENS[:1]).mean(axis=1)
    for order in ([6, 5, 4, 3, 2, 1, 0], [0, 1, 3, 2, 4, 5, 6]):
        assert np.abs(encode(encoder, TOKENS[:1, order]).mean(axis=1) - there).max() > 1e-3


@pytest.mark.parametrize("places", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_weight_gets_a_finite_gradient(kind, places):
    encoder = perturbed(kind)
    inputs, positions = keras.Input((None, 8)), keras.Input((7,), batch_size=None)
    fixed = None if places == COUNTED else ops.array(PLACES[places], dtype="float32")
    where = positions if places == "of_each_row" else fixed
    model = keras.Model([inputs, positions], encoder(inputs, positions=where))
    compiled = keras.backend.backend() != "torch"
    model.compile(keras.optimizers.SGD(1.0), "mse", jit_compile=compiled)
    before = [as_numpy(weight).copy() for weight in encoder.trainable_weights]
    rows = np.broadcast_to(PLACES[places], (2, 7)).astype("float32")
    model.train_on_batch([TOKENS, rows], np.zeros((2, 7, 8), "float32"))
    for weight, old in zip(encoder.trainable_weights, before, strict=True):
        assert np.isfinite(as_numpy(weight)).all(), weight.path
        assert (as_numpy(weight) != old).any(), f"{weight.path} has no gradient"


@pytest.mark.parametrize("policy", ["mixed_bfloat16", "mixed_float16", "bfloat16", "float16"])
@pytest.mark.parametrize("kind", KINDS)
def test_biases_are_float32_and_exact_whatever_the_policy(kind, policy):
    coarse, exact = KINDS[kind](dtype=policy), KINDS[kind]()
    for layer in (coarse, exact):
        layer.build((None, None, 8))
    exact.set_weights([as_numpy(weight) for weight in coarse.weights])
    heads = ops.cast(ops.array(TOKENS.reshape(2, 7, 2, 4)), coarse.compute_dtype)
    weights = ops.softmax(ops.array(TOKENS[:, :, :2, None] + TOKENS[:, None, None, :, 0]))
    weights = ops.transpose(weights, (0, 2, 1, 3))
    for name, places in PLACES.items():
        places, found = ops.array(places, dtype="float32"), []
        for layer, given in ((coarse, heads), (exact, ops.cast(heads, "float32"))):
            tables = layer.prepare(places, places, 4, consecutive=name == COUNTED)
            found.append([layer.bias(given, given, tables), layer.mix(weights, tables)])
        for one, other in zip(*found, strict=True):
            assert (one is None) == (other is None)
            if one is not None:
                assert keras.backend.standardize_dtype(one.dtype) == "float32"
                np.testing.assert_allclose(as_numpy(one), as_numpy(other), rtol=0, atol=1e-6)
