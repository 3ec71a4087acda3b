"""MODEL_CARD.md and signature.json: what goes with an export for people."""

import ast
import json
import re
import shlex

import pytest
import tensorflow as tf

from keras_pe import __version__
from keras_pe.config import RunConfig
from keras_pe.data.example import Example
from keras_pe.data.fingerprint import fingerprint
from keras_pe.data.splits import Splits
from keras_pe.evaluation.metrics import classification_metrics
from keras_pe.models import resolve_defaults
from keras_pe.serving.answers import ClassAnswer
from keras_pe.serving.client_examples import curl_lines, grpc_client
from keras_pe.serving.model_card import model_card
from keras_pe.serving.run_facts import RunFacts, training_flags
from keras_pe.serving.served import ServedClassifier

TEXT = Example("a text", "x", "f", 1)


@pytest.fixture
def facts():
    settings = {"train_file": "my reviews.csv", "test_file": "t.csv", "model": "lstm", "epochs": 3}
    lengths = {"max_length": 16, "inference_length": 64}
    config = RunConfig(**settings, **lengths, num_classes=2, vocabulary_size=120)
    even = [[0.5, 0.5]] * 3
    metrics = classification_metrics([0, 1, 1], [0, 1, 0], ["a|b", "c"], probabilities=even)
    more = {"split": "test", "best_epoch": 2, "validation_accuracy": 0.75}
    data = fingerprint(Splits([TEXT] * 1_234, [TEXT] * 20, [TEXT] * 3))
    return RunFacts(config=resolve_defaults(config), data=json.loads(data), report=metrics | more)


@pytest.fixture
def write():
    """Returns a function of facts: the card of a model called `my film`."""

    def card(facts=None):
        pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "good", "##s", "电", "影"]
        endpoints = ["serving_default", "tokens", "tokenize", "classify", "embed"]
        given = {"endpoints": endpoints, "max_length": 64, "versions": {"keras": "3.15"}}
        return model_card("my film", ClassAnswer(["a|b", "c"]), pieces, facts=facts, **given)

    return card


def test_the_card_tells_data_results_limits_and_settings(facts, write):
    card = write(facts)
    (train,) = re.findall(r"\| train \| 1,234 \| ([0-9a-f]{32}) \|", card)
    for line in (
        "| train\\_file | my reviews.csv |",
        "held out of the training file",
        "| test | 3 | 0.6667 | 0.6667 | 0.6931 |",
        "| validation | 20 | 0.7500 |  |  |",
        "Epoch 2 of at most 3 was the best.",
        "| a\\|b | 0.5000 | 1.0000 | 0.6667 | 1 |",
        "| position | sinusoidal |",
        "| max\\_length | 16 tokens |",
        "| inference\\_length | 64 tokens |",
        "the first 64 tokens, [CLS] and [SEP] included",
        "trained on texts of at most 16 tokens",
        "Latin 71.4%, Han 28.6%",
        "| keras | 3.15 |",
    ):
        assert line in card, line
    assert train == facts.data["train"]["blake2b"]


def test_without_a_run_the_card_tells_the_rest(write):
    headings = re.findall(r"^## (.*)$", write(), re.MULTILINE)
    assert headings == ["Labels", "Limits", "How to ask it", "Versions"]


def test_a_run_without_report_says_so(facts, write):
    card = write(RunFacts(config=facts.config, data=facts.data))
    assert "there is no report" in card


def test_a_run_of_one_part_has_one_row_of_results(facts, write):
    report = facts.report | {"split": "validation"}
    card = write(RunFacts(config=facts.config, data=facts.data, report=report))
    assert card.count("| validation |") == 2  # texts, and results
    assert "on the validation part" in card


def test_labels_on_several_lines_or_with_markup_do_not_break_the_page(write):
    assert "a\\|b, c\n" in write()


def test_many_labels_are_cut():
    names = [f"c{number}" for number in range(150)]
    given = {"endpoints": [], "max_length": 8, "versions": {}}
    card = model_card("m", ClassAnswer(names), ["a"], **given)
    assert "c99, and 50 more\n" in card


def test_flags_name_what_differs_from_the_defaults(facts):
    assert shlex.split(training_flags(facts.config)) == [
        "--train_file=my reviews.csv", "--test_file=t.csv", "--model=lstm",
        "--vocabulary_size=120", "--max_length=16", "--inference_length=64", "--epochs=3",
    ]  # fmt: skip
    assert training_flags(resolve_defaults(RunConfig(dataset="docstrings", num_classes=3))) == (
        "--dataset=docstrings"
    )
    assert "--bidirectional" in training_flags(RunConfig(model="lstm", bidirectional=True))


def test_curl_lines_ask_every_endpoint_that_there_is():
    lines = curl_lines("my film", ["serving_default", "tokenize", "classify"]).splitlines()
    asked = [shlex.split(line) for line in lines]
    assert [line[-1] for line in asked] == [
        f"localhost:8501/v1/models/my%20film{method}"
        for method in (":predict", ":predict", ":classify", "")
    ]
    bodies = [json.loads(line[2]) for line in asked[:-1]]
    assert bodies == [
        {"instances": ["a text"]},
        {"signature_name": "tokenize", "instances": ["a text"]},
        {"signature_name": "classify", "examples": [{"text": "a text"}]},
    ]


def test_the_grpc_example_is_python_with_the_names_of_the_model(version):
    example = grpc_client('my "film"')
    constants = {n.value for n in ast.walk(ast.parse(example)) if isinstance(n, ast.Constant)}
    signature = ServedClassifier(version).signatures["serving_default"]
    assert {'my "film"', "text", "label", "score"} <= constants
    assert {"label", "score"} <= set(signature.structured_outputs)


def test_the_files_stand_beside_the_model(version):
    card = (version / "assets.extra" / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert card.startswith("# film\n")
    assert "负面, neutral, positive" in card
    assert f"| keras\\_pe | {__version__} |" in card


def test_signature_json_is_what_the_model_takes_and_gives(version):
    text = (version / "assets.extra" / "signature.json").read_text(encoding="utf-8")
    described = json.loads(text)
    signatures = ServedClassifier(version).signatures
    assert set(described) == set(signatures)
    assert described["classify"]["method"] == "classify"
    for name, signature in signatures.items():
        inputs, outputs = described[name]["inputs"], described[name]["outputs"]
        specs = signature.structured_input_signature[1]
        for given, actual in ((inputs, specs), (outputs, signature.structured_outputs)):
            assert set(given) == set(actual)
            for key, tensor in given.items():
                assert tf.as_dtype(tensor["dtype"]) == actual[key].dtype
                sizes = [None if isinstance(size, str) else size for size in tensor["shape"]]
                assert sizes == actual[key].shape.as_list()
    assert described["tokens"]["inputs"]["token_ids"]["shape"] == ["B", "T"]
    assert described["serving_default"]["outputs"]["scores"]["shape"] == ["B", 3]
