"""Generated tasks: trained short, tested long."""

import itertools

import keras
import numpy as np
import pytest

from keras_pe.config import Variant
from keras_pe.extrapolation.cells import Cell
from keras_pe.extrapolation.task_study import TaskStudy
from keras_pe.extrapolation.training import compiled_model, predicted, right_answers, train

CELL = Cell(Variant("none"), Variant("counted"), seed=0)


def no_step(loss):
    pass


def lengths(batches):
    return [int((ids != 0).sum(axis=1)[0]) - 2 for ids, _ in batches]


def test_all_lengths_are_trained_on_in_few_widths(tiny_task):
    batches = list(TaskStudy(tiny_task(train_length=9, steps=150)).batches(seed=0))
    assert len(batches) == 150
    assert set(lengths(batches)) == set(range(1, 10))
    assert len({ids.shape for ids, _ in batches}) <= 4
    assert all(ids.shape[0] == len(labels) == 16 for ids, labels in batches)
    assert all(((ids != 0).sum(axis=1) == (ids != 0).sum(axis=1)[0]).all() for ids, _ in batches)


def test_batches_depend_on_the_seed_alone(tiny_task):
    first, again, other = (
        list(TaskStudy(tiny_task(train_length=9, steps=9)).batches(seed)) for seed in (0, 0, 1)
    )
    assert all(np.array_equal(a[0], b[0]) for a, b in zip(first, again, strict=True))
    assert not all(np.array_equal(a[0], b[0]) for a, b in zip(first, other, strict=True))
    assert len({ids.tobytes() for ids, _ in first}) == 9


def test_a_tiny_lstm_learns_and_is_tested_short_and_long(tiny_task):
    ranges = {"train_length": 3, "test_lengths": "4:5"}
    # Large enough to learn it from every seed tried, not from a lucky one.
    sizes = {"hidden_dim": 16, "lstm_units": 32, "dense_dim": 32, "batch_size": 64}
    training = {"steps": 300, "learning_rate": 0.01, "dropout": 0.0}
    study = TaskStudy(tiny_task(**ranges, **sizes, **training))
    losses = []
    result = study.run(CELL, losses.append)
    assert len(losses) == 300
    assert [point["length"] for point in result["test"]] == [1, 2, 3, 4, 5]
    assert {point["view"] for point in result["test"]} == {"whole"}
    assert {point["texts"] for point in result["test"]} == {40}
    assert np.mean([point["accuracy"] for point in result["test"][:3]]) > 0.9
    assert result["loss"] == pytest.approx(np.mean(losses[-100:]))
    assert type(result["parameters"]) is int


def test_a_length_that_is_both_short_and_asked_for_is_tested_once(tiny_task):
    result = TaskStudy(tiny_task(test_lengths="5:8", samples=4, steps=1)).run(CELL, no_step)
    assert [point["length"] for point in result["test"]] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_all_cells_answer_the_same_questions(tiny_task, monkeypatch):
    asked = []

    def predicted(model, parts):
        asked.append(np.concatenate(list(parts)).tobytes())
        return np.zeros((40, 2))

    monkeypatch.setattr("keras_pe.extrapolation.task_study.predicted", predicted)
    monkeypatch.setattr("keras_pe.extrapolation.task_study.train", lambda *arguments: 0.0)
    study = TaskStudy(tiny_task(steps=1))
    for seed in (0, 1):
        study.run(Cell(Variant("sinusoidal"), Variant("counted"), seed), no_step)
    half = len(asked) // 2
    assert asked[:half] == asked[half:]
    assert len(set(asked)) == half


def test_dropout_is_off_at_test_and_on_in_training(tiny_task):
    study = TaskStudy(tiny_task(dropout=0.5, word_dropout=0.5))
    model = compiled_model(study.cell_config(CELL), study.steps)
    train(model, study.batches(0), no_step)
    ids, _ = next(study.batches(1))
    first, again = predicted(model, [ids[:9], ids[9:]]), predicted(model, [ids])
    np.testing.assert_allclose(first, again, rtol=1e-6)
    np.testing.assert_array_equal(again, predicted(model, [ids]))
    assert np.abs(np.array(model(ids, training=True)) - again).max() > 1e-3


