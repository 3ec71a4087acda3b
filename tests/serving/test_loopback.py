"""The stand-in answers and refuses as the server's source says; real stubs, real sockets."""

import base64
import json
import urllib.error
import urllib.request

import grpc
import pytest
import tensorflow as tf
from tensorflow.core.framework import types_pb2
from tensorflow_serving.apis import (
    classification_pb2,
    get_model_metadata_pb2,
    get_model_status_pb2,
    inference_pb2,
    model_service_pb2_grpc,
    predict_pb2,
    prediction_service_pb2_grpc,
)

from keras_pe.serving.served import ServedClassifier
from tests.serving.c_api.libtensorflow import LibTensorFlow
from tests.serving.c_api.loaded_model import LoadedModel
from tests.serving.loopback.server import LoopbackServer

TEXTS = ["a good film!", "", "好电影"]


@pytest.fixture(scope="module")
def server(version, packages):
    model = LoadedModel(LibTensorFlow(packages), version)
    with LoopbackServer({"film": {1: model, 2: model}}, {"film": {"stable": 1}}) as running:
        yield running


@pytest.fixture(scope="module")
def channel(server):
    with grpc.insecure_channel(server.grpc) as opened:
        yield opened


@pytest.fixture
def prediction(channel):
    return prediction_service_pb2_grpc.PredictionServiceStub(channel)


@pytest.fixture(scope="module")
def expected(version):
    return ServedClassifier(version).predict(TEXTS)


def ask(server, path, body=None):
    """Returns status and content of a POST, or without a body, of a GET."""
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(f"{server.rest}/v1/models/{path}", data, timeout=30) as answer:
            assert answer.headers["Content-Type"] == "application/json"
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def predict_request(**inputs):
    request = predict_pb2.PredictRequest()
    request.model_spec.name = "film"
    for name, value in inputs.items():
        request.inputs[name].CopyFrom(tf.make_tensor_proto(value))
    return request


def test_predict_gives_all_outputs_or_those_named(prediction, expected):
    request = predict_request(text=TEXTS)
    outputs = prediction.Predict(request, timeout=30).outputs
    assert set(outputs) == {"label", "score", "labels", "scores"}
    assert [name.decode() for name in outputs["label"].string_val] == expected[0]
    assert tf.make_ndarray(outputs["scores"]) == pytest.approx(expected[1], abs=1e-6)
    request.output_filter.append("score")
    answer = prediction.Predict(request, timeout=30)
    assert set(answer.outputs) == {"score"}
    assert answer.model_spec.version.value == 2  # the highest
    assert answer.model_spec.signature_name == "serving_default"


def test_token_ids_go_in_as_numbers(prediction, expected):
    request = predict_request(text=TEXTS)
    request.model_spec.signature_name = "tokenize"
    ids = prediction.Predict(request, timeout=30).outputs["token_ids"]
    request = predict_request(token_ids=tf.make_ndarray(ids))
    request.model_spec.signature_name = "tokens"
    scores = prediction.Predict(request, timeout=30).outputs["scores"]
    assert tf.make_ndarray(scores) == pytest.approx(expected[1], abs=1e-6)


def test_classify_takes_examples(prediction, expected):
    request = classification_pb2.ClassificationRequest()
    request.model_spec.name, request.model_spec.signature_name = "film", "classify"
    for text in TEXTS:
        example = request.input.example_list.examples.add()
        example.features.feature["text"].bytes_list.value.append(text.encode())
    found = prediction.Classify(request, timeout=30).result.classifications
    assert [[c.score for c in row.classes] for row in found] == [
        pytest.approx(row, abs=1e-6) for row in expected[1]
    ]
    assert [c.label for c in found[0].classes] == ["负面", "neutral", "positive"]


def test_metadata_describes_the_signatures(prediction, version):
    request = get_model_metadata_pb2.GetModelMetadataRequest(metadata_field=["signature_def"])
    request.model_spec.name = "film"
    answer = prediction.GetModelMetadata(request, timeout=30)
    described = get_model_metadata_pb2.SignatureDefMap()
    assert answer.metadata["signature_def"].Unpack(described)
    assert set(described.signature_def) == set(ServedClassifier(version).signatures)
    text = described.signature_def["serving_default"].inputs["text"]
    assert (text.dtype, [dim.size for dim in text.tensor_shape.dim]) == (types_pb2.DT_STRING, [-1])
    assert described.signature_def["classify"].method_name == "tensorflow/serving/classify"


def test_status_tells_the_state_of_each_version(channel, server):
    request = get_model_status_pb2.GetModelStatusRequest()
    request.model_spec.name = "film"
    stub = model_service_pb2_grpc.ModelServiceStub(channel)
    states = {s.version: s.state for s in stub.GetModelStatus(request).model_version_status}
    assert states == dict.fromkeys((1, 2), get_model_status_pb2.ModelVersionStatus.AVAILABLE)
    status, content = ask(server, "film/versions/1")
    assert status == 200
    assert content["model_version_status"] == [
        {"version": "1", "state": "AVAILABLE", "status": {"error_code": "OK", "error_message": ""}}
    ]


