"""Optimizers made from settings."""

import keras
import numpy as np
import pytest

from keras_pe.config import SettingsRead, TrainingConfig
from keras_pe.training.optimizers import OPTIMIZERS, build_optimizer


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_every_optimizer_follows_the_schedule_and_clips(name):
    settings = TrainingConfig(optimizer=name, learning_rate=0.5, gradient_clip_norm=2.0)
    optimizer = build_optimizer(settings, steps=100)
    assert type(optimizer).__name__.lower().removeprefix("lazy") == name
    assert optimizer.global_clipnorm == 2.0
    assert float(optimizer.learning_rate) == pytest.approx(0.05)  # the first of 10 warm-up steps


@pytest.mark.parametrize(("jit_compile", "kind"), [(False, "LazyAdamW"), (True, "AdamW")])
def test_adamw_is_lazy_where_xla_need_not_compile_it(jit_compile, kind):
    optimizer = build_optimizer(TrainingConfig(jit_compile=jit_compile), steps=9)
    assert type(optimizer).__name__ == kind


def test_clip_norm_zero_turns_clipping_off():
    assert build_optimizer(TrainingConfig(gradient_clip_norm=0.0), steps=9).global_clipnorm is None


def test_a_run_of_one_step_has_no_warmup():
    optimizer = build_optimizer(TrainingConfig(learning_rate=0.5), steps=1)
    assert float(optimizer.learning_rate) == pytest.approx(0.5)


def test_adamw_decays_matrices_but_neither_biases_nor_normalisations():
    layers = [keras.layers.Dense(3, bias_initializer="ones"), keras.layers.LayerNormalization()]
    model = keras.Sequential([keras.Input((2,)), *layers])
    before = {v.path: np.array(v) for v in model.trainable_variables}
    optimizer = build_optimizer(
        TrainingConfig(weight_decay=0.5, learning_rate=0.1, schedule="constant"), steps=100
    )
    optimizer.apply([np.zeros(v.shape, "float32") for v in model.variables], model.variables)
    after = {v.path: np.array(v) for v in model.trainable_variables}
    changed = {
        path.split("/")[-1] for path in before if not np.array_equal(before[path], after[path])
    }
    assert changed == {"kernel"}


@pytest.mark.parametrize(
    ("optimizer", "setting"),
    [("sgd", {"weight_decay": 0.1}), ("adam", {"weight_decay": 0.1}), ("adamw", {"momentum": 0.5})],
)
def test_a_setting_the_optimizer_does_not_have_is_refused(optimizer, setting):
    settings = SettingsRead(TrainingConfig(optimizer=optimizer, **setting))
    build_optimizer(settings, steps=10)
    for name in ("epochs", "batch_size", "seed"):
        getattr(settings, name)
    name, value = next(iter(setting.items()))
    with pytest.raises(ValueError, match=f"`{name}` has no effect with optimizer='{optimizer}'"):
        settings.refuse_unread(TrainingConfig, because=f"optimizer={optimizer!r}")
