"""The REST API (http_rest_api_util.cc, http_rest_api_handler.cc)."""

import contextlib
import http.server
import json
import re
import urllib.parse

from google.protobuf import json_format
from tensorflow_serving.apis import (
    classification_pb2,
    get_model_metadata_pb2,
    get_model_status_pb2,
    model_pb2,
    regression_pb2,
)

from tests.serving.loopback import json_tensors
from tests.serving.loopback.status import HTTP, StatusError, invalid

SPEC = r"/([^/:]+)(?:/versions/(\d+)|/labels/([^/:]+))?"
ASKED = re.compile(f"/v1/models{SPEC}:(classify|regress|predict)", re.IGNORECASE)
LOOKED_AT = re.compile(f"/v1/models{SPEC}(?:/(metadata))?", re.IGNORECASE)


def handler(methods):
    """Returns the class of handlers.

    Args:
        methods: of messages: `predict`, `classify`, `regress`, `metadata`, `status`; and `models`.
    """

    class RestHandler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self._answer(lambda: _post(methods, self.path, body))

        def do_GET(self):
            self._answer(lambda: _get(methods, self.path))

        def _answer(self, find):
            try:
                code, content = 200, find()
            except StatusError as error:
                code, content = HTTP.get(error.code, 500), {"error": str(error)}
            content = json.dumps(content, indent=4).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            with contextlib.suppress(ConnectionError):  # a client that did not wait for it
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, *_):
            pass

    return RestHandler


def _post(methods, path, body):
    match = ASKED.fullmatch(path)
    if not match:
        raise invalid(f"Malformed request: POST {path}")
    spec = _spec(match)
    content = json_tensors.parse(body)
    spec.signature_name = content.get("signature_name", "")
    if match[4].lower() == "classify":
        request = json_tensors.request_of_examples(
            classification_pb2.ClassificationRequest(model_spec=spec), content
        )
        return json_tensors.classifications(methods.classify(request))
    if match[4].lower() == "regress":
        request = json_tensors.request_of_examples(
            regression_pb2.RegressionRequest(model_spec=spec), content
        )
        return json_tensors.regressions(methods.regress(request))
    _, model = methods.models.find(spec)
    name = spec.signature_name or "serving_default"
    if name not in model.signatures:
        raise invalid(f'Serving signature name: "{name}" not found in signature def')
    infos = model.signatures[name].inputs
    request, in_rows = json_tensors.predict_request(spec, content, infos)
    return json_tensors.predictions(methods.predict(request), in_rows)


def _get(methods, path):
    match = LOOKED_AT.fullmatch(path)
    if not match:
        raise invalid(f"Malformed request: GET {path}")
    spec = _spec(match)
    if not match[4]:
        request = get_model_status_pb2.GetModelStatusRequest(model_spec=spec)
        return _dict(methods.status(request))
    request = get_model_metadata_pb2.GetModelMetadataRequest(
        model_spec=spec, metadata_field=["signature_def"]
    )
    response = methods.metadata(request)
    described = get_model_metadata_pb2.SignatureDefMap()
    response.metadata["signature_def"].Unpack(described)
    return {
        "model_spec": _dict(response.model_spec),
        "metadata": {"signature_def": _dict(described)},
    }


def _spec(match):
    spec = model_pb2.ModelSpec(name=urllib.parse.unquote(match[1]))
    if match[2]:
        spec.version.value = int(match[2])
    if match[3]:
        spec.version_label = urllib.parse.unquote(match[3])
    return spec


def _dict(message):
    return json_format.MessageToDict(
        message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )
