"""Whole runs that stream sets of labels, numbers, weights and windows of pairs from shards."""

import csv
import random
import types

import numpy as np
import pytest

from keras_pe.classifier import TextClassifier
from keras_pe.config import PreparationConfig, RunConfig
from keras_pe.experiment import Experiment
from keras_pe.preparation.prepare import prepare
from keras_pe.run_folder import RunFolder
from keras_pe.serving.run_facts import RunFacts
from keras_pe.serving.saved_model import write_saved_model
from keras_pe.serving.served import ServedClassifier

WORDS = {"good": 2.0, "bad": -2.0, "rain": 0.0, "sun": 0.0}
SMALL = {
    "num_layers": 1, "num_heads": 2, "hidden_dim": 8, "intermediate_dim": 8, "batch_size": 32,
    "learning_rate": 0.01, "epochs": 3, "shuffle_buffer": 64,
}  # fmt: skip
WINDOWS = {"truncation": "window", "max_length": 14, "window_overlap": 2, "max_windows": 3}
KINDS = {
    "sets": (
        {"problem_type": "multi_label", "label_column": "labels", "label_separator": ";"},
        {"threshold": "tuned", "class_weights": "balanced", "max_length": 16},
    ),
    "pairs": (
        {
            "problem_type": "regression",
            "label_column": "stars",
            "weight_column": "counts",
            "text_column": "story",
            "second_text_column": "question",
        },
        WINDOWS | {"second_length": 3, "inference_length": 60},
    ),
}


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """A file whose labels and numbers single words tell; a row of weight 0 contradicts them."""
    draw = random.Random(0)
    path = tmp_path_factory.mktemp("table") / "rows.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["text", "story", "question", "labels", "stars", "counts"])
        for row in range(200):
            own = [word for word in WORDS if draw.random() < 0.4]
            text = draw.choices(["the", "film", "and", "a"], k=draw.randint(1, 8)) + own
            stars, noise = 100 + sum(WORDS[word] for word in own), row % 10 == 0
            columns = [" ".join(text), " ".join(text * 2), "how many stars", ";".join(own)]
            rows.writerow([*columns, stars + 10 * noise, 0 if noise else 2])
    return path


@pytest.fixture(scope="module", params=KINDS)
def run(request, table, tmp_path_factory):
    """A finished run from shards: what it was prepared and set up as, and what it is worth."""
    read, settings = KINDS[request.param]
    folder = tmp_path_factory.mktemp(request.param)
    corpus = RunConfig(train_file=str(table), vocabulary_size=200, **read)
    prepare(corpus, PreparationConfig(num_shards=2, processes=1), folder / "prepared")
    config = RunConfig(prepared_dir=str(folder / "prepared"), **SMALL, **settings)
    experiment = Experiment(config, folder / "run", verbose=0)
    description = experiment.description
    return types.SimpleNamespace(
        kind=request.param, read=read, folder=folder / "run", experiment=experiment,
        description=description, results=experiment.run(),
    )  # fmt: skip


STORY = "the film and a good film the film and a sun film the the bad"
TEXTS = ["the good film", "", "bad " * 40, "a film and the sun " * 5]
QUESTIONS = ["how many stars", "", "stars " * 30, "many stars"]


@pytest.mark.slow
def test_it_is_set_up_as_it_was_prepared(run):
    config = run.experiment.config
    assert {name: getattr(config, name) for name in run.read} == run.read
    said = {
        "sets": ("4 labels, 1.", "per label that holds, in the training loss alone"),
        "pairs": (
            "numbers from 9",
            "weights    0 to 2 as the rows say",
            "cut to max_windows=3 of max_length=14, 26 tokens in all; once trained, it reads 60",
        ),
    }
    for line in said[run.kind]:
        assert line in run.description, line
    headline = {"sets": lambda r: r["micro"]["f1"], "pairs": lambda r: r["spearman"]}[run.kind]
    assert headline(run.results["validation"]) > 0.3
    assert run.results["validation"]["examples"] == len(run.experiment.data.validation)


@pytest.mark.slow
@pytest.mark.parametrize("run", ["pairs"], indirect=True, scope="module")
def test_an_export_answers_as_the_run_does(run, tmp_path):
    classifier = TextClassifier.load(run.folder)
    version = write_saved_model(
        classifier.model, classifier.tokenizer, classifier.label_names, tmp_path / "model",
        max_length=classifier.max_length, problem_type=classifier.problem_type,
        thresholds=classifier.thresholds, text_pairs=classifier.text_pairs,
        facts=RunFacts.load(run.folder),
    )  # fmt: skip
    served = ServedClassifier(version)
    _, expected = classifier.predict(TEXTS, QUESTIONS)
    for batch_size in (1, 64):
        _, found = served.predict(TEXTS, QUESTIONS, batch_size=batch_size)
        np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-5)
    card = (version / "assets.extra" / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "the first text in overlapping windows, and the second beside each of them" in card
    assert "| second\\_length | 3 |" in card


def test_a_finished_run_is_taken_up_from_its_own_settings(run):
    saved = RunFolder(run.folder).load_config()
    resumed = Experiment(saved, run.folder, resume=True, verbose=0)
    assert resumed.config == run.experiment.config
    assert resumed.run() == run.results


@pytest.mark.parametrize("run", ["pairs"], indirect=True, scope="module")
def test_pairs_are_answered_by_the_mean_of_windows_that_are_worked_out_by_hand(run):
    classifier = TextClassifier.load(run.folder)
    words = {piece: number for number, piece in enumerate(classifier.tokenizer.vocabulary)}
    first, second = (
        [words[word] for word in text] for text in (STORY.split(), QUESTIONS[0].split())
    )
    # Of 14 tokens 3 frame and 3 are of the question: 8 of the story, 6 of them new.
    windows = [[2, *first[start : start + 8], 3, *second, 3] for start in (0, 6, 12)]
    cut = classifier.model.get_layer("text_windows")
    rows = np.array([[2, *first, 3, *second, 3]], "int32")
    found, _ = cut(rows)
    trimmed = [[token for token in row if token] for row in np.array(found).tolist()]
    assert trimmed == windows
    # A window alone is a text of one window: the head is linear, so the mean of answers is that.
    width = max(map(len, windows))
    alone = np.array([window + [0] * (width - len(window)) for window in windows], "int32")
    answers = classifier.model.predict(alone, verbose=0)
    _, values = classifier.predict([STORY], QUESTIONS[:1])
    np.testing.assert_allclose(values[0], answers.mean(axis=0), rtol=1e-5)
