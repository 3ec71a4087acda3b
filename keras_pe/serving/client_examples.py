"""Ready lines that ask a served model: curl, and Python over gRPC."""

import json
import shlex
from collections.abc import Collection, Sequence
from urllib.parse import quote

EXAMPLE = {"text": "a text", "second_text": "another text"}


def curl_lines(
    model_name: str, endpoints: Collection[str], inputs: Sequence[str] = ("text",)
) -> str:
    """Returns shell lines that ask the endpoints of a model on this machine, a line each.

    Args:
        model_name: name of the served model.
        endpoints: names of the endpoints that the model has.
        inputs: names of the texts that it takes.

    Example:
        >>> print(curl_lines("news", ["serving_default"]).splitlines()[0])
        curl -d '{"instances": ["a text"]}' localhost:8501/v1/models/news:predict
    """
    model = f"localhost:8501/v1/models/{quote(model_name)}"
    example = {name: EXAMPLE[name] for name in inputs}
    # REST takes the only input without its name.
    instance = example if len(inputs) > 1 else example["text"]
    lines = [_curl(f"{model}:predict", {"instances": [instance]})]
    for name in ("tokenize", "embed"):
        if name in endpoints:
            body = {"signature_name": name, "instances": [instance]}
            lines.append(_curl(f"{model}:predict", body))
    for name in ("classify", "regress"):
        if name in endpoints:
            body = {"signature_name": name, "examples": [example]}
            lines.append(_curl(f"{model}:{name}", body))
    return "\n".join([*lines, f"curl {shlex.quote(model)}"])


def _curl(url: str, body: dict) -> str:
    return f"curl -d {shlex.quote(json.dumps(body))} {shlex.quote(url)}"


def grpc_client(
    model_name: str,
    outputs: Sequence[str],
    printed: str,
    inputs: Sequence[str] = ("text",),
) -> str:
    """Returns a Python program that asks a model on this machine over gRPC.

    Args:
        model_name: name of the served model.
        outputs: names of the outputs that it asks for.
        printed: lines of the program that print them.
        inputs: names of the texts that it takes.
    """
    asked = "\n".join(
        f'request.inputs["{name}"].CopyFrom(tf.make_tensor_proto([{json.dumps(EXAMPLE[name])}]))'
        for name in inputs
    )
    return f"""\
# pip install tensorflow-serving-api
import grpc
import tensorflow as tf
from tensorflow_serving.apis import predict_pb2, prediction_service_pb2_grpc

channel = grpc.insecure_channel("localhost:8500")
stub = prediction_service_pb2_grpc.PredictionServiceStub(channel)
request = predict_pb2.PredictRequest()
request.model_spec.name = {json.dumps(model_name)}
{asked}
request.output_filter.extend({json.dumps(list(outputs))})
outputs = stub.Predict(request, timeout=5).outputs
{printed}
"""
