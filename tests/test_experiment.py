"""A whole training run through the library."""

import json

import keras
import numpy as np
import pytest

from keras_pe.classifier import TextClassifier
from keras_pe.config import RunConfig
from keras_pe.experiment import Experiment

SMALL = {
    "vocabulary_size": 120,
    "hidden_dim": 16,
    "num_layers": 1,
    "num_heads": 2,
    "intermediate_dim": 16,
    "batch_size": 16,
    "learning_rate": 0.01,
    "max_length": 16,
}


class Killed(Exception):
    """What the test raises where a process would die."""


class KillAfter(keras.callbacks.Callback):
    """Dies in the middle of an epoch."""

    def __init__(self, epoch, batch):
        super().__init__()
        self._place = (epoch, batch)

    def on_epoch_begin(self, epoch, logs=None):
        self._epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        if (self._epoch, batch) == self._place:
            raise Killed


def config(train_file, **settings):
    return RunConfig(**{"train_file": str(train_file), "epochs": 3, **SMALL, **settings})


def experiment(settings, folder, **arguments):
    return Experiment(settings, folder, verbose=0, **arguments)


def last_weights(run):
    return [
        np.array(variable) for variable in [*run.model.variables, *run.model.optimizer.variables]
    ]


def test_a_run_leaves_everything_and_learns(reviews, tmp_path):
    results = experiment(config(reviews, test_file=str(reviews), epochs=8), tmp_path / "run").run()
    assert results["test"]["accuracy"] > 0.95
    names = {path.name for path in (tmp_path / "run").iterdir()}
    assert names == {
        "config.json", "labels.json", "tokenizer", "data.json", "metrics.jsonl", "best.keras",
        "last.weights.h5", "report.json", "report.md", "confusion.png",
    }  # fmt: skip
    report = json.loads((tmp_path / "run" / "report.json").read_text(encoding="utf-8"))
    assert report["accuracy"] == results["test"]["accuracy"]
    assert report["split"] == "test"
    assert {path.name for path in tmp_path.iterdir()} == {"run", "reviews"}


def test_the_loaded_classifier_answers_as_the_report_says(reviews, tmp_path):
    results = experiment(config(reviews, epochs=8), tmp_path / "run").run()
    classifier = TextClassifier.load(tmp_path / "run")
    labels, scores = classifier.predict(["这部电影很好看 good film", "", "bad bad bad"])
    assert labels[0] == "positive"
    assert labels[2] == "negative"
    assert np.isfinite(scores).all()
    np.testing.assert_allclose(scores.sum(axis=1), 1.0, atol=1e-6)
    assert results["validation"]["examples"] == 20


