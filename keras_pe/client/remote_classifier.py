"""A classifier that TensorFlow Serving serves."""

import re
from collections.abc import Sequence

import numpy as np

from keras_pe.client.explained import explained
from keras_pe.client.grpc_service import GrpcService
from keras_pe.client.rest_service import RestService
from keras_pe.client.retries import with_retries
from keras_pe.client.server_error import ServerError
from keras_pe.client.text_batches import as_utf8, text_batches
from keras_pe.config import ServerConfig
from keras_pe.predictions import predictions

_GRPC_ADDRESS = re.compile(r"([^\s/:\[\]]+|\[[0-9A-Fa-f:.]+\]):\d+")
_REST_ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?")


class RemoteClassifier:
    """Answers texts with a model that keras_pe exported and TensorFlow Serving serves.

    The server is asked at once, for the labels. A request that it is too busy for is repeated.

    Args:
        config: server, name of the model, version, and how long to wait.

    Attributes:
        label_names: the classes, in the order of the scores.
        predictions: what writes answers down: see `keras_pe.predictions`.

    Raises:
        ConnectionError: if no server answers.
        TimeoutError: if it takes longer than `config.timeout`.
        ValueError: if the address is none, or the server has no such model, or one that answers
            with sets of labels or with numbers.

    Example:
        `RemoteClassifier(ServerConfig(server="localhost:8500", model_name="reviews"))` has the
        `predict` of `ServedClassifier`.
    """

    def __init__(self, config: ServerConfig):
        self._config = config
        self._service = _service(config)
        self.label_names, _ = self._ask([b""])
        self.predictions = predictions("single_label", self.label_names)

    def predict(
        self, texts: Sequence[str | bytes], *, batch_size: int = 32
    ) -> tuple[list[str], np.ndarray]:
        """Classifies texts, those of similar length in one request.

        Args:
            texts: strings, or bytes that should be UTF-8; invalid ones count as U+FFFD.
            batch_size: int. Texts of a request, at most; a server that batches refuses more than
                its `max_batch_size`, which is 32 for what keras_pe exports. A request also holds
                at most a megabyte, or one text.

        Returns:
            The best label of each text, and scores [B, C] float32 in the order of `label_names`.
        """
        encoded = as_utf8(texts)
        scores = np.zeros((len(encoded), len(self.label_names)), np.float32)
        for rows in text_batches(encoded, batch_size):
            names, found = self._ask([encoded[row] for row in rows])
            if names != self.label_names:
                raise ValueError(
                    "The model must keep its labels while it is asked. Received: labels="
                    f"{names[:9]}, from another version. Name one by `model_version`"
                )
            scores[rows] = found
        return [self.label_names[best] for best in scores.argmax(axis=1)], scores

    def _ask(self, texts: list[bytes]) -> tuple[tuple[str, ...], np.ndarray]:
        try:
            names, scores = with_retries(lambda: self._service.ask(texts))
            if scores.shape != (len(texts), len(names)):
                shape = f"scores {scores.shape} of {len(texts)} texts and {len(names)} labels"
                raise ServerError("INVALID_ARGUMENT", shape)
        except ServerError as error:
            raise explained(error, self._config, len(texts)) from None
        return names, scores


def _service(config: ServerConfig) -> GrpcService | RestService:
    if _REST_ADDRESS.fullmatch(config.server or ""):
        return RestService(config)
    if _GRPC_ADDRESS.fullmatch(config.server or ""):
        return GrpcService(config)
    raise ValueError(
        "`server` must be host:port, such as localhost:8500, for gRPC, or http://host:port, such "
        f"as http://localhost:8501, for REST. Received: server={config.server!r}"
    )
