"""Exports that answer with sets of labels and with numbers."""

import json
import re

import keras
import numpy as np
import pytest
import tensorflow as tf

from keras_pe.client.remote_classifier import RemoteClassifier
from keras_pe.config import ServerConfig
from keras_pe.serving.answers import build_answer
from keras_pe.serving.client_examples import curl_lines
from keras_pe.serving.parity import check_parity
from keras_pe.serving.saved_model import write_saved_model
from keras_pe.serving.served import ServedClassifier
from tests.serving.c_api.libtensorflow import LibTensorFlow
from tests.serving.c_api.loaded_model import LoadedModel
from tests.serving.loopback.server import LoopbackServer
from tests.serving.test_printed_examples import curl
from tests.serving.test_warm_up import records

TEXTS = ["a good film!", "bad", "", "好电影 中文"]
NAMES = ("负面", "positive", "long")
THRESHOLDS = np.array([0.5, 0.4, 0.6])


# A seed of its own: a layer draws one as soon as it is made, from what came before it.
WIDE = keras.initializers.RandomNormal(stddev=1.0, seed=1)


def build(*head):
    inputs = keras.Input((None,), dtype="int32", name="token_ids")
    outputs = keras.layers.Embedding(18, 8, WIDE)(inputs)
    for layer in (keras.layers.GlobalMaxPooling1D(), *head):
        outputs = layer(outputs)
    return keras.Model(inputs, outputs)


@pytest.fixture(scope="module")
def models():
    return {
        "multi_label": build(keras.layers.Dense(3, "sigmoid", kernel_initializer=WIDE)),
        "regression": build(
            keras.layers.Dense(1, kernel_initializer=WIDE), keras.layers.Rescaling(250.0, 1_000.0)
        ),
    }


@pytest.fixture(scope="module")
def versions(models, tokenizer, tmp_path_factory):
    folder = tmp_path_factory.mktemp("other")
    known = {"multi_label": (NAMES, THRESHOLDS), "regression": ((), None)}
    return {
        kind: write_saved_model(
            models[kind], tokenizer, names, folder / kind, max_length=16, problem_type=kind,
            thresholds=thresholds, check_texts=TEXTS,
        )
        for kind, (names, thresholds) in known.items()
    }  # fmt: skip


def keras_scores(model, tokenizer, texts):
    # Together, as they are served: the maximum that is pooled is also one over the padding.
    return model(tokenizer.pad(tokenizer.encode(tf.constant(texts), 16))).numpy()


def test_labels_are_given_from_their_thresholds_on(versions, models, tokenizer):
    served = ServedClassifier(versions["multi_label"])
    answer = served.signatures["serving_default"](text=tf.constant(TEXTS))
    assert sorted(answer) == ["label", "labels", "positive", "score", "scores", "thresholds"]
    expected = keras_scores(models["multi_label"], tokenizer, TEXTS)
    np.testing.assert_allclose(answer["scores"], expected, atol=1e-5)
    np.testing.assert_array_equal(answer["positive"], expected >= THRESHOLDS)
    np.testing.assert_allclose(answer["thresholds"], [THRESHOLDS] * 4)
    decisions, _ = served.predict(TEXTS)
    assert decisions == served.predictions.decide(answer["scores"].numpy())
    assert len({*map(len, decisions)}) > 1, "some texts should have more labels than others"


def test_numbers_are_answered_in_their_units(versions, models, tokenizer):
    served = ServedClassifier(versions["regression"])
    answer = served.signatures["serving_default"](text=tf.constant(TEXTS))
    assert list(answer) == ["value"]
    assert answer["value"].dtype == tf.float32
    expected = keras_scores(models["regression"], tokenizer, TEXTS)[:, 0]
    np.testing.assert_allclose(answer["value"], expected, rtol=1e-5)
    decisions, scores = served.predict(TEXTS)
    np.testing.assert_allclose(decisions, expected, rtol=1e-5)
    assert scores.shape == (4, 1)


def test_regress_answers_examples_in_the_form_that_the_server_wants(versions):
    path = versions["regression"]
    served = ServedClassifier(path)
    assert "classify" not in served.signatures
    text = tf.train.Feature(bytes_list=tf.train.BytesList(value=[b"a good film!"]))
    example = tf.train.Example(features=tf.train.Features(feature={"text": text}))
    given = tf.constant([example.SerializeToString()])
    answer = served.signatures["regress"](inputs=given)
    assert list(answer) == ["outputs"]
    assert (answer["outputs"].dtype, answer["outputs"].shape) == (tf.float32, [1])
    expected = served.signatures["serving_default"](text=tf.constant(["a good film!"]))["value"]
    np.testing.assert_array_equal(answer["outputs"], expected)
    graph = tf.saved_model.load(str(path))
    assert graph.signatures["regress"].structured_outputs.keys() == {"outputs"}
    signature = json.loads((path / "assets.extra" / "signature.json").read_text("utf-8"))
    assert signature["regress"]["method"] == "regress"
    assert signature["regress"]["outputs"]["outputs"]["shape"] == ["B"]
    assert ":regress" in curl_lines("m", served.signatures)


