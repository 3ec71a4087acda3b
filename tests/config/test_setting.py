"""Types, limits and choices of settings."""

import dataclasses
import re

import pytest

from keras_pe.config import DataConfig, ModelConfig, RunConfig, TextConfig, TrainingConfig
from keras_pe.data.datasets import DATASETS
from keras_pe.data.hubs import HUBS
from keras_pe.models import POSITIONS
from keras_pe.tasks import TASKS

KINDS = [DataConfig, ModelConfig, RunConfig, TextConfig, TrainingConfig]
LIMITS = [
    (ModelConfig, "vocabulary_size", 6, "at least 7"),
    (ModelConfig, "max_length", 2, "at least 3"),
    (ModelConfig, "num_classes", 1, "at least 2"),
    (ModelConfig, "dropout", 1.0, "below 1.0"),
    (ModelConfig, "dropout", -0.1, "at least 0.0"),
    (ModelConfig, "max_wavelength", 1.0, "above 1.0"),
    (TrainingConfig, "epochs", 0, "at least 1"),
    (TrainingConfig, "learning_rate", 0.0, "above 0.0"),
    (TrainingConfig, "learning_rate", float("nan"), "above 0.0"),
    (TrainingConfig, "focal_gamma", -0.5, "at least 0.0"),
    (TrainingConfig, "warmup_fraction", 1.0, "below 1.0"),
    (DataConfig, "validation_fraction", 0.0, "above 0.0"),
    (DataConfig, "validation_fraction", 1.0, "below 1.0"),
    (DataConfig, "task_examples", 9, "at least 10"),
    (DataConfig, "shuffle_distance", 1, "at least 2"),
]
CHOICES = [
    (ModelConfig, "model", "lstm, transformer"),
    (ModelConfig, "position", ", ".join(POSITIONS)),
    (ModelConfig, "pooling", "last, mean, cls, attention, max"),
    (ModelConfig, "extrapolation", "error, clip, interpolate, hierarchical"),
    (TrainingConfig, "optimizer", "adamw, adam, sgd"),
    (TrainingConfig, "loss", "crossentropy, focal, mse, huber"),
    (TrainingConfig, "schedule", "cosine, linear, constant"),
    (TrainingConfig, "best_by", "accuracy, loss, macro_f1, micro_f1, mae"),
    (TrainingConfig, "precision", "float32, mixed_bfloat16, mixed_float16"),
    (DataConfig, "dataset", ", ".join([*DATASETS, *TASKS, *(f"{hub}..." for hub in HUBS)])),
    (DataConfig, "unknown_labels", "error, drop"),
    (DataConfig, "keep_ids", "memory, disk"),
]
TYPES = [
    (TrainingConfig, "epochs", "3", "int"),
    (TrainingConfig, "epochs", 3.0, "int"),
    (TrainingConfig, "epochs", True, "int"),
    (TrainingConfig, "epochs", None, "int"),
    (TrainingConfig, "learning_rate", "0.1", "float"),
    (TrainingConfig, "learning_rate", False, "float"),
    (TrainingConfig, "jit_compile", 1, "bool"),
    (ModelConfig, "hidden_dim", 8.5, "int or None"),
    (ModelConfig, "dropout", "high", "float or None"),
    (DataConfig, "train_file", ["a.csv"], "str or None"),
    (TextConfig, "lowercase", "no", "bool"),
]


@pytest.mark.parametrize(("kind", "name", "value", "said"), LIMITS)
def test_a_value_outside_its_limits_is_refused(kind, name, value, said):
    said = f"`{name}` must be {said}. Received: {name}={value!r}"
    for config in (kind, RunConfig):
        with pytest.raises(ValueError, match=re.escape(said)):
            config(**{name: value})


@pytest.mark.parametrize(("kind", "name", "choices"), CHOICES)
def test_a_value_that_is_no_choice_is_refused_with_the_choices(kind, name, choices):
    said = f"`{name}` must be one of: {choices}. Received: {name}='nope'"
    for config in (kind, RunConfig):
        with pytest.raises(ValueError, match=re.escape(said)):
            config(**{name: "nope"})


@pytest.mark.parametrize(("kind", "name", "value", "said"), TYPES)
def test_a_value_of_another_type_is_refused(kind, name, value, said):
    said = f"`{name}` must be {said}. Received: {name}={value!r}"
    with pytest.raises(TypeError, match=re.escape(said)):
        kind(**{name: value})


def test_a_whole_number_will_do_for_a_float_and_none_where_it_may_stand():
    assert ModelConfig(max_wavelength=100, dropout=0).max_wavelength == 100
    assert ModelConfig(hidden_dim=None).hidden_dim is None


@pytest.mark.parametrize("kind", KINDS)
def test_values_at_their_limits_are_taken_and_settings_are_frozen(kind):
    config = kind()
    field = dataclasses.fields(kind)[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(config, field.name, getattr(config, field.name))
    with pytest.raises(TypeError, match="positional"):
        kind("lstm")


@pytest.mark.parametrize("kind", KINDS)
def test_every_setting_says_what_it_means(kind):
    for field in dataclasses.fields(kind):
        text = field.metadata["help"]
        assert len(text) > 8, field.name
        assert not text.endswith("."), field.name


def test_the_choices_of_extrapolation_are_those_of_the_layer():
    from keras_pe.layers.position.learned import POLICIES

    (field,) = (f for f in dataclasses.fields(ModelConfig) if f.name == "extrapolation")
    assert field.metadata["choices"] == POLICIES


def test_a_named_set_of_a_hub_is_taken_whatever_its_name():
    assert DataConfig(dataset="hf:fancyzhx/ag_news").dataset == "hf:fancyzhx/ag_news"
    with pytest.raises(ValueError, match=r"`dataset` must be one of: .*tfds:\.\.\.\. Received"):
        DataConfig(dataset="hf:")
