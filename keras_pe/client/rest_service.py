"""TensorFlow Serving over REST, with the standard library alone."""

import base64
import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence

import numpy as np

from keras_pe.client.other_answers import refuse_other_answers
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
    """Asks a model for labels and scores.

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

    def ask(self, texts: Sequence[bytes]) -> tuple[tuple[str, ...], np.ndarray]:
        """Returns the names of the labels, and scores [B, C] float32.

        Args:
            texts: B texts, UTF-8.

        Raises:
            ServerError: if the server does not answer with them.
            ValueError: if the model answers with sets of labels or with numbers.
        """
        body = {"instances": [{"text": _json_text(text)} for text in texts]}
        answer = self._post(json.dumps(body, ensure_ascii=False).encode())
        try:
            rows = json.loads(answer)["predictions"]
            # Of a model with a single output REST gives it without its name.
            outputs = ["value"] if isinstance(rows[0], float) else list(rows[0])
        except (ValueError, TypeError, LookupError):
            raise ServerError("INVALID_ARGUMENT", "no JSON rows") from None
        refuse_other_answers(outputs)
        try:
            scores = np.array([row["scores"] for row in rows], np.float32)
            return tuple(map(str, rows[0]["labels"])), scores
        except (ValueError, TypeError, LookupError):
            raise ServerError("INVALID_ARGUMENT", "no `labels` and `scores` in JSON rows") from None

    def _post(self, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self._url}:predict", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as answer:
                return answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise _server_error(error) from None


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
