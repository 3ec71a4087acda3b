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
ON_TENSORFLOW = keras.backend.backend() == "tensorflow"
only_tensorflow = pytest.mark.skipif(not ON_TENSORFLOW, reason="the others compile as they do")


def compiled(function):
    """The function, compiled by the backend in use; on PyTorch as it is."""
    if ON_TENSORFLOW:
        import tensorflow as tf

        return tf.function(function)
    if keras.backend.backend() == "jax":
        import jax

        return jax.jit(function)
    return function


@pytest.fixture
def small(tiny):
    """Function from (position, model) to a config, of one layer: XLA compiles each for seconds."""

    def config(position, model):
        return tiny(position, model, **({"num_layers": 1} if model == "transformer" else {}))

    return config


@pytest.mark.skipif(ON_TENSORFLOW, reason="`predict` and the one graph of all lengths are compiled")
def test_compiled_code_gives_the_eager_answers_at_every_length(model):
    run = compiled(lambda rows: model(rows))
    for rows in TEXTS:
        rows = ops.convert_to_tensor(rows, dtype="int32")
        expected = ops.convert_to_numpy(model(rows))
        np.testing.assert_allclose(ops.convert_to_numpy(run(rows)), expected, **CLOSE)


# The graph of a length that is known; that of open lengths is the next test's.
def test_predict_gives_the_eager_answers(model):
    rows = np.array(TEXTS[0])
    expected = ops.convert_to_numpy(model(rows))
    np.testing.assert_allclose(model.predict(rows, verbose=0), expected, **CLOSE)


@only_tensorflow
def test_one_graph_serves_all_lengths(model):
    import tensorflow as tf

    run = tf.function(
        lambda rows: model(rows), input_signature=[tf.TensorSpec((None, None), tf.int32)]
    )
    for rows in TEXTS:
        np.testing.assert_allclose(run(tf.constant(rows)), model(np.array(rows)), **CLOSE)
    assert run.experimental_get_tracing_count() == 1


@pytest.mark.parametrize("position", POSITIONS)
def test_compiled_packing_gives_the_eager_answers(position, pooled_model):
    encoder = pooled_model(position, "transformer", None).get_layer("encoder")
    tokens = ops.convert_to_tensor(np.random.default_rng(0).normal(size=(2, 7, 8)), "float32")
    mask = ops.convert_to_tensor([[True] * 7, [True, True, False, True, True, True, False]])
    segments = ops.convert_to_tensor([[1, 1, 1, 2, 2, 3, 3], [1, 1, 1, 2, 2, 2, 2]], "int32")
    expected = encoder(tokens, mask=mask, segment_ids=segments)
    run = compiled(lambda t, m, s: encoder(t, mask=m, segment_ids=s))
    found = run(tokens, mask, segments)
    np.testing.assert_allclose(*map(ops.convert_to_numpy, (found, expected)), **CLOSE)


# Of one length: XLA compiles every length anew, on JAX too, where `make test-backends` tries two.
@only_tensorflow
@pytest.mark.slow
def test_xla_gives_the_eager_answers_and_gradients(case, small, perturb):
    import tensorflow as tf

    model = perturb(build_classifier(small(*case)))
    rows, labels = tf.constant(TEXTS[0]), tf.constant([0, 1, 2])

    def learn():
        with tf.GradientTape() as tape:
            answers = model(rows, training=True)
            losses = keras.losses.sparse_categorical_crossentropy(labels, answers)
        gradients = tape.gradient(losses, model.trainable_weights)
        return answers, [tf.convert_to_tensor(gradient) for gradient in gradients]

    answers, gradients = tf.function(learn, jit_compile=True)()
    expected, expected_gradients = learn()
    np.testing.assert_allclose(answers, expected, **CLOSE)
    for weight, found, eager in zip(
        model.trainable_weights, gradients, expected_gradients, strict=True
    ):
        np.testing.assert_allclose(found, eager, rtol=1e-3, atol=1e-4, err_msg=weight.path)


@only_tensorflow
@pytest.mark.slow
@pytest.mark.parametrize("case", [("rotary", "transformer"), ("sinusoidal", "lstm")], ids="-".join)
def test_training_compiled_with_xla_goes_as_without_it_at_every_length(case, small, perturb):
    losses = []
    for jit_compile in (False, True):
        keras.utils.set_random_seed(1)
        model = perturb(build_classifier(small(*case)))
        model.compile("sgd", "sparse_categorical_crossentropy", jit_compile=jit_compile)
        batches = [(np.array(rows), np.arange(len(rows)) % 3) for rows in TEXTS]
        losses.append([float(model.train_on_batch(*batch)) for batch in batches * 2])
    np.testing.assert_allclose(losses[1], losses[0], rtol=1e-3)
