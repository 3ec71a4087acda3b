"""Building and training in 16 bits."""

import keras
import numpy as np
import pytest

from keras_pe.config import ModelConfig, TrainingConfig
from keras_pe.models import build_classifier
from keras_pe.training.fit import compile_for_training
from keras_pe.training.precision import building_in


def compiled(precision, model="transformer"):
    config = ModelConfig(model=model, vocabulary_size=20, num_classes=3, hidden_dim=8)
    with building_in(precision):
        classifier = build_classifier(config)
    settings = TrainingConfig(precision=precision, epochs=1, learning_rate=0.01)
    compile_for_training(classifier, settings, steps_per_epoch=4)
    return classifier


def test_the_policy_before_comes_back_even_after_an_error():
    with pytest.raises(KeyError), building_in("mixed_bfloat16"):
        raise KeyError
    assert keras.config.dtype_policy().name == "float32"


@pytest.mark.parametrize("model", ["lstm", "transformer"])
def test_float16_training_scales_the_loss_and_moves_the_weights(model):
    classifier = compiled("mixed_float16", model)
    assert isinstance(classifier.optimizer, keras.optimizers.LossScaleOptimizer)
    ids = np.random.default_rng(0).integers(1, 20, (16, 6)).astype("int32")
    before = [np.array(v) for v in classifier.trainable_variables]
    history = classifier.fit(ids, ids[:, 0] % 3, batch_size=4, verbose=0)
    assert np.isfinite(history.history["loss"]).all()
    assert all(
        not np.array_equal(b, v)
        for b, v in zip(before, classifier.trainable_variables, strict=True)
    )


@pytest.mark.parametrize("precision", ["float32", "mixed_bfloat16"])
def test_other_precisions_do_not_scale_the_loss(precision):
    optimizer = compiled(precision).optimizer
    assert not isinstance(optimizer, keras.optimizers.LossScaleOptimizer)


@pytest.mark.parametrize("precision", ["mixed_bfloat16", "mixed_float16"])
def test_head_and_softmax_stay_in_float32(precision):
    classifier = compiled(precision)
    assert classifier.get_layer("logits").compute_dtype == "float32"
    assert classifier.get_layer("encoder").compute_dtype == precision.removeprefix("mixed_")
    assert keras.backend.standardize_dtype(classifier(np.ones((1, 3), "int32")).dtype) == "float32"
