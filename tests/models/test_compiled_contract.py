"""Eager, compiled and XLA-compiled code give the same answers, for texts of several lengths."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.models import POSITIONS, build_classifier

CLOSE = {"rtol": 0, "atol": 1e-5}
TEXTS = [
    [[3, 14, 7, 9, 3, 5], [0, 0, 4, 4, 8, 2], [0] * 6],
    [[5, 6] * 8],
]


def compilers():
    """Functions that compile a function, by name, of the backend in use."""
    if keras.backend.backend() == "tensorflow":
        import tensorflow as tf

        return {"graph": tf.function, "xla": lambda f: tf.function(f, jit_compile=True)}
    if keras.backend.backend() == "jax":
        import jax

        return {"jit": jax.jit}
    return {"eager": lambda f: f}


@pytest.fixture(params=compilers())
def compiled(request):
    """Function that compiles a function."""
    return compilers()[request.param]


def test_compiled_code_gives_the_eager_answers_at_every_length(model, compiled):
    run = compiled(lambda rows: model(rows))
    for rows in TEXTS:
        rows = ops.convert_to_tensor(rows, dtype="int32")
        expected = ops.convert_to_numpy(model(rows))
        np.testing.assert_allclose(ops.convert_to_numpy(run(rows)), expected, **CLOSE)


def test_predict_gives_the_eager_answers_at_every_length(model):
    for rows in TEXTS:
        expected = ops.convert_to_numpy(model(np.array(rows)))
        np.testing.assert_allclose(model.predict(np.array(rows), verbose=0), expected, **CLOSE)


# XLA compiles packed texts of every encoding on JAX, in half of the time: `make test-backends`.
@pytest.mark.parametrize("compiled", [n for n in compilers() if n != "xla"], indirect=True)
@pytest.mark.parametrize("position", POSITIONS)
def test_compiled_packing_gives_the_eager_answers(position, pooled_model, compiled):
    encoder = pooled_model(position, "transformer", None).get_layer("encoder")
    tokens = ops.convert_to_tensor(np.random.default_rng(0).normal(size=(2, 7, 8)), "float32")
    mask = ops.convert_to_tensor([[True] * 7, [True, True, False, True, True, True, False]])
    segments = ops.convert_to_tensor([[1, 1, 1, 2, 2, 3, 3], [1, 1, 1, 2, 2, 2, 2]], "int32")
    expected = encoder(tokens, mask=mask, segment_ids=segments)
    run = compiled(lambda t, m, s: encoder(t, mask=m, segment_ids=s))
    found = run(tokens, mask, segments)
    np.testing.assert_allclose(*map(ops.convert_to_numpy, (found, expected)), **CLOSE)


@pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="the others trace one shape at a time"
)
def test_one_graph_serves_all_lengths(model):
    import tensorflow as tf

    run = tf.function(
        lambda rows: model(rows), input_signature=[tf.TensorSpec((None, None), tf.int32)]
    )
    for rows in TEXTS:
        np.testing.assert_allclose(run(tf.constant(rows)), model(np.array(rows)), **CLOSE)
    assert run.experimental_get_tracing_count() == 1


@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="the others compile as they do")
def test_training_compiled_with_xla_goes_as_without_it_at_every_length(case, tiny, perturb):
    losses = []
    for jit_compile in (False, True):
        keras.utils.set_random_seed(1)
        model = perturb(build_classifier(tiny(*case)))
        model.compile("sgd", "sparse_categorical_crossentropy", jit_compile=jit_compile)
        batches = [(np.array(rows), np.arange(len(rows)) % 3) for rows in TEXTS]
        losses.append([float(model.train_on_batch(*batch)) for batch in batches * 2])
    np.testing.assert_allclose(losses[1], losses[0], rtol=1e-3)