def weights(study, cell):
    model = compiled_model(study.cell_config(cell), study.steps)
    train(model, study.batches(cell.seed), no_step)
    return [np.array(weight) for weight in model.weights]


def test_weights_depend_on_the_seed_of_the_cell_and_not_on_what_ran_before(tiny_task):
    study = TaskStudy(tiny_task(steps=1, dropout=0.3))
    alone = weights(study, CELL)
    other = Cell(Variant("sinusoidal"), Variant("randomized"), seed=5)
    different = compiled_model(study.cell_config(other), study.steps).weights
    keras.backend.clear_session()
    after = weights(study, CELL)
    assert all(np.array_equal(a, b) for a, b in zip(alone, after, strict=True))
    assert not np.array_equal(alone[0], np.array(different[0]))


def test_the_model_knows_the_lengths(tiny_task):
    config = TaskStudy(tiny_task()).cell_config(CELL)
    assert (config.max_length, config.inference_length, config.num_classes) == (8, 15, 2)


def test_an_answer_that_is_no_number_is_wrong():
    scores = np.array([[np.nan, np.nan], [0.2, 0.8], [np.inf, 0.0]])
    assert right_answers(scores, np.array([0, 1, 0])).tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"test_lengths": "1:6"}, "`test_lengths` must go beyond train_length=6. Received: test_"),
        ({"test_lengths": "41-500"}, "`test_lengths` must be first:last or first:last:step"),
        ({"dataset": "listops", "test_lengths": "7:2001:1994"}, "at most 2,000 in ListOps"),
        ({"long_texts": "cut"}, "`long_texts` has no effect with dataset='even_pairs', a gen"),
        ({"train_file": "a.csv"}, "`train_file` has no effect with dataset='even_pairs'"),
        ({"text_column": "body"}, "`text_column` has no effect"),
        ({"validation_fraction": 0.5}, "`validation_fraction` has no effect"),
        ({"vocabulary_size": 99}, "`vocabulary_size` has no effect"),
        ({"lowercase": False}, "`lowercase` has no effect"),
        ({"epochs": 9}, "`epochs` has no effect"),
        ({"max_length": 9}, "`max_length` has no effect"),
        ({"truncation": "tail"}, "`truncation` has no effect"),
        ({"seed": 9}, "`seed` has no effect"),
        ({"position": "alibi"}, "`position` has no effect"),
    ],
)
def test_settings_that_cannot_be_or_have_no_effect_are_refused(tiny_task, settings, said):
    with pytest.raises(ValueError, match=said):
        TaskStudy(tiny_task(**settings))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"momentum": 0.5}, "`momentum` has no effect with optimizer='adamw'"),
        ({"optimizer": "sgd", "weight_decay": 0.5}, "`weight_decay` has no effect with optim"),
        ({"num_heads": 2}, "`num_heads` has no effect with model='lstm'"),
    ],
)
def test_settings_that_a_cell_does_not_read_are_refused(tiny_task, settings, said):
    study = TaskStudy(tiny_task(**settings))
    with pytest.raises(ValueError, match=said):
        compiled_model(study.cell_config(CELL), study.steps)


def test_schedule_and_precision_are_read_by_each_cell(tiny_task):
    study = TaskStudy(tiny_task(warmup_fraction=0.2, schedule="linear", label_smoothing=0.1))
    cell = Cell(Variant.parse("none:precision=mixed_bfloat16"), Variant("counted"), seed=0)
    model = compiled_model(study.cell_config(cell), study.steps)
    assert model.dtype_policy.name == "mixed_bfloat16"
    assert np.isfinite(train(model, itertools.islice(study.batches(0), 1), no_step))
