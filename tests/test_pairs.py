"""Pairs of texts, from the file to the served model."""

import csv
import pathlib
import random

import numpy as np
import pytest
import tensorflow as tf

from apps import predict
from keras_pe.classifier import TextClassifier
from keras_pe.client.remote_classifier import RemoteClassifier
from keras_pe.config import ExtrapolationConfig, RunConfig, ServerConfig
from keras_pe.data.example import Example
from keras_pe.data.fingerprint import fingerprint
from keras_pe.data.splits import Splits
from keras_pe.experiment import Experiment
from keras_pe.extrapolation.text_corpus import read_splits
from keras_pe.prepared_data import PreparedData
from tests.serving.c_api.libtensorflow import LibTensorFlow
from tests.serving.c_api.loaded_model import LoadedModel
from tests.serving.loopback.server import LoopbackServer

WORDS = ("film", "plot", "good", "bad", "dull", "fine")
SETTINGS = {
    "text_column": "q", "second_text_column": "a", "max_length": 12, "num_layers": 1,
    "num_heads": 2, "hidden_dim": 8, "intermediate_dim": 8, "vocabulary_size": 120, "epochs": 1,
}  # fmt: skip
FIRST = ["good film", "dull", "", "plot " * 40]
SECOND = ["good plot", "fine " * 40, "", "bad " * 40]


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    """A file of pairs, each first text with two second ones."""
    draw = random.Random(0)
    path = tmp_path_factory.mktemp("pairs") / "pairs.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["q", "a", "label"])
        for row in range(60):
            first = " ".join(random.Random(row // 2).choices(WORDS, k=4))
            lines.writerow([first, " ".join(draw.choices(WORDS, k=6)), ("yes", "no")[row % 2]])
    return path


@pytest.fixture(scope="module")
def experiment(pairs, finished_run):
    return finished_run(RunConfig(train_file=str(pairs), **SETTINGS))


@pytest.fixture(scope="module")
def classifier(experiment):
    return TextClassifier.load(experiment.folder.path)


@pytest.fixture(scope="module")
def served(experiment, classifier, exported):
    return exported(classifier, experiment, "pairs")


def test_both_texts_are_learned_from_and_encoded(experiment):
    data = experiment.data
    vocabulary = data.tokenizer.vocabulary
    assert set(WORDS) <= set(vocabulary)
    example, ids = data.splits.train[0], data.train.ids[: data.train.offsets[1]]
    # 4 and 6 words in 9 places: the second loses one.
    kept = [*example.text.split(), "[SEP]", *example.second_text.split()[:5]]
    assert [vocabulary[number] for number in ids] == ["[CLS]", *kept, "[SEP]"]
    assert set(data.train.full_lengths.tolist()) == {13}
    assert experiment.config.text_pairs


def test_equal_first_texts_are_no_copies(experiment):
    rows = [row for finding in experiment.data.findings for row in finding.numbers.values()]
    assert not any(rows)


def test_an_export_answers_pairs_as_the_run_does(served, classifier):
    labels, expected = classifier.predict(FIRST, SECOND)
    assert served.inputs == ("text", "second_text")
    for batch_size in (1, 64):
        found_labels, found = served.predict(FIRST, SECOND, batch_size=batch_size)
        np.testing.assert_allclose(found, expected, atol=1e-5)
        assert found_labels == labels
    _, swapped = classifier.predict(SECOND, FIRST)
    assert np.abs(swapped[0] - expected[0]).max() > 1e-6


def test_every_endpoint_takes_pairs(served):
    texts = {"text": tf.constant(FIRST), "second_text": tf.constant(SECOND)}
    expected = served.predict(FIRST, SECOND)[1]
    ids = served.signatures["tokenize"](**texts)["token_ids"]
    assert ids.shape == (4, 12)
    by_ids = served.signatures["tokens"](token_ids=ids)["scores"]
    np.testing.assert_allclose(by_ids, expected, atol=1e-5)
    features = [
        {key: tf.train.Feature(bytes_list=tf.train.BytesList(value=[text.encode()]))
         for key, text in zip(served.inputs, pair, strict=True)}
        for pair in zip(FIRST, SECOND, strict=True)
    ]  # fmt: skip
    examples = [
        tf.train.Example(features=tf.train.Features(feature=each)).SerializeToString()
        for each in features
    ]
    by_examples = served.signatures["classify"](inputs=tf.constant(examples))["scores"]
    np.testing.assert_allclose(by_examples, expected, atol=1e-5)
    assert served.signatures["embed"](**texts)["embedding"].shape == (4, 8)


def test_the_card_shows_how_to_ask_for_pairs(served):
    card = (served.folder / "assets.extra" / "MODEL_CARD.md").read_text(encoding="utf-8")
    for line in (
        "Two texts in, one of 2 labels out",
        '{"instances": [{"text": "a text", "second_text": "another text"}]}',
        '"examples": [{"text": "a text", "second_text": "another text"}]',
        'request.inputs["second_text"].CopyFrom(',
        "| second\\_text\\_column | a |",
        "--second_text_column=a",
    ):
        assert line in card, line
    assert "--text_pairs" not in card


@pytest.mark.parametrize("name", ["classifier", "served"])
def test_pairs_must_be_whole(name, request):
    answering = request.getfixturevalue(name)
    with pytest.raises(ValueError, match="`second_texts` must be given: the model was trained on"):
        answering.predict(FIRST)
    with pytest.raises(ValueError, match="must be as many as `texts`. Received: 4 texts, 3 second"):
        answering.predict(FIRST, SECOND[:3])


def test_a_model_of_single_texts_takes_no_second_ones():
    with pytest.raises(ValueError, match="`second_texts` must be left out: the model was trained"):
        TextClassifier(None, None, ["a"], 8).predict(["a"], ["b"])


def test_the_terminal_gives_pairs_by_two_arguments_or_by_a_tab():
    assert list(predict._argument_pairs(["a", "b", "c", "d"])) == [("a", "b"), ("c", "d")]
    with pytest.raises(ValueError, match="two arguments for each pair. Received: 3"):
        predict._argument_pairs(["a", "b", "c"])
    assert predict._line_pair("a b\tc") == ("a b", "c")
    for line in ("a b", "a\tb\tc"):
        with pytest.raises(ValueError, match="two texts with one tab between them. Received: 'a"):
            predict._line_pair(line)


def test_a_fingerprint_knows_the_second_text():
    single, pair = Example("a", "x", "f", 1), Example("a", "x", "f", 1, second_text="b")
    assert fingerprint(Splits([single], [], [])) != fingerprint(Splits([pair], [], []))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            {"truncation": "window", "text_pairs": True, "window_overlap": 5, "second_length": 4},
            "`window_overlap` and `second_length` must together be less than the 9 tokens of both",
        ),
        ({"shuffle_distance": 3}, "`shuffle_distance` must be left out with pairs of texts"),
        ({"max_length": 4}, "`max_length` must be at least 5"),
    ],
)
def test_what_pairs_cannot_have_is_refused(pairs, settings, said):
    with pytest.raises(ValueError, match=said):
        PreparedData.load(RunConfig(train_file=str(pairs), **{**SETTINGS, **settings}))


