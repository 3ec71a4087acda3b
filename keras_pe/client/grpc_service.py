"""TensorFlow Serving over gRPC."""

from collections.abc import Sequence

import numpy as np

from keras_pe.client.messages import PredictRequest, PredictResponse
from keras_pe.client.other_answers import refuse_other_answers
from keras_pe.client.server_error import ServerError
from keras_pe.client.tensors import array_of, fill_text_tensor, label_names
from keras_pe.config import ServerConfig

_METHOD = "/tensorflow.serving.PredictionService/Predict"
_OPTIONS = (
    # Many labels make a large answer, and whoever asks has to take it: by default 4 MB would do.
    ("grpc.max_receive_message_length", -1),
    # Else a second try within a second of the first would not reach for the server at all.
    ("grpc.initial_reconnect_backoff_ms", 100),
)


class GrpcService:
    """Asks a model for labels and scores.

    Args:
        config: `server` is `host:port`.

    Raises:
        ImportError: if grpcio is not installed.
    """

    def __init__(self, config: ServerConfig):
        try:
            import grpc
        except ImportError as error:
            raise ImportError(
                "Asking a server over gRPC needs grpcio. "
                "Install it: pip install 'keras-pe[client]', or ask its REST port, http://..."
            ) from error
        self._config = config
        self._channel = grpc.insecure_channel(config.server, options=_OPTIONS)
        self._failed = grpc.RpcError
        self._predict = self._channel.unary_unary(
            _METHOD, PredictRequest.SerializeToString, PredictResponse.FromString
        )
        self._version, self._label_names = None, ()

    def ask(self, texts: Sequence[bytes]) -> tuple[tuple[str, ...], np.ndarray]:
        """Returns the names of the labels, and scores [B, C] float32.

        The names stand beside each score, so they are asked for once only, and again when another
        version of the model answers.

        Args:
            texts: B texts, UTF-8.

        Raises:
            ServerError: if the server does not answer with them.
            ValueError: if the model answers with sets of labels.
        """
        version, scores = self._output(texts, "scores", self._config.model_version)
        if version != self._version:
            asked = str(version) if version else self._config.model_version
            _, rows = self._output([b""], "labels", asked, alone=False)
            try:
                self._label_names, self._version = label_names(rows), version
            except ValueError as error:
                raise ServerError("INVALID_ARGUMENT", str(error)) from None
        return self._label_names, scores

    def _output(self, texts, name, version, *, alone=True) -> tuple[int, np.ndarray]:
        """Returns the version that answered, and one output; if not alone, the others are seen."""
        request = PredictRequest(output_filter=[name] if alone else [])
        fill_text_tensor(request.inputs.add(key="text").value, texts)
        _fill_model_spec(request.model_spec, self._config.model_name, version)
        try:
            response = self._predict(request, timeout=self._config.timeout)
        except self._failed as error:
            raise ServerError(error.code().name, error.details() or "") from None
        found = {named.key: named.value for named in response.outputs}
        refuse_other_answers(found)
        try:
            return response.model_spec.version.value, array_of(found[name])
        except (KeyError, ValueError) as error:
            raise ServerError("INVALID_ARGUMENT", f"no output {name!r}: {error}") from None


def _fill_model_spec(spec, name: str, version: str | None) -> None:
    spec.name = name
    if version is not None and version.isdecimal():
        spec.version.value = int(version)
    elif version is not None:
        spec.version_label = version
