"""Whole runs that learn sets of labels and numbers, through the library."""

import csv
import json
import random
import types

import numpy as np
import pytest

from keras_pe.classifier import TextClassifier
from keras_pe.config import ExtrapolationConfig, RunConfig
from keras_pe.experiment import Experiment
from keras_pe.extrapolation.text_corpus import read_splits
from keras_pe.inspection.inspection import inspect_data
from keras_pe.inspection.page import html_page
from keras_pe.inspection.summary import text_summary
from keras_pe.run_folder import RunFolder
from keras_pe.serving.run_card import run_sections
from keras_pe.serving.run_facts import RunFacts, training_flags
from tests.test_experiment import SMALL, KillAfter, Killed, last_weights

WORDS = {"good": 2.0, "bad": -2.0, "rain": 0.0, "sun": 0.0}
KINDS = {
    "multi_label": {
        "label_column": "labels",
        "label_separator": ";",
        "threshold": "tuned",
        "class_weights": "balanced",
    },
    "regression": {"label_column": "stars", "weight_column": "counts"},
}


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """A file whose labels and numbers single words tell; a row of weight 0 contradicts them."""
    draw = random.Random(0)
    path = tmp_path_factory.mktemp("table") / "rows.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["text", "labels", "stars", "counts"])
        for row in range(300):
            own = [word for word in WORDS if draw.random() < 0.4]
            text = draw.sample(
                [*own, *draw.choices(["the", "film", "and", "a"], k=6)], len(own) + 6
            )
            stars = 100 + sum(WORDS[word] for word in own)
            noise = row % 10 == 0
            rows.writerow([" ".join(text), ";".join(own), stars + 10 * noise, 0 if noise else 2])
    return path


def config(table, kind, **settings):
    given = {"train_file": str(table), "epochs": 12, "problem_type": kind, **SMALL, **KINDS[kind]}
    return RunConfig(**given | settings)


@pytest.fixture(scope="module")
def runs(table, tmp_path_factory):
    """Two finished runs: what each was set up as, and what it says it is worth."""
    folder = tmp_path_factory.mktemp("runs")

    def run(kind):
        experiment = Experiment(config(table, kind), folder / kind, verbose=0)
        return types.SimpleNamespace(
            experiment=experiment, folder=folder / kind, results=experiment.run()["validation"]
        )

    return {kind: run(kind) for kind in KINDS}


def test_sets_of_labels_are_learned(runs):
    run = runs["multi_label"]
    assert run.results["micro"]["f1"] > 0.95
    classifier = TextClassifier.load(run.folder)
    found, scores = classifier.predict(["the good sun and a film", "the film and a"])
    assert [set(labels) for labels in found] == [{"good", "sun"}, set()]
    assert scores.shape == (2, 4)


def test_numbers_are_learned_in_their_own_units_and_rows_of_weight_0_are_not(runs):
    run = runs["regression"]
    # The weights of the last epoch: which is best, rows of validation decide that all count alike.
    classifier = TextClassifier.load(run.folder)
    classifier.model.set_weights(run.experiment.model.get_weights())
    found, values = classifier.predict(["a good film and the", "bad the film"])
    np.testing.assert_allclose(found, [102, 98], atol=0.8)
    assert values.shape == (2, 1)
    assert run.results["spearman"] > 0.7
    assert run.results["baseline"]["value"] == pytest.approx(run.experiment.config.target_mean)


def test_thresholds_are_tuned_on_validation_and_kept_with_the_run(runs):
    run = runs["multi_label"]
    kept = json.loads((run.folder / "thresholds.json").read_text(encoding="utf-8"))
    assert list(kept) == sorted(WORDS)
    shown = {row["label"]: row["threshold"] for row in run.results["classes"]}
    assert shown == pytest.approx(kept)
    np.testing.assert_allclose(RunFolder(run.folder).load_thresholds(), list(kept.values()))


