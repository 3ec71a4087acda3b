"""A run that streams its texts from shards."""

import json

import keras
import numpy as np
import pytest

from keras_pe.classifier import TextClassifier
from keras_pe.config import PreparationConfig, RunConfig
from keras_pe.experiment import Experiment
from keras_pe.preparation.prepare import prepare

SMALL = {
    "hidden_dim": 16, "num_layers": 1, "num_heads": 2, "intermediate_dim": 16, "batch_size": 16,
    "learning_rate": 0.01, "max_length": 16, "shuffle_buffer": 48,
}  # fmt: skip


class Killed(Exception):
    """What the test raises where a process would die."""


class KillIn(keras.callbacks.Callback):
    """Dies in the middle of an epoch."""

    def __init__(self, epoch):
        super().__init__()
        self._last = epoch

    def on_epoch_begin(self, epoch, logs=None):
        self._epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        if (self._epoch, batch) == (self._last, 3):
            raise Killed


@pytest.fixture(scope="module")
def folder(tmp_path_factory, reviews_text):
    """A folder with reviews.csv, and prepared/ made of it."""
    folder = tmp_path_factory.mktemp("sharded")
    (folder / "reviews.csv").write_text(reviews_text, encoding="utf-8")
    config = RunConfig(
        train_file=str(folder / "reviews.csv"), test_file=str(folder / "reviews.csv"),
        vocabulary_size=120,
    )  # fmt: skip
    prepare(config, PreparationConfig(num_shards=3, processes=1), folder / "prepared")
    return folder


def config(folder, **settings):
    return RunConfig(**{"prepared_dir": str(folder / "prepared"), "epochs": 6, **SMALL, **settings})


def last_weights(run):
    return [
        np.array(variable) for variable in [*run.model.variables, *run.model.optimizer.variables]
    ]


@pytest.fixture(scope="module")
def straight(folder):
    """A run that nothing interrupted, and what came of it."""
    run = Experiment(config(folder, class_weights="balanced"), folder / "straight", verbose=0)
    return run, run.description, run.run()


def test_it_learns_and_its_classifier_answers(straight, folder):
    _, description, results = straight
    assert "180 training, 20 validation, 200 test" in description
    assert "leaks between parts: " in description
    assert results["test"]["accuracy"] > 0.95
    assert results["test"]["examples"] == 200
    labels, _ = TextClassifier.load(folder / "straight").predict(["a good film", "bad bad bad"])
    assert labels == ["positive", "negative"]
    report = json.loads((folder / "straight" / "report.json").read_text(encoding="utf-8"))
    assert report["accuracy"] == results["test"]["accuracy"]


@pytest.mark.slow
def test_a_killed_run_resumes_to_the_same_weights(straight, folder):
    settings = config(folder, class_weights="balanced")
    with pytest.raises(Killed):
        Experiment(settings, folder / "killed", verbose=0).run(callbacks=[KillIn(epoch=3)])
    saved = RunConfig.load(folder / "killed" / "config.json")
    resumed = Experiment(saved, folder / "killed", resume=True, verbose=0)
    resumed.run()
    for ours, theirs in zip(last_weights(resumed), last_weights(straight[0]), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"train_file": "reviews.csv"}, "`train_file` has no effect with the data given"),
        ({"on_leak": "drop"}, "`on_leak` has no effect"),
        ({"lowercase": False}, "`lowercase` has no effect"),
        ({"problem_type": "multi_label"}, "`problem_type` must be what .* prepared with"),
        ({"keep_ids": "disk"}, "`keep_ids` has no effect"),
        ({"vocabulary_size": 500}, "`vocabulary_size` has no effect with `prepared_dir`"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_settings_that_shards_leave_without_effect_are_refused(folder, tmp_path, settings, said):
    with pytest.raises(ValueError, match=said):
        Experiment(config(folder, **settings), tmp_path / "run", verbose=0)
    assert not (tmp_path / "run").exists()


def test_a_shuffle_buffer_needs_shards(folder, tmp_path):
    settings = config(folder, prepared_dir=None, train_file=str(folder / "reviews.csv"))
    with pytest.raises(ValueError, match="`shuffle_buffer` has no effect with the data given"):
        Experiment(settings, tmp_path / "run", verbose=0)


def test_a_folder_that_was_not_prepared_is_refused(folder, tmp_path):
    with pytest.raises(FileNotFoundError, match="must be a folder that prepare finished"):
        Experiment(config(folder, prepared_dir=str(tmp_path)), tmp_path / "run", verbose=0)
