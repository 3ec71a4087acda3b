"""TensorFlow Serving over gRPC."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from keras_pe.client.answer import OUTPUTS, ModelKind, kind_of, scores_of
from keras_pe.client.certificates import trusted
from keras_pe.client.messages import PredictRequest, PredictResponse
from keras_pe.client.server_error import ServerError
from keras_pe.client.tensors import array_of, fill_text_tensor
from keras_pe.config import ServerConfig

_METHOD = "/tensorflow.serving.PredictionService/Predict"
_OPTIONS = (
    # Many labels make a large answer, and whoever asks has to take it: by default 4 MB would do.
    ("grpc.max_receive_message_length", -1),
    # Else a second try within a second of the first would not reach for the server at all.
    ("grpc.initial_reconnect_backoff_ms", 100),
)


class GrpcService:
    """Asks a model for scores, and what they are of.

    Args:
        config: `server` is `host:port`, or `grpcs://host:port` with TLS.

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
        self._channel = _channel(grpc, config)
        self._failed = grpc.RpcError
        self._predict = self._channel.unary_unary(
            _METHOD, PredictRequest.SerializeToString, PredictResponse.FromString
        )
        self._version, self._kind = None, None

    def ask(self, inputs: Mapping[str, Sequence[bytes]]) -> tuple[ModelKind, np.ndarray]:
        """Returns the kind of the model, and scores [B, C] float32.

        Labels stand beside each score, so they are asked for once only, and again when another
        version of the model answers.

        Args:
            inputs: B texts, UTF-8, for each input of the model.

        Raises:
            ServerError: if the server does not answer with them.
        """
        if self._kind is None:
            self._look_at(inputs, self._config.model_version)
        output = "value" if self._kind.problem_type == "regression" else "scores"
        version, outputs = self._outputs(inputs, [output], self._config.model_version)
        if version != self._version:
            self._look_at(inputs, str(version))
        return self._kind, scores_of(outputs)

    def _look_at(self, names: Iterable[str], version: str | None) -> None:
        self._version, outputs = self._outputs(dict.fromkeys(names, [b""]), [], version)
        try:
            self._kind = kind_of(outputs)
        except ValueError as error:
            raise ServerError("INVALID_ARGUMENT", str(error)) from None

    def _outputs(self, inputs, names, version) -> tuple[int, dict[str, np.ndarray]]:
        """Returns the version that answered, and the outputs of these names; none are all."""
        request = PredictRequest(output_filter=names)
        for name, texts in inputs.items():
            fill_text_tensor(request.inputs.add(key=name).value, texts)
        _fill_model_spec(request.model_spec, self._config.model_name, version)
        try:
            response = self._predict(request, timeout=self._config.timeout)
        except self._failed as error:
            raise ServerError(error.code().name, error.details() or "") from None
        known = [named for named in response.outputs if named.key in OUTPUTS]
        try:
            outputs = {named.key: array_of(named.value) for named in known}
        except ValueError as error:
            raise ServerError("INVALID_ARGUMENT", str(error)) from None
        return response.model_spec.version.value, outputs


def _channel(grpc, config: ServerConfig):
    if trusted(config) is None:
        return grpc.insecure_channel(config.server, options=_OPTIONS)
    certificates = Path(config.ca_file).read_bytes() if config.ca_file else None
    credentials = grpc.ssl_channel_credentials(root_certificates=certificates)
    address = config.server.removeprefix("grpcs://")
    return grpc.secure_channel(address, credentials, options=_OPTIONS)


def _fill_model_spec(spec, name: str, version: str | None) -> None:
    spec.name = name
    if version is not None and version.isdecimal():
        spec.version.value = int(version)
    elif version is not None:
        spec.version_label = version
