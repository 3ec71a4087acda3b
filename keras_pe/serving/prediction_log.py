"""Requests in the form in which TensorFlow Serving logs them, and reads them to warm up.

The messages are those of tensorflow_serving/apis; `tensorflow-serving-api` has them too, but
consists of little else. Every field used is a message, a string or bytes, so that all are written
alike: <https://protobuf.dev/programming-guides/encoding/>.
"""

from collections.abc import Mapping, Sequence

import tensorflow as tf

# prediction_log.proto
_CLASSIFY_LOG, _REGRESS_LOG, _PREDICT_LOG, _REQUEST = 2, 3, 6, 1
# predict.proto, classification.proto, regression.proto, model.proto, input.proto
_MODEL_SPEC, _INPUTS, _OUTPUT_FILTER, _NAME, _SIGNATURE_NAME = 1, 2, 3, 1, 3
_INPUT, _EXAMPLE_LIST, _EXAMPLES = 2, 1, 1
# A map is a list of messages with a key and a value.
_KEY, _VALUE = 1, 2


def predict_log(
    model_name: str,
    signature: str,
    inputs: Mapping[str, tf.Tensor],
    outputs: Sequence[str] = (),
) -> bytes:
    """Returns a serialized PredictionLog with one PredictRequest.

    Args:
        model_name: name of the served model.
        signature: name of the endpoint.
        inputs: tensors by name.
        outputs: the outputs to ask for; none are all.
    """
    request = _model_spec(model_name, signature)
    for name, tensor in inputs.items():
        value = tf.make_tensor_proto(tensor.numpy(), tensor.dtype).SerializeToString()
        request += _field(_INPUTS, _field(_KEY, name.encode()) + _field(_VALUE, value))
    for name in outputs:
        request += _field(_OUTPUT_FILTER, name.encode())
    return _field(_PREDICT_LOG, _field(_REQUEST, request))


def classify_log(model_name: str, signature: str, examples: Sequence[bytes]) -> bytes:
    """Returns a serialized PredictionLog with one ClassificationRequest.

    Args:
        model_name: name of the served model.
        signature: name of the endpoint.
        examples: serialized `tf.train.Example`s.
    """
    return _field(_CLASSIFY_LOG, _example_request(model_name, signature, examples))


def regress_log(model_name: str, signature: str, examples: Sequence[bytes]) -> bytes:
    """Returns a serialized PredictionLog with one RegressionRequest; arguments as above."""
    return _field(_REGRESS_LOG, _example_request(model_name, signature, examples))


def _example_request(model_name: str, signature: str, examples: Sequence[bytes]) -> bytes:
    listed = b"".join(_field(_EXAMPLES, example) for example in examples)
    request = _model_spec(model_name, signature) + _field(_INPUT, _field(_EXAMPLE_LIST, listed))
    return _field(_REQUEST, request)


def _model_spec(model_name: str, signature: str) -> bytes:
    spec = _field(_NAME, model_name.encode()) + _field(_SIGNATURE_NAME, signature.encode())
    return _field(_MODEL_SPEC, spec)


def _field(number: int, content: bytes) -> bytes:
    length_delimited = 2
    return _varint(number << 3 | length_delimited) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    """Writes seven bits a byte, the lowest first; all bytes but the last have their top bit set."""
    low, rest = value & 127, value >> 7
    return bytes([low | 128]) + _varint(rest) if rest else bytes([low])