@pytest.mark.parametrize("path", ["film", "film/versions/1", "film/labels/stable"])
def test_rows_of_rest_are_objects_with_all_outputs(path, server, expected):
    status, content = ask(server, f"{path}:predict", {"instances": TEXTS})
    assert status == 200
    rows = content["predictions"]
    assert [row["label"] for row in rows] == expected[0]
    assert [row["scores"] for row in rows] == [pytest.approx(r, abs=1e-6) for r in expected[1]]
    assert rows[0]["labels"] == ["负面", "neutral", "positive"]


def test_a_column_is_an_output_of_all_rows(server, expected):
    for inputs in ({"text": TEXTS}, TEXTS):
        _, content = ask(server, "film:predict", {"inputs": inputs})
        assert content["outputs"]["label"] == expected[0]


def test_one_output_stands_without_its_name(server):
    body = {"signature_name": "embed", "instances": [{"text": "好"}, {"text": ""}]}
    _, content = ask(server, "film:predict", body)
    assert [len(row) for row in content["predictions"]] == [8, 8]


def test_bytes_are_sent_in_base64(server):
    encoded = {"b64": base64.b64encode("好电影".encode()).decode()}
    _, content = ask(server, "film:predict", {"instances": [encoded, {"b64": "//8="}, "好电影"]})
    first, _, last = content["predictions"]
    assert first == last


def test_rest_classify_gives_pairs(server, expected):
    body = {"signature_name": "classify", "examples": [{"text": text} for text in TEXTS]}
    _, content = ask(server, "film:classify", body)
    assert [[label for label, _ in row] for row in content["results"]] == [
        ["负面", "neutral", "positive"]
    ] * 3
    assert [score for _, score in content["results"][0]] == pytest.approx(expected[1][0], abs=1e-6)


REFUSED = [
    ("film:predict", b"{", 400, "JSON Parse error"),
    ("film:predict", b"", 400, "The document is empty"),
    ("film:predict", {}, 400, "Missing 'inputs' or 'instances' key"),
    ("film:predict", {"instances": []}, 400, "No values in 'instances' array"),
    ("film:predict", {"instances": "a"}, 400, "to be an list"),
    ("film:predict", {"instances": [1]}, 400, "is not of expected type: string"),
    ("film:predict", {"instances": [["a"]]}, 400, "does not fit [-1]"),
    ("film:predict", {"instances": [{"b64": "?"}]}, 400, "Unable to base64 decode"),
    ("film:predict", {"instances": [{"txt": "a"}]}, 400, "keys must be equal to: text"),
    ("film:predict", {"inputs": {"txt": ["a"]}}, 400, "Missing named input: text"),
    ("film:predict", {"signature_name": "x", "instances": ["a"]}, 400, '"x" not found in sig'),
    ("film:classify", {"examples": [{"text": "a"}]}, 400, "classification"),
    ("film:explain", {"instances": ["a"]}, 400, "Malformed request: POST"),
    ("flim:predict", {"instances": ["a"]}, 404, "not found for request: Latest(flim)"),
    ("film/versions/9:predict", {"instances": ["a"]}, 404, "Specific(film, 9)"),
    ("film/labels/canary:predict", {"instances": ["a"]}, 400, "version label: canary"),
    ("flim", None, 404, "Could not find any versions of model flim"),
]


@pytest.mark.parametrize(("path", "body", "code", "words"), REFUSED)
def test_rest_refuses_with_an_error_in_json(path, body, code, words, server):
    status, content = ask(server, path, body)
    assert status == code
    assert list(content) == ["error"]
    assert words in content["error"]


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"text": [1]}, "INVALID_ARGUMENT", "to be string but int32 is provided"),
        ({"txt": ["a"]}, "INVALID_ARGUMENT", "alias not found in signature: txt"),
        ({}, "INVALID_ARGUMENT", "Missing but required: {text}"),
        ({"text": ["a"], "more": [1]}, "INVALID_ARGUMENT", "Sent extra: {more}"),
    ],
)
def test_grpc_refuses_with_a_status(change, code, words, prediction):
    with pytest.raises(grpc.RpcError) as error:
        prediction.Predict(predict_request(**change), timeout=30)
    assert error.value.code().name == code
    assert words in error.value.details()


def test_what_the_stand_in_lacks_it_says(prediction):
    with pytest.raises(grpc.RpcError, match="not part of this stand-in"):
        prediction.MultiInference(inference_pb2.MultiInferenceRequest(), timeout=30)
