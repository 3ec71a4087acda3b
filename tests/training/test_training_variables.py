"""What is created before the first step is all that a step would create."""

import keras
import numpy as np
import pytest

from keras_pe.config import ModelConfig, TrainingConfig
from keras_pe.models import build_classifier
from keras_pe.training.fit import compile_for_training
from keras_pe.training.training_variables import create_training_variables

SIZES = {"vocabulary_size": 9, "hidden_dim": 4, "lstm_units": 4, "model": "lstm"}
TARGETS = {
    "single_label": np.array([0, 2, 1]),
    "multi_label": np.array([[0, 1, 1], [0, 0, 0], [1, 0, 0]], "float32"),
    "regression": np.array([0.5, 2.0, -1.0], "float32"),
}
IDS = np.array([[3, 4, 0], [5, 0, 0], [1, 2, 3]])
LOSS_DATA = {"regression": {"deviation": 1.0}}


OF_A_KIND = {
    "single_label": {"num_classes": 3},
    "multi_label": {"num_classes": 3},
    "regression": {"target_mean": 0.5, "target_deviation": 1.5},
}


@pytest.fixture(params=TARGETS)
def targets_and_model(request):
    kind = request.param
    model = build_classifier(ModelConfig(problem_type=kind, **OF_A_KIND[kind], **SIZES))
    compile_for_training(
        model, TrainingConfig(), 2, problem_type=kind, loss_data=LOSS_DATA.get(kind)
    )
    return TARGETS[kind], model


def test_a_step_creates_no_variable_and_is_traced_once(targets_and_model, monkeypatch):
    targets, model = targets_and_model
    create_training_variables(model, targets[:1])
    before = [variable.path for variable in everything(model)]
    traced, step = [], model.train_step
    monkeypatch.setattr(model, "train_step", lambda data: traced.append(data) or step(data))
    model.train_on_batch(IDS, targets)
    assert [variable.path for variable in everything(model)] == before
    assert len(traced) == 1


def test_what_metrics_saw_is_forgotten(targets_and_model):
    targets, model = targets_and_model
    create_training_variables(model, targets[:1])
    kept = [keras.ops.convert_to_numpy(v) for metric in model.metrics for v in metric.variables]
    assert kept
    assert all((value == 0).all() for value in kept)


def test_what_was_read_from_a_file_is_kept():
    model = build_classifier(ModelConfig(num_classes=3, **SIZES))
    model.compile(
        keras.optimizers.LossScaleOptimizer(keras.optimizers.SGD()),
        "sparse_categorical_crossentropy",
    )
    model.optimizer.build(model.trainable_variables)
    model.optimizer.dynamic_scale.assign(8.0)
    create_training_variables(model, TARGETS["single_label"])
    assert float(model.optimizer.dynamic_scale) == 8.0


def everything(model):
    metrics = [variable for metric in model.metrics for variable in metric.variables]
    return [*model.variables, *model.optimizer.variables, *metrics]
