"""16-bit training: exact where it matters, close elsewhere, and every weight learns."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.models import build_classifier

ROWS = np.array([[3, 14, 7, 9, 3, 5], [0, 0, 4, 4, 8, 2], [0] * 6])
POLICIES = ["mixed_bfloat16", "mixed_float16"]


def build(config, policy, perturb):
    """The same perturbed weights under every policy: their noise is seeded."""
    keras.config.set_dtype_policy(policy)
    keras.utils.set_random_seed(1)
    return perturb(build_classifier(config))


@pytest.mark.parametrize("policy", POLICIES)
def test_probabilities_are_float32_and_near_those_of_a_float32_model(
    case, tiny, perturb, compiled_on_jax, policy
):
    config = tiny(*case)
    exact = ops.convert_to_numpy(compiled_on_jax(build(config, "float32", perturb))(ROWS))
    model = build(config, policy, perturb)
    assert model.compute_dtype == model.get_layer("token_embedding").compute_dtype != "float32"
    assert model.get_layer("logits").compute_dtype == "float32"
    assert model.output.dtype == "float32"
    found = compiled_on_jax(model)(ROWS)
    assert keras.backend.standardize_dtype(found.dtype) == "float32"
    found = ops.convert_to_numpy(found)
    np.testing.assert_allclose(found.sum(axis=1), 1.0, atol=1e-6)
    np.testing.assert_allclose(found, exact, rtol=0, atol=0.05 if "bfloat" in policy else 0.01)


def assert_every_weight_learns(model, run_eagerly):
    model.compile(
        keras.optimizers.SGD(1.0),
        "sparse_categorical_crossentropy",
        auto_scale_loss=False,
        run_eagerly=run_eagerly,
    )
    before = [ops.convert_to_numpy(weight).copy() for weight in model.trainable_weights]
    model.train_on_batch(ROWS, np.array([0, 2, 1]))
    for weight, old in zip(model.trainable_weights, before, strict=True):
        new = ops.convert_to_numpy(weight)
        assert np.isfinite(new).all(), weight.path
        assert (new != old).any(), f"{weight.path} has no gradient"


def test_every_weight_gets_a_gradient(case, tiny, perturb, run_eagerly):
    assert_every_weight_learns(build(tiny(*case), "mixed_float16", perturb), run_eagerly)


def test_every_weight_gets_a_gradient_through_every_pooling(pooled, tiny, perturb, run_eagerly):
    kind, pooling = pooled
    config = tiny("sinusoidal", kind, pooling=pooling)
    assert_every_weight_learns(build(config, "mixed_bfloat16", perturb), run_eagerly)


def test_a_float16_model_has_its_loss_scaled(tiny, perturb):
    model = build(tiny("sinusoidal", "transformer"), "mixed_float16", perturb)
    model.compile("adam", "sparse_categorical_crossentropy")
    assert isinstance(model.optimizer, keras.optimizers.LossScaleOptimizer)
