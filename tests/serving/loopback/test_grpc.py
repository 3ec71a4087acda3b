"""Real stubs and messages over gRPC; what is refused, the server's source refuses so."""

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


@pytest.fixture(scope="module")
def channel(server):
    with grpc.insecure_channel(server.grpc) as opened:
        yield opened


@pytest.fixture
def prediction(channel):
    return prediction_service_pb2_grpc.PredictionServiceStub(channel)


def predict_request(**inputs):
    request = predict_pb2.PredictRequest()
    request.model_spec.name = "film"
    for name, value in inputs.items():
        request.inputs[name].CopyFrom(tf.make_tensor_proto(value))
    return request


def test_predict_gives_all_outputs_or_those_named(prediction, expected, texts):
    request = predict_request(text=texts)
    outputs = prediction.Predict(request, timeout=30).outputs
    assert set(outputs) == {"label", "score", "labels", "scores"}
    assert [name.decode() for name in outputs["label"].string_val] == expected[0]
    assert tf.make_ndarray(outputs["scores"]) == pytest.approx(expected[1], abs=1e-6)
    request.output_filter.append("score")
    answer = prediction.Predict(request, timeout=30)
    assert set(answer.outputs) == {"score"}
    assert answer.model_spec.version.value == 2  # the highest
    assert answer.model_spec.signature_name == "serving_default"


def test_token_ids_go_in_as_numbers(prediction, expected, texts):
    request = predict_request(text=texts)
    request.model_spec.signature_name = "tokenize"
    ids = prediction.Predict(request, timeout=30).outputs["token_ids"]
    request = predict_request(token_ids=tf.make_ndarray(ids))
    request.model_spec.signature_name = "tokens"
    scores = prediction.Predict(request, timeout=30).outputs["scores"]
    assert tf.make_ndarray(scores) == pytest.approx(expected[1], abs=1e-6)


def test_classify_takes_examples(prediction, expected, texts):
    request = classification_pb2.ClassificationRequest()
    request.model_spec.name, request.model_spec.signature_name = "film", "classify"
    for text in texts:
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


def test_status_tells_the_state_of_each_version(channel):
    request = get_model_status_pb2.GetModelStatusRequest()
    request.model_spec.name = "film"
    stub = model_service_pb2_grpc.ModelServiceStub(channel)
    states = {s.version: s.state for s in stub.GetModelStatus(request).model_version_status}
    assert states == dict.fromkeys((1, 2), get_model_status_pb2.ModelVersionStatus.AVAILABLE)


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