def test_the_description_says_what_is_learned(runs):
    said = {kind: run.experiment.description for kind, run in runs.items()}
    assert "labels     4 labels, 1." in said["multi_label"]
    assert "per label that holds, in the training loss alone" in said["multi_label"]
    assert "labels     numbers from 98 to 112" in said["regression"]
    assert "weights    0 to 2 as the rows say, in the training loss alone" in said["regression"]


def test_the_folder_and_its_card_hold_what_belongs_to_the_problem(runs):
    names = {kind: {path.name for path in run.folder.iterdir()} for kind, run in runs.items()}
    both = {"config.json", "labels.json", "report.json", "report.md", "best.keras", "data.json"}
    assert names["multi_label"] >= both | {"labels.png", "thresholds.json", "class_weights.json"}
    assert names["regression"] >= both | {"predicted.png"}
    assert not {"confusion.png", "thresholds.json", "class_weights.json"} & names["regression"]
    cards = {kind: run_sections("m", RunFacts.load(run.folder)) for kind, run in runs.items()}
    assert "| micro F1 | macro F1 | all labels right |" in cards["multi_label"]["Results"]
    assert "| mean absolute error | RMSE | R² | Spearman |" in cards["regression"]["Results"]
    assert "Beside always saying 1" in cards["regression"]["Results"]
    flags = training_flags(runs["regression"].experiment.config)
    assert "--problem_type=regression" in flags
    assert not any(name in flags for name in ("--loss", "--best_by", "target_mean", "num_classes"))


def test_the_best_epoch_is_that_of_the_smallest_validation_loss(runs):
    for run in runs.values():
        lines = (run.folder / "metrics.jsonl").read_text(encoding="utf-8").splitlines()
        losses = [json.loads(line)["val_loss"] for line in lines]
        report = json.loads((run.folder / "report.json").read_text(encoding="utf-8"))
        assert report["best_epoch"] == 1 + losses.index(min(losses))


def test_validation_loss_is_not_weighted_and_in_standard_deviations(runs):
    run = runs["regression"]
    experiment = run.experiment
    targets = np.concatenate([t for _, t in experiment._validation.as_numpy_iterator()])
    values = experiment.model.predict(experiment._validation, verbose=0)[:, 0]
    errors = (targets - values) / experiment.config.target_deviation
    lines = (run.folder / "metrics.jsonl").read_text(encoding="utf-8").splitlines()
    last = json.loads(lines[-1])
    assert last["val_loss"] == pytest.approx(np.square(errors).mean(), rel=1e-3)
    assert last["val_mae"] == pytest.approx(np.abs(targets - values).mean(), rel=1e-3)


@pytest.mark.slow
def test_a_killed_run_goes_on_to_the_same_weights_and_thresholds(table, runs, tmp_path):
    straight, settings = runs["multi_label"], config(table, "multi_label")
    killed = Experiment(settings, tmp_path / "run", verbose=0)
    with pytest.raises(Killed):
        killed.run(callbacks=[KillAfter(epoch=1, batch=3)])
    saved = RunFolder(tmp_path / "run").load_config()
    resumed = Experiment(saved, tmp_path / "run", resume=True, verbose=0)
    resumed.run()
    pairs = zip(last_weights(resumed), last_weights(straight.experiment), strict=True)
    assert all(np.array_equal(ours, theirs) for ours, theirs in pairs)
    thresholds = [path / "thresholds.json" for path in (tmp_path / "run", straight.folder)]
    assert thresholds[0].read_bytes() == thresholds[1].read_bytes()


def test_a_finished_run_is_taken_up_with_the_scale_it_had(runs):
    run = runs["regression"]
    saved = RunFolder(run.folder).load_config()
    resumed = Experiment(saved, run.folder, resume=True, verbose=0)
    assert resumed.config == run.experiment.config
    assert resumed.run()["validation"] == run.results


