"""Our messages are those of tensorflow_serving, field for field."""

import numpy as np
import pytest
import tensorflow as tf
from google.protobuf import wrappers_pb2
from tensorflow.core.framework import tensor_pb2, tensor_shape_pb2
from tensorflow_serving.apis import model_pb2, predict_pb2

from keras_pe.client.messages import FIELDS, PredictRequest, PredictResponse
from keras_pe.client.tensors import array_of, fill_text_tensor

THEIRS = {
    "Dim": tensor_shape_pb2.TensorShapeProto.Dim,
    "TensorShapeProto": tensor_shape_pb2.TensorShapeProto,
    "TensorProto": tensor_pb2.TensorProto,
    "NamedTensor": predict_pb2.PredictRequest.InputsEntry,
    "Int64Value": wrappers_pb2.Int64Value,
    "ModelSpec": model_pb2.ModelSpec,
    "PredictRequest": predict_pb2.PredictRequest,
    "PredictResponse": predict_pb2.PredictResponse,
}
ENUM = tensor_pb2.TensorProto.DESCRIPTOR.fields_by_name["dtype"].type


def test_every_field_has_the_number_and_the_type_of_theirs():
    assert set(THEIRS) == set(FIELDS)
    for name, fields in FIELDS.items():
        theirs = THEIRS[name].DESCRIPTOR.fields_by_name
        ours = PredictRequest.DESCRIPTOR.file.message_types_by_name[name].fields_by_name
        for field, (number, kind, _) in fields.items():
            assert number == theirs[field].number
            assert ours[field].is_repeated == theirs[field].is_repeated
            if isinstance(kind, int) and theirs[field].type != ENUM:
                assert kind == theirs[field].type


def test_they_read_the_request_that_we_write():
    request = PredictRequest(output_filter=["scores"])
    request.model_spec.name = "电影"
    request.model_spec.version.value = 3
    fill_text_tensor(request.inputs.add(key="text").value, [b"good", b"\xff", b""])
    theirs = predict_pb2.PredictRequest.FromString(request.SerializeToString())
    assert (theirs.model_spec.name, theirs.model_spec.version.value) == ("电影", 3)
    assert list(theirs.output_filter) == ["scores"]
    assert tf.make_ndarray(theirs.inputs["text"]).tolist() == [b"good", b"\xff", b""]


@pytest.mark.parametrize("as_content", [False, True], ids=["fields", "content"])
def test_we_read_the_answer_that_they_write(as_content):
    scores = np.array([[0.1, 0.9], [0.25, 0.75]], np.float32)
    proto = tf.make_tensor_proto(scores)  # as one block of bytes
    if not as_content:
        proto.ClearField("tensor_content")
        proto.float_val.extend(scores.reshape(-1))
    theirs = predict_pb2.PredictResponse()
    theirs.model_spec.version.value = 12
    theirs.outputs["scores"].CopyFrom(proto)
    theirs.outputs["labels"].CopyFrom(tf.make_tensor_proto([[b"x", b"y"]]))
    ours = PredictResponse.FromString(theirs.SerializeToString())
    found = {named.key: array_of(named.value) for named in ours.outputs}
    assert ours.model_spec.version.value == 12
    np.testing.assert_array_equal(found["scores"], scores)
    assert found["labels"].tolist() == [[b"x", b"y"]]


@pytest.mark.parametrize(
    ("proto", "received"),
    [
        (tf.make_tensor_proto([1, 2], tf.int64), "dtype=9, shape=\\[2\\], 0 values"),
        (tensor_pb2.TensorProto(dtype=1, float_val=[1.0, 2.0]), "dtype=1, shape=\\[\\], 2 values"),
    ],
    ids=["type", "shape"],
)
def test_other_tensors_are_refused(proto, received):
    theirs = predict_pb2.PredictResponse()
    theirs.outputs["scores"].CopyFrom(proto)
    (named,) = PredictResponse.FromString(theirs.SerializeToString()).outputs
    with pytest.raises(ValueError, match=f"float32 or string.*Received: {received}"):
        array_of(named.value)
