"""Long texts in windows, from training to the served model."""

import json
import random

import numpy as np
import pytest
import tensorflow as tf

from keras_pe.classifier import TextClassifier
from keras_pe.config import RunConfig
from keras_pe.experiment import Experiment

FILLERS = ("film", "the", "plot", "and", "of")
# Windows of 6 words, 4 of them new; three of them have 14 words.
SETTINGS = {
    "truncation": "window", "max_length": 8, "window_overlap": 2, "max_windows": 3,
    "inference_length": 60, "num_layers": 1, "num_heads": 2, "hidden_dim": 8,
    "intermediate_dim": 8, "vocabulary_size": 120, "epochs": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def long_reviews(tmp_path_factory):
    """A file of texts of 4 to 23 words, half of them of more than 14."""
    draw = random.Random(0)
    rows = ["text,label"]
    for row in range(40):
        words = draw.choices(FILLERS, k=3 + row // 2)
        rows.append(f"{' '.join(words)} {('good', 'bad')[row % 2]},{('yes', 'no')[row % 2]}")
    path = tmp_path_factory.mktemp("windows") / "reviews.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def experiment(long_reviews, finished_run):
    files = {"train_file": str(long_reviews), "test_file": str(long_reviews)}
    return finished_run(RunConfig(**files, **SETTINGS))


@pytest.fixture(scope="module")
def classifier(experiment):
    return TextClassifier.load(experiment.folder.path)


@pytest.fixture(scope="module")
def served(experiment, classifier, exported):
    return exported(classifier, experiment)


def test_texts_are_cut_to_the_most_windows_only_in_training(experiment):
    data = experiment.data
    longest = [int(part.lengths.max()) for part in (data.train, data.validation, data.test)]
    assert longest == [16, 16, 25]


def test_the_description_says_what_is_cut_off_training_texts(experiment):
    data = experiment.data
    share = np.mean([len(example.text.split()) > 14 for example in data.splits.train])
    assert 0 < share < 1
    said = f"{share:.1%} of the training texts are cut to max_windows=3 of max_length=8, 16 tokens"
    assert f"{said} in all; once trained, it reads 60\n" in experiment.description


def test_every_window_of_a_text_counts(classifier):
    texts = ["film " * 40 + "good", "film " * 40 + "bad", "good " + "film " * 40]
    _, scores = classifier.predict(texts)
    assert np.abs(scores[0] - scores[1]).max() > 1e-6
    assert np.abs(scores[0] - scores[2]).max() > 0


def test_the_export_answers_as_the_run_does_alone_and_beside_others(served, classifier):
    texts = ["the " * 30 + "good", "good", "", "bad " * 12 + "film plot", "of " * 1_000]
    expected = classifier.predict(texts)[1]
    np.testing.assert_allclose(served.predict(texts)[1], expected, atol=1e-5)
    np.testing.assert_allclose(served.predict(texts, batch_size=1)[1], expected, atol=1e-5)
    answer = served.signatures["serving_default"](text=tf.constant([], tf.string))
    assert answer["scores"].shape == (0, 2)


def test_clients_with_token_ids_of_their_own_send_texts_and_not_windows(served):
    text = tf.constant(["the good plot and " * 8])
    ids = served.signatures["tokenize"](text=text)["token_ids"]
    assert ids.shape == (1, 34)
    np.testing.assert_allclose(
        served.signatures["tokens"](token_ids=ids)["scores"],
        served.signatures["serving_default"](text=text)["scores"],
        atol=1e-6,
    )
    assert served.signatures["embed"](text=text)["embedding"].shape == (1, 8)


def test_card_and_description_of_the_export_say_it(served):
    extra = served.folder / "assets.extra"
    card = (extra / "MODEL_CARD.md").read_text(encoding="utf-8")
    for line in (
        "reads the first 60 tokens, [CLS] and [SEP] included, in overlapping windows",
        "trained on texts of at most 16 tokens",
        "| truncation | window |",
        "| max\\_windows | 3 |",
        "--window_overlap=2",
    ):
        assert line in card, line
    assert json.loads((extra / "keras_pe.json").read_text())["truncation"] == "window"


def test_an_overlap_without_room_is_told_before_the_data_is_read(tmp_path):
    settings = {**SETTINGS, "window_overlap": 6}
    config = RunConfig(train_file="not_there.csv", **settings)
    with pytest.raises(ValueError, match="`window_overlap` must be less than the 6 tokens"):
        Experiment(config, tmp_path / "run", verbose=0)
