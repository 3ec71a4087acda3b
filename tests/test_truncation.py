"""One way to cut long texts, from training to the served model."""

import json
import random

import numpy as np
import pytest

from keras_pe.classifier import TextClassifier
from keras_pe.config import RunConfig
from keras_pe.experiment import Experiment
from keras_pe.serving.answers import ClassAnswer
from keras_pe.serving.model_card import model_card
from keras_pe.serving.served import ServedClassifier
from keras_pe.text.truncations import TRUNCATIONS

FILLERS = ("film", "the", "plot", "and", "of")
NETWORK = {
    "model": "lstm", "lstm_units": 4, "dense_dim": 4, "hidden_dim": 4, "vocabulary_size": 120,
}  # fmt: skip


@pytest.fixture(scope="module")
def reviews_of_ends(tmp_path_factory):
    """A file of texts of 20 words, of which the last tells the label."""
    draw = random.Random(0)
    rows = ["text,label"]
    for row in range(40):
        words = draw.choices(FILLERS, k=19)
        rows.append(f"{' '.join(words)} {('good', 'bad')[row % 2]},{('yes', 'no')[row % 2]}")
    path = tmp_path_factory.mktemp("ends") / "reviews.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def experiment(reviews_of_ends, finished_run):
    """A finished run that keeps the ends of its texts."""
    config = RunConfig(
        train_file=str(reviews_of_ends), test_file=str(reviews_of_ends), truncation="tail",
        max_length=8, inference_length=10, epochs=1, **NETWORK,
    )  # fmt: skip
    return finished_run(config)


@pytest.fixture(scope="module")
def classifier(experiment):
    return TextClassifier.load(experiment.folder.path)


@pytest.fixture(scope="module")
def served(experiment, classifier, exported):
    return exported(classifier, experiment)


def test_all_parts_keep_the_ends(experiment):
    data = experiment.data
    words = data.tokenizer.vocabulary
    parts = {"train": 8, "validation": 8, "test": 10}
    for name, length in parts.items():
        encoded, examples = getattr(data, name), getattr(data.splits, name)
        for row in range(len(encoded)):
            ids = encoded.ids[encoded.offsets[row] : encoded.offsets[row + 1]]
            kept = " ".join(words[number] for number in ids)
            end = " ".join(examples[row].text.split()[2 - length :])
            assert kept == f"[CLS] {end} [SEP]"


def test_the_description_says_which_part_is_kept(experiment):
    assert "100.0% of the training texts are cut to max_length=8, their end" in (
        experiment.description
    )


def test_prediction_reads_the_end_alone(classifier):
    end = " film the plot and of the film good"
    texts = [beginning + end for beginning in ("", "bad", "good " + "film " * 50)]
    _, scores = classifier.predict([*texts, end.replace("good", "bad")])
    np.testing.assert_allclose(scores[1:3], scores[[0, 0]], atol=1e-6)
    assert np.abs(scores[3] - scores[0]).max() > 1e-4


def test_the_export_answers_as_the_run_does(served, classifier):
    texts = ["the " * 30 + "good", "bad " * 30 + "film", "good", ""]
    np.testing.assert_allclose(served.predict(texts)[1], classifier.predict(texts)[1], atol=1e-5)
    assert (served.truncation, served.max_length) == ("tail", 10)


def test_card_and_description_of_the_export_say_it(served):
    extra = served.folder / "assets.extra"
    card = (extra / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "Of a text it reads the last 10 tokens" in card
    assert "| truncation | tail |" in card
    assert "--truncation=tail" in card
    assert json.loads((extra / "keras_pe.json").read_text())["truncation"] == "tail"


def test_an_export_of_before_there_was_a_choice_reads_the_beginning(served, tmp_path):
    description = served.folder / "assets.extra" / "keras_pe.json"
    text = description.read_text(encoding="utf-8")
    try:
        description.write_text(text.replace('  "truncation": "tail",\n', ""), encoding="utf-8")
        assert ServedClassifier(served.folder).truncation == "head"
    finally:
        description.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("truncation", TRUNCATIONS)
def test_the_card_knows_every_policy(truncation):
    answer, given = ClassAnswer(["a"]), {"endpoints": [], "max_length": 1_234, "versions": {}}
    card = model_card("m", answer, ["a"], truncation=truncation, **given)
    assert "1,234 tokens" in card


@pytest.mark.parametrize("truncation", ["head", "head_tail"])
def test_the_description_knows_the_other_policies(truncation, reviews_of_ends, tmp_path):
    files = {"train_file": str(reviews_of_ends)}
    config = RunConfig(**files, truncation=truncation, max_length=8, **NETWORK)
    described = Experiment(config, tmp_path / "run", verbose=0).description
    assert "100.0% of the training texts are cut to max_length=8" in described


def test_a_run_of_before_there_was_a_choice_keeps_the_beginning():
    assert RunConfig.from_json('{"train_file": "a.csv"}').truncation == "head"