def test_a_run_whose_thresholds_are_not_chosen_yet_says_so(runs, tmp_path):
    folder = runs["multi_label"].folder
    kept = folder / "thresholds.json"
    hidden = kept.rename(tmp_path / "thresholds.json")
    try:
        with pytest.raises(FileNotFoundError, match="whose thresholds are chosen.*train --resume"):
            TextClassifier.load(folder)
    finally:
        hidden.rename(kept)


WRONG = {
    "threshold": ({"threshold": "0.3"}, "`threshold` has no effect with problem_type='single_l"),
    "separator": ({"label_separator": ";"}, "`label_separator` has no effect with the data given"),
    "loss": ({"loss": "mse"}, "`loss` must be one of: crossentropy, focal with problem_type='sin"),
    "best_by": ({"best_by": "mae"}, "`best_by` must be one of: accuracy, loss, macro_f1 with"),
    "classes": ({"num_classes": 7}, "`num_classes` must be what the data have, 2. .*=7. Leave it"),
}  # fmt: skip


@pytest.mark.parametrize(("settings", "message"), WRONG.values(), ids=WRONG)
def test_settings_of_other_problems_are_refused(settings, message, reviews, tmp_path):
    given = RunConfig(train_file=str(reviews), **SMALL, **settings)
    with pytest.raises(ValueError, match=message):
        Experiment(given, tmp_path / "run", verbose=0)


NO_EFFECT = {
    "label_smoothing": 0.1,
    "class_weights": "balanced",
    "unknown_labels": "drop",
    "label_names_file": "names.txt",
    "threshold": "0.5",
    "focal_gamma": 1.0,
}


@pytest.mark.parametrize(("name", "value"), NO_EFFECT.items())
def test_settings_of_labels_are_refused_with_numbers(name, value, table, tmp_path):
    test_file = {"test_file": str(table)} if name == "unknown_labels" else {}
    given = config(table, "regression", **{name: value}, **test_file)
    with pytest.raises(ValueError, match=f"`{name}` has no effect with"):
        Experiment(given, tmp_path / "run", verbose=0)


@pytest.mark.parametrize("setting", [{"dataset": "even_pairs"}, {"shuffle_distance": 3}])
@pytest.mark.parametrize("kind", KINDS)
def test_what_makes_labels_of_its_own_is_refused(kind, setting, table, tmp_path):
    (name,) = setting
    given = {"train_file": None if name == "dataset" else str(table), "problem_type": kind}
    with pytest.raises(
        ValueError, match=f"`{name}` must be left out where a text has other labels"
    ):
        Experiment(RunConfig(**given, **setting), tmp_path / "run", verbose=0)


@pytest.mark.parametrize(
    "settings",
    [{"problem_type": "regression"}, {"weight_column": "counts"}],
    ids=["type", "weight"],
)
def test_a_study_compares_by_one_label_that_counts_alike(settings, table):
    given = {"train_file": str(table), "label_column": "stars", **settings}
    with pytest.raises(ValueError, match="A study compares encodings by texts that have one label"):
        read_splits(ExtrapolationConfig(**given))


def test_an_inspection_counts_labels_and_bands_of_numbers(table):
    for kind in KINDS:
        given = {"train_file": str(table), "problem_type": kind, "vocabulary_size": 100}
        given |= {key: KINDS[kind][key] for key in ("label_column", "label_separator")
                  if key in KINDS[kind]}  # fmt: skip
        found = inspect_data(RunConfig(**given))
        said, page = text_summary(found), html_page(found, title="t")
        names = [row["label"] for row in found.classes]
        if kind == "multi_label":
            assert set(names) == {*WORDS, "(none)"}
            assert found.typical_words["good"] == ["good"]
        else:
            assert names[0].startswith(("below ", "from ")) or " to " in names[0]
            assert sum(row["share"] for row in found.classes) == pytest.approx(1)
            assert "spread of the targets: targets from 98" in said
        assert all(name in page for name in names)
