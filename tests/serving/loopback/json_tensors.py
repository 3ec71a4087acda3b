"""JSON to requests and answers to JSON (json_tensor.cc)."""

import base64
import binascii
import json

import numpy as np
import tensorflow as tf
from tensorflow.core.framework import tensor_pb2, types_pb2
from tensorflow_serving.apis import predict_pb2

from tests.serving.loopback.status import invalid
from tests.serving.loopback.tensor_protos import VALUES

KINDS = {"string_val": str, "float_val": (int, float), "double_val": (int, float), "bool_val": bool}


def parse(body):
    if not body:
        raise invalid("JSON Parse error: The document is empty")
    try:
        content = json.loads(body)
    except ValueError as error:
        raise invalid(f"JSON Parse error: Invalid value. at offset: {error.pos}") from None
    if not isinstance(content, dict):
        raise invalid(f"JSON Value: {json.dumps(content)} Is not object")
    if not isinstance(content.get("signature_name", ""), str):
        raise invalid(
            f"JSON Value: {json.dumps(content)} not formatted correctly. "
            "'signature_name' key must be a string value."
        )
    return content


def predict_request(spec, content, infos):
    """Returns a PredictRequest, and whether it came in rows.

    Args:
        spec: ModelSpec.
        content: parsed body.
        infos: `TensorInfo`s of the inputs by name.
    """
    request = predict_pb2.PredictRequest(model_spec=spec)
    if "instances" in content and "inputs" in content:
        raise invalid(
            f"JSON Value: {json.dumps(content)} Not formatted correctly expecting only one of "
            "'inputs' or 'instances' keys to exist "
        )
    if "instances" not in content and "inputs" not in content:
        raise invalid("Missing 'inputs' or 'instances' key")
    in_rows = "instances" in content
    arrays = _columns(content, infos) if in_rows else _named(content["inputs"], infos)
    for name, value in arrays.items():
        request.inputs[name].CopyFrom(_tensor(value, infos[name].dtype))
    return request, in_rows


def _columns(content, infos):
    rows = content["instances"]
    if not isinstance(rows, list):
        raise invalid(
            f"JSON Value: {json.dumps(content)} Excepting 'instances' to be an list/array"
        )
    if not rows:
        raise invalid(f"JSON Value: {json.dumps(content)} No values in 'instances' array")
    if not _is_object(rows[0]):
        if len(infos) > 1:
            raise invalid(
                "instances is a plain list, but expecting list of objects as multiple "
                "input tensors required as per tensorinfo_map"
            )
        return {next(iter(infos)): rows}
    for place, row in enumerate(rows):
        if not _is_object(row):
            raise invalid(f"Expecting object but got list at item {place} of input list")
        if set(row) != set(infos):
            raise invalid(
                f"Failed to process element: {place} of 'instances' list. JSON object: "
                f"{json.dumps(row)} keys must be equal to: {','.join(sorted(infos))}"
            )
    return {name: [row[name] for row in rows] for name in infos}


def _named(value, infos):
    if not _is_object(value):
        if len(infos) > 1:
            raise invalid(
                "inputs is a plain value/list, but expecting an object as multiple "
                "input tensors required as per tensorinfo_map"
            )
        return {next(iter(infos)): value}
    for name in infos:
        if name not in value:
            raise invalid(f"Missing named input: {name} in 'inputs' object.")
    return {name: value[name] for name in infos}


def _is_object(value):
    return isinstance(value, dict) and set(value) != {"b64"}


def _tensor(value, dtype):
    proto = tensor_pb2.TensorProto(dtype=dtype)
    first = value
    while isinstance(first, list):
        proto.tensor_shape.dim.add(size=len(first))
        first = first[0] if first else None
    sizes = [dim.size for dim in proto.tensor_shape.dim]
    _fill(value, sizes, dtype, getattr(proto, VALUES[dtype]))
    return proto


def _fill(value, sizes, dtype, values):
    if isinstance(value, list) != bool(sizes):
        raise invalid(f"JSON Value: {json.dumps(value)} found at incorrect level in the JSON DOM.")
    if not isinstance(value, list):
        values.append(_decoded(value, dtype))
        return
    if len(value) != sizes[0]:
        raise invalid(f"Encountered list at unexpected size: {len(value)} expected: {sizes[0]}")
    for part in value:
        _fill(part, sizes[1:], dtype, values)


def _decoded(value, dtype):
    if dtype == types_pb2.DT_STRING and isinstance(value, dict):
        try:
            return base64.b64decode(value["b64"], validate=True)
        except (KeyError, TypeError, binascii.Error):
            raise invalid("Unable to base64 decode") from None
    kind = KINDS.get(VALUES[dtype], int)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        name = types_pb2.DataType.Name(dtype)[3:].lower()
        raise invalid(f"JSON Value: {json.dumps(value)} is not of expected type: {name}")
    return value.encode() if isinstance(value, str) else value


def request_of_examples(request, content):
    """Fills and returns a ClassificationRequest or RegressionRequest."""
    if not isinstance(content.get("examples"), list) or not content["examples"]:
        raise invalid(
            f"JSON Value: {json.dumps(content)} When method is classify, key 'examples' is "
            "expected and was not found"
        )
    for row in content["examples"]:
        example = request.input.example_list.examples.add()
        for name, value in row.items():
            text = _decoded(value, types_pb2.DT_STRING)
            example.features.feature[name].bytes_list.value.append(text)
    return request


def predictions(response, in_rows):
    """Returns what the body of the answer holds."""
    arrays = {name: tf.make_ndarray(proto) for name, proto in response.outputs.items()}
    values = {name: _json(name, array) for name, array in sorted(arrays.items())}
    alone = next(iter(values)) if len(values) == 1 else None
    if not in_rows:
        return {"outputs": values[alone] if alone else values}
    rows = {len(array) for array in arrays.values()}
    if len(rows) > 1:
        raise invalid(f"Tensor has inconsistent batch size: {sorted(rows)}")
    listed = [dict(zip(values, row, strict=True)) for row in zip(*values.values(), strict=True)]
    return {"predictions": [row[alone] if alone else row for row in listed]}


def classifications(response):
    found = response.result.classifications
    return {"results": [[[c.label, _float(c.score)] for c in row.classes] for row in found]}


def regressions(response):
    return {"results": [_float(found.value) for found in response.result.regressions]}


def _json(name, values):
    if isinstance(values, np.ndarray):
        floats = values.dtype == np.float32
        # The shortest number that is read as the same float32 again (WriteDecimal).
        values = (
            np.vectorize(_float, otypes=[object])(values).tolist() if floats else values.tolist()
        )
    if isinstance(values, list):
        return [_json(name, value) for value in values]
    if isinstance(values, bytes):
        encoded = {"b64": base64.b64encode(values).decode()}
        return encoded if name.endswith("_bytes") else values.decode("utf-8")
    return values


def _float(value):
    """Returns the shortest number that is read as the same float32 again (WriteDecimal)."""
    return float(str(np.float32(value)))