def test_the_warm_up_asks_regress_by_its_own_request(versions):
    kinds = {
        kind: {
            record[0] >> 3 for record in records(path / "assets.extra/tf_serving_warmup_requests")
        }
        for kind, path in versions.items()
    }
    # prediction_log.proto: classify_log = 2, regress_log = 3, predict_log = 6.
    assert kinds == {"multi_label": {2, 6}, "regression": {3, 6}}


def test_card_and_description_tell_of_thresholds_and_of_numbers(versions):
    cards = {k: (v / "assets.extra/MODEL_CARD.md").read_text("utf-8") for k, v in versions.items()}
    assert "any number of 3 labels out" in cards["multi_label"]
    assert "| positive | 0.4 |" in cards["multi_label"]
    assert "Text in, a number out" in cards["regression"]
    assert "## Labels" not in cards["regression"]
    assert 'print(list(outputs["value"].float_val))' in cards["regression"]
    for card in cards.values():
        (program,) = re.findall(r"```python\n(.*?)```", card, re.DOTALL)
        compile(program, "card", "exec")
    told = json.loads((versions["multi_label"] / "assets.extra/keras_pe.json").read_text("utf-8"))
    assert told["problem_type"] == "multi_label"
    np.testing.assert_allclose(told["thresholds"], THRESHOLDS, rtol=1e-6)


@pytest.mark.parametrize("kind", ["multi_label", "regression"])
def test_another_model_is_told_from_the_exported_one(kind, versions, models, tokenizer):
    served, model = ServedClassifier(versions[kind]), models[kind]
    other = keras.models.clone_model(model)
    other.set_weights([1.001 * weight for weight in model.get_weights()])
    with pytest.raises(ValueError, match="must score as the Keras model does"):
        check_parity(served, other, tokenizer, TEXTS, max_length=16, answer=served.answer)


def test_a_label_that_keras_would_not_give_is_told(versions, models, tokenizer):
    served, model = ServedClassifier(versions["multi_label"]), models["multi_label"]
    (scores,) = keras_scores(model, tokenizer, TEXTS[:1])
    flipped = np.where(scores >= THRESHOLDS, np.minimum(scores + 0.01, 0.999), scores - 0.01)
    answer = build_answer("multi_label", NAMES, flipped)
    with pytest.raises(ValueError, match=r"labels=\(.*\), Keras disagrees on"):
        check_parity(served, model, tokenizer, TEXTS[:1], max_length=16, answer=answer)


@pytest.mark.parametrize(
    ("kind", "names", "thresholds", "message"),
    [
        ("multi_label", NAMES, None, "`thresholds` must have one entry per label"),
        ("multi_label", NAMES, [0.5], "`thresholds` must have one entry per label"),
        ("multi", NAMES, None, "`problem_type` must be one of: single_label, multi_label, regress"),
    ],
)
def test_what_does_not_fit_is_refused(kind, names, thresholds, message):
    with pytest.raises(ValueError, match=message):
        build_answer(kind, names, thresholds)


@pytest.fixture(scope="module")
def server(versions, packages):
    library = LibTensorFlow(packages)
    models = {kind: {1: LoadedModel(library, version)} for kind, version in versions.items()}
    with LoopbackServer(models) as running:
        yield running


@pytest.mark.parametrize("port", ["grpc", "rest"])
@pytest.mark.parametrize("kind", ["multi_label", "regression"])
def test_a_server_answers_as_the_saved_model_does(kind, port, server, versions):
    config = ServerConfig(server=getattr(server, port), model_name=kind)
    remote, served = RemoteClassifier(config), ServedClassifier(versions[kind])
    assert remote.label_names == served.label_names
    (decisions, scores), (expected, expected_scores) = (c.predict(TEXTS) for c in (remote, served))
    np.testing.assert_allclose(scores, expected_scores, rtol=1e-6, atol=1e-6)
    if kind == "multi_label":
        assert decisions == expected


@pytest.mark.parametrize("kind", ["multi_label", "regression"])
def test_every_line_of_curl_in_the_card_is_answered(kind, server, versions):
    card = (versions[kind] / "assets.extra" / "MODEL_CARD.md").read_text(encoding="utf-8")
    lines = re.findall(r"^curl .*$", card, re.MULTILINE)
    assert len(lines) == 5
    for line in lines:
        answer = curl(line.replace("localhost:8501", server.rest.removeprefix("http://")))
        assert next(iter(answer)) in ("predictions", "results", "model_version_status")