@pytest.mark.slow
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"model": "lstm", "position": "learned", "lstm_units": 8, "dense_dim": 8, "num_layers": 2,
         "num_heads": 4, "intermediate_dim": 512},
        {"precision": "mixed_float16", "optimizer": "sgd", "word_dropout": 0.1},
    ],
    ids=["transformer", "lstm", "float16-sgd"],
)  # fmt: skip
def test_a_killed_run_resumes_to_the_same_weights(reviews, tmp_path, settings):
    settings = config(reviews, **settings)
    straight = experiment(settings, tmp_path / "straight")
    straight.run()

    with pytest.raises(Killed):
        experiment(settings, tmp_path / "killed").run(callbacks=[KillAfter(epoch=1, batch=3)])
    lines = (tmp_path / "killed" / "metrics.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1, "one epoch was finished, and it must not be lost"

    resumed = experiment(settings, tmp_path / "killed", resume=True)
    resumed.run()
    for ours, theirs in zip(last_weights(resumed), last_weights(straight), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    scores = [
        (tmp_path / name / "report.json").read_text(encoding="utf-8")
        for name in ("straight", "killed")
    ]
    assert scores[0] == scores[1]


@pytest.mark.slow
def test_the_same_seed_gives_the_same_run_and_another_does_not(reviews, tmp_path):
    runs = [experiment(config(reviews, seed=s), tmp_path / f"{i}") for i, s in enumerate([5, 5, 6])]
    for run in runs:
        run.run()
    weights = [last_weights(run) for run in runs]
    assert all(np.array_equal(a, b) for a, b in zip(weights[0], weights[1], strict=True))
    assert not all(np.array_equal(a, b) for a, b in zip(weights[0], weights[2], strict=True))


def test_resuming_a_finished_run_trains_no_further(reviews, tmp_path):
    settings = config(reviews, epochs=1)
    experiment(settings, tmp_path / "run").run()
    before = (tmp_path / "run" / "last.weights.h5").read_bytes()
    experiment(settings, tmp_path / "run", resume=True).run()
    assert (tmp_path / "run" / "last.weights.h5").read_bytes() == before


def test_early_stopping_stops_and_keeps_the_best(reviews, tmp_path):
    settings = config(reviews, epochs=30, early_stopping_patience=2, best_by="accuracy")
    experiment(settings, tmp_path / "run").run()
    lines = (tmp_path / "run" / "metrics.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    best = max(records, key=lambda r: (r["val_accuracy"], -r["epoch"]))
    assert len(records) == best["epoch"] + 2 < 30
    report = json.loads((tmp_path / "run" / "report.json").read_text(encoding="utf-8"))
    assert report["best_epoch"] == best["epoch"]
    assert report["validation_accuracy"] == pytest.approx(best["val_accuracy"])


@pytest.mark.slow
def test_ids_on_disk_give_the_same_run_as_ids_in_memory(reviews, tmp_path):
    runs = [experiment(config(reviews, keep_ids=k), tmp_path / k) for k in ("memory", "disk")]
    for run in runs:
        run.run()
    weights = [last_weights(run) for run in runs]
    assert all(np.array_equal(a, b) for a, b in zip(*weights, strict=True))


def test_no_step_is_counted_that_was_not_made(reviews, tmp_path):
    run = experiment(config(reviews, epochs=2), tmp_path / "run")
    run.run()
    assert int(run.model.optimizer.iterations) == 2 * -(-180 // 16)


def test_a_folder_with_another_run_is_left_alone(reviews, tmp_path):
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="must not hold another run.*--resume"):
        experiment(config(reviews), tmp_path)
    assert (tmp_path / "config.json").read_text(encoding="utf-8") == "{}"


def test_a_folder_with_other_things_is_left_alone(reviews, tmp_path):
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match="must be a new or an empty folder"):
        experiment(config(reviews), tmp_path)


def test_resuming_where_nothing_was_started_is_refused(reviews, tmp_path):
    with pytest.raises(FileNotFoundError, match="must be the folder of a training run"):
        experiment(config(reviews), tmp_path / "nothing", resume=True)


def test_resuming_on_other_data_is_refused(reviews, tmp_path):
    settings = config(reviews, epochs=1)
    experiment(settings, tmp_path / "run").run()
    reviews.write_text(
        reviews.read_text(encoding="utf-8").replace("good", "fine"), encoding="utf-8"
    )
    with pytest.raises(ValueError, match="have changed since"):
        experiment(settings, tmp_path / "run", resume=True).run()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"train_file": None}, "One of `dataset` and `train_file` must be set"),
        ({"dataset": "docstrings"}, "One of `dataset` and `train_file` must be set"),
        ({"model": "lstm"}, "`num_layers` has no effect with model='lstm'"),
        ({"optimizer": "adam", "weight_decay": 0.1}, "`weight_decay` has no effect"),
        ({"focal_gamma": 1.0}, "`focal_gamma` has no effect with .* loss='crossentropy'"),
        ({"text_separator": " / "}, "`text_separator` has no effect with the data given"),
    ],
    ids=["no-data", "two-data", "model", "optimizer", "loss", "data"],
)  # fmt: skip
def test_a_setting_without_effect_stops_before_anything_is_written(
    reviews, tmp_path, settings, message
):
    with pytest.raises(ValueError, match=message):
        experiment(
            config(reviews, **settings) if "train_file" not in settings else RunConfig(),
            tmp_path / "run",
        )
    assert not (tmp_path / "run").exists()


def test_an_unknown_label_in_the_test_file_is_named_with_its_row(reviews, tmp_path):
    test_file = tmp_path / "test.csv"
    test_file.write_text("text,label\ngood,positive\nso so,mixed\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"test\.csv:3: .*'mixed'"):
        experiment(config(reviews, test_file=str(test_file)), tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_what_is_wrong_with_the_data_stands_in_the_description(reviews, tmp_path):
    test_file = tmp_path / "test.csv"
    lines = reviews.read_text(encoding="utf-8").splitlines()
    test_file.write_text("\n".join([*lines[:3], ",negative"]) + "\n", encoding="utf-8")
    said = experiment(config(reviews, test_file=str(test_file)), tmp_path / "run").description
    assert "checks     2 test rows (66.67%) also in training, first " in said
    assert "--on_leak=drop leaves them out of training" in said
    assert "           1 empty text (1 in test), first " in said
    dropped = config(reviews, test_file=str(test_file), on_leak="drop")
    said = experiment(dropped, tmp_path / "run").description
    assert "also in training" not in said


def test_clean_data_are_said_to_be_clean_in_one_line(reviews, tmp_path):
    said = experiment(config(reviews), tmp_path / "run").description
    assert "checks     no text in two parts, no equal texts with different labels, no empty" in said


def test_leaks_stop_the_run_if_they_must_not_be(reviews, tmp_path):
    with pytest.raises(ValueError, match=r"reviews\.csv:2: no text of training may also be held"):
        experiment(config(reviews, test_file=str(reviews), on_leak="error"), tmp_path / "run")
    assert not (tmp_path / "run").exists()
