"""TensorFlow Serving over REST, with the standard library alone."""

import base64
import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence

import numpy as np

from keras_pe.client.answer import OUTPUTS, ModelKind, kind_of, scores_of
from keras_pe.client.certificates import trusted
from keras_pe.client.server_error import ServerError
from keras_pe.config import ServerConfig

# http_server.cc, the other way round; 400 has more than one meaning there.
_CODES = {
    400: "INVALID_ARGUMENT",
    404: "NOT_FOUND",
    408: "DEADLINE_EXCEEDED",
    413: "RESOURCE_EXHAUSTED",
    429: "RESOURCE_EXHAUSTED",
    502: "UNAVAILABLE",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}


class RestService:
    """Asks a model for scores, and what they are of.

    Args:
        config: `server` is `http://host:port`, or `https://`; what stands behind the port is put
            before `/v1/models`.
    """

    def __init__(self, config: ServerConfig):
        quoted = urllib.parse.quote(config.model_name, safe="")
        self._url = f"{config.server.rstrip('/')}/v1/models/{quoted}"
        if config.model_version is not None:
            kind = "versions" if config.model_version.isdecimal() else "labels"
            self._url += f"/{kind}/{urllib.parse.quote(config.model_version, safe='')}"
        self._timeout = config.timeout
        self._trusted = trusted(config)

    def ask(self, inputs: Mapping[str, Sequence[bytes]]) -> tuple[ModelKind, np.ndarray]:
        """Returns the kind of the model, and scores [B, C] float32.

        Args:
            inputs: B texts, UTF-8, for each input of the model.

        Raises:
            ServerError: if the server does not answer with them.
        """
        columns = ([(name, _json_text(text)) for text in inputs[name]] for name in inputs)
        body = {"instances": [dict(row) for row in zip(*columns, strict=True)]}
        answer = self._post(json.dumps(body, ensure_ascii=False).encode())
        try:
            outputs = _outputs(json.loads(answer)["predictions"])
            return kind_of(outputs), scores_of(outputs)
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise ServerError("INVALID_ARGUMENT", f"an answer of another form: {error}") from None

    def _post(self, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self._url}:predict", body, headers)
        try:
            with urllib.request.urlopen(
                request, timeout=self._timeout, context=self._trusted
            ) as answer:
                return answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise _server_error(error) from None


def _outputs(rows: list) -> dict[str, np.ndarray]:
    if not isinstance(rows[0], dict):  # An only output stands without its name.
        rows = [{"value": float(row)} for row in rows]
    columns = {name: [row[name] for row in rows] for name in OUTPUTS if name in rows[0]}
    labels = [[name.encode() for name in row] for row in columns.pop("labels", [])]
    outputs = {name: np.array(column, np.float32) for name, column in columns.items()}
    return outputs | ({"labels": np.array(labels, object)} if labels else {})


def _json_text(text: bytes) -> str | dict:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return {"b64": base64.b64encode(text).decode()}


def _server_error(error: Exception) -> ServerError:
    if isinstance(error, urllib.error.HTTPError):
        return ServerError(_CODES.get(error.code, f"HTTP {error.code}"), _message(error.read()))
    cause = getattr(error, "reason", error)  # urllib packs some errors up, and some not
    if isinstance(cause, TimeoutError):
        return ServerError("DEADLINE_EXCEEDED", str(cause))
    return ServerError("UNAVAILABLE", str(cause) or type(cause).__name__)


def _message(content: bytes) -> str:
    """Returns the error in an answer; of a page that is no JSON, its beginning."""
    try:
        return str(json.loads(content)["error"])
    except (ValueError, TypeError, KeyError):
        return content[:200].decode("utf-8", "replace")
