"""A classifier that TensorFlow Serving serves."""

import re
from collections.abc import Sequence

import numpy as np

from keras_pe.client.answer import ModelKind
from keras_pe.client.explained import explained
from keras_pe.client.grpc_service import GrpcService
from keras_pe.client.rest_service import RestService
from keras_pe.client.retries import with_retries
from keras_pe.client.server_error import ServerError
from keras_pe.client.text_columns import TEXTS, column_batches, text_columns
from keras_pe.config import ServerConfig
from keras_pe.predictions import predictions

_GRPC_ADDRESS = re.compile(r"(grpcs://)?([^\s/:\[\]]+|\[[0-9A-Fa-f:.]+\]):\d+")
_REST_ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?")


class RemoteClassifier:
    """Answers texts with a model that keras_pe exported and TensorFlow Serving serves.

    The server is asked at once, for the labels. A request that it is too busy for is repeated.

    Args:
        config: server, name of the model, version, and how long to wait.

    Attributes:
        label_names: the classes, in the order of the scores; none of a number.
        predictions: what writes answers down: see `keras_pe.predictions`.
        text_pairs: bool. Whether it answers pairs of texts.

    Raises:
        ConnectionError: if no server answers.
        TimeoutError: if it takes longer than `config.timeout`.
        ValueError: if the address is none, or the server has no such model.

    Example:
        `RemoteClassifier(ServerConfig(server="localhost:8500", model_name="reviews"))` has the
        `predict` of `ServedClassifier`.
    """

    def __init__(self, config: ServerConfig):
        self._config = config
        self._service = _service(config)
        self._inputs = TEXTS[:1]
        self._kind = self._find_kind()
        self.text_pairs = len(self._inputs) > 1
        self.label_names = self._kind.label_names
        self.predictions = predictions(*self._kind)

    def predict(
        self,
        texts: Sequence[str | bytes],
        second_texts: Sequence[str | bytes] | None = None,
        *,
        batch_size: int = 32,
    ) -> tuple[list, np.ndarray]:
        """Answers texts, those of similar length in one request.

        Args:
            texts: strings, or bytes that should be UTF-8; invalid ones count as U+FFFD.
            second_texts: as many; the second texts of pairs, if it answers pairs.
            batch_size: int. Texts of a request, at most; a server that batches refuses more than
                its `max_batch_size`, which is 32 for what keras_pe exports. A request also holds
                at most a megabyte, or one text.

        Returns:
            The best label of each text, and scores [B, C] float32 in the order of `label_names`;
            with multi_label, the labels of each text; of a regression, the numbers, and [B, 1].
        """
        columns = text_columns(texts, second_texts, pairs=self.text_pairs)
        scores = np.zeros((len(texts), self.predictions.outputs), np.float32)
        for rows, asked in column_batches(columns, batch_size):
            kind, found = self._ask(asked)
            if kind != self._kind:
                raise ValueError(
                    "The model must keep its labels while it is asked. Received: labels="
                    f"{kind.label_names[:9]}, from another version. Name one by `model_version`"
                )
            scores[rows] = found
        return self.predictions.decide(scores), scores

    def _find_kind(self) -> ModelKind:
        try:
            return self._ask([[b""]])[0]
        except ValueError as error:
            # The server names the inputs that it lacks.
            if TEXTS[1] not in str(error):
                raise
        self._inputs = TEXTS
        return self._ask([[b""], [b""]])[0]

    def _ask(self, columns: list[list[bytes]]) -> tuple[ModelKind, np.ndarray]:
        inputs, texts = dict(zip(self._inputs, columns, strict=True)), len(columns[0])
        try:
            kind, scores = with_retries(lambda: self._service.ask(inputs))
            if scores.shape != (texts, len(kind.label_names) or 1):
                shape = f"scores {scores.shape}, {texts} texts, {len(kind.label_names)} labels"
                raise ServerError("INVALID_ARGUMENT", shape)
        except ServerError as error:
            raise explained(error, self._config, texts) from None
        return kind, scores


def _service(config: ServerConfig) -> GrpcService | RestService:
    if _REST_ADDRESS.fullmatch(config.server or ""):
        return RestService(config)
    if _GRPC_ADDRESS.fullmatch(config.server or ""):
        return GrpcService(config)
    raise ValueError(
        "`server` must be host:port, such as localhost:8500, for gRPC, or http://host:port, such "
        "as http://localhost:8501, for REST; with TLS grpcs:// or https://. "
        f"Received: server={config.server!r}"
    )
