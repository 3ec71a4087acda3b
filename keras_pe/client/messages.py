"""The messages of TensorFlow Serving's Predict, as far as a client of texts needs them.

`tensorflow-serving-api` has all of them, but imports TensorFlow, which takes seconds and about a
gigabyte of disk. So their fields are written down here, with the numbers of predict.proto,
model.proto, tensor.proto and tensor_shape.proto, which cannot change. A pool of their own lets both
live in one process. A map is, on the wire, a list of messages with a key and a value.
"""

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

_Field = descriptor_pb2.FieldDescriptorProto
_BYTES, _FLOAT, _INT32 = _Field.TYPE_BYTES, _Field.TYPE_FLOAT, _Field.TYPE_INT32
_INT64, _STRING = _Field.TYPE_INT64, _Field.TYPE_STRING
_ONE, _MANY = _Field.LABEL_OPTIONAL, _Field.LABEL_REPEATED
_PACKAGE = "keras_pe.client"

# Message -> field -> number, type, how many. A type that is a str is another message.
FIELDS = {
    "Dim": {"size": (1, _INT64, _ONE)},
    "TensorShapeProto": {"dim": (2, "Dim", _MANY)},
    "TensorProto": {
        "dtype": (1, _INT32, _ONE),
        "tensor_shape": (2, "TensorShapeProto", _ONE),
        "tensor_content": (4, _BYTES, _ONE),
        "float_val": (5, _FLOAT, _MANY),
        "string_val": (8, _BYTES, _MANY),
    },
    "NamedTensor": {"key": (1, _STRING, _ONE), "value": (2, "TensorProto", _ONE)},
    "Int64Value": {"value": (1, _INT64, _ONE)},
    "ModelSpec": {
        "name": (1, _STRING, _ONE),
        "version": (2, "Int64Value", _ONE),
        "version_label": (4, _STRING, _ONE),
    },
    "PredictRequest": {
        "model_spec": (1, "ModelSpec", _ONE),
        "inputs": (2, "NamedTensor", _MANY),
        "output_filter": (3, _STRING, _MANY),
    },
    "PredictResponse": {
        "outputs": (1, "NamedTensor", _MANY),
        "model_spec": (2, "ModelSpec", _ONE),
    },
}


def _file() -> descriptor_pb2.FileDescriptorProto:
    file = descriptor_pb2.FileDescriptorProto(
        name="keras_pe/client.proto", package=_PACKAGE, syntax="proto3"
    )
    for name, fields in FIELDS.items():
        message = file.message_type.add(name=name)
        for field, (number, kind, label) in fields.items():
            described = message.field.add(name=field, number=number, label=label)
            if isinstance(kind, str):
                described.type, described.type_name = _Field.TYPE_MESSAGE, f".{_PACKAGE}.{kind}"
            else:
                described.type = kind
    return file


_pool = descriptor_pool.DescriptorPool()
_pool.Add(_file())


def _class(name: str) -> type:
    return message_factory.GetMessageClass(_pool.FindMessageTypeByName(f"{_PACKAGE}.{name}"))


PredictRequest = _class("PredictRequest")
PredictResponse = _class("PredictResponse")
