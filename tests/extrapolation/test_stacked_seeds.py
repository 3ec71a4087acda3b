"""Seeds trained side by side: `make test-backends` runs this on JAX, which alone can."""

import keras
import numpy as np
import pytest

from keras_pe.config import Variant
from keras_pe.extrapolation.cells import Cell
from keras_pe.extrapolation.stacked_seeds import StackedSeeds
from keras_pe.extrapolation.study import ExtrapolationStudy
from keras_pe.extrapolation.task_study import TaskStudy
from keras_pe.extrapolation.training import compiled_model, train

ON_JAX = keras.backend.backend() == "jax"
on_jax = pytest.mark.skipif(not ON_JAX, reason="jax.vmap; `make test-backends` runs this")
TRANSFORMER = {
    "model": "transformer",
    "hidden_dim": 8,
    "num_layers": 1,
    "num_heads": 2,
    "intermediate_dim": 16,
    "word_dropout": 0.0,
}
ONE_BY_ONE = {"dropout": 0.0, "steps": 13}


def cells(seeds, position="rotary"):
    return [Cell(Variant(position), Variant("counted"), seed) for seed in range(seeds)]


def transformer(tiny_task, **settings):
    config = tiny_task(**{**TRANSFORMER, **ONE_BY_ONE, **settings})
    for name in ("lstm_units", "dense_dim"):
        object.__setattr__(config, name, type(config).__dataclass_fields__[name].default)
    return config


@on_jax
@pytest.mark.parametrize(
    ("settings", "tolerance"),
    [
        # Adam divides by what is nearly nothing at first; rounding is seen.
        ({}, 5e-5),
        # Not Adam, which hides how large a gradient is: that of a scaled loss must be scaled back.
        ({"precision": "mixed_float16", "optimizer": "sgd", "learning_rate": 0.3}, 5e-3),
    ],
    ids=["float32", "float16"],
)
def test_each_seed_gets_the_weights_it_would_get_alone(tiny_task, settings, tolerance):
    study = TaskStudy(transformer(tiny_task, **settings))
    configs = [study.cell_config(cell) for cell in cells(3)]
    stacked, seen = StackedSeeds(configs, study.steps, width=8), []
    losses = stacked.train([study.batches(seed) for seed in range(3)], seen.append)
    assert len(seen) == study.steps
    for seed, config in enumerate(configs):
        alone = compiled_model(config, study.steps)
        before = alone.get_weights()
        loss = train(alone, study.batches(seed), lambda loss: None)
        assert loss == pytest.approx(losses[seed], rel=max(tolerance, 1e-4))
        pairs = zip(stacked.models[seed].get_weights(), alone.get_weights(), strict=True)
        for ours, theirs in pairs:
            np.testing.assert_allclose(ours, theirs, atol=tolerance)
        moved = [abs(a - b).max() for a, b in zip(before, alone.get_weights(), strict=True)]
        assert max(moved) > 10 * tolerance
    assert len(set(losses)) == 3


@on_jax
def test_seeds_draw_dropout_of_their_own(tiny_task):
    study = TaskStudy(transformer(tiny_task, dropout=0.5, steps=2))
    configs = [study.cell_config(cell) for cell in cells(2)]
    stacked = StackedSeeds(configs, study.steps, width=8)
    for model in stacked.models[1:]:
        model.set_weights(stacked.models[0].get_weights())
    same = [list(study.batches(0)), list(study.batches(0))]
    first, second = stacked.train(same, lambda loss: None)
    assert first != second


@on_jax
def test_a_study_of_seeds_at_once_is_the_study_one_by_one(tiny_task, tmp_path):
    found = []
    for at_once in (False, True):
        config = transformer(tiny_task, seeds=2, seeds_at_once=at_once)
        study = ExtrapolationStudy(config, tmp_path / str(at_once), progress=False)
        found.append([result["test"] for _, result in study.run()])
    assert found[0] == found[1]
    assert len(found[0]) == 2


@pytest.mark.skipif(ON_JAX, reason="JAX is where it is possible")
def test_seeds_at_once_are_refused_where_there_is_no_jax(tiny_task, tmp_path):
    said = "`seeds_at_once` must be left out but for generated tasks on JAX. Received: backend"
    with pytest.raises(ValueError, match=said):
        ExtrapolationStudy(tiny_task(seeds_at_once=True), tmp_path, progress=False)