def test_pairs_are_those_of_the_data(pairs, tmp_path):
    config = RunConfig(train_file=str(pairs), text_column="q", text_pairs=True)
    with pytest.raises(ValueError, match="`text_pairs` is read from the data, and there is no sec"):
        Experiment(config, tmp_path / "run", verbose=0)


def test_a_study_of_lengths_cuts_single_texts(pairs):
    config = ExtrapolationConfig(
        train_file=str(pairs), test_file=str(pairs), text_column="q", second_text_column="a"
    )
    with pytest.raises(ValueError, match="`second_text_column` must be left out in a study of len"):
        read_splits(config)


@pytest.mark.parametrize("port", ["grpc", "rest"])
def test_a_server_answers_pairs_as_the_export_does(port, served):
    packages = pathlib.Path(tf.__file__).parents[1]
    model = LoadedModel(LibTensorFlow(packages), served.folder)
    with LoopbackServer({"pairs": {1: model}}) as server:
        config = ServerConfig(server=getattr(server, port), model_name="pairs")
        labels, scores = RemoteClassifier(config).predict(FIRST, SECOND)
    expected_labels, expected = served.predict(FIRST, SECOND)
    assert labels == expected_labels
    np.testing.assert_allclose(scores, expected, rtol=0, atol=1e-6)


def test_data_without_columns_have_no_second_text(tmp_path):
    path = tmp_path / "pairs.ft"
    path.write_text("__label__yes good film\n__label__no bad film\n" * 4, encoding="utf-8")
    config = RunConfig(train_file=str(path), second_text_column="a")
    with pytest.raises(ValueError, match="`second_text_column` has no effect with the data given"):
        Experiment(config, tmp_path / "run", verbose=0)
