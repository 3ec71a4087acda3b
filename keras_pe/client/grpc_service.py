"""TensorFlow Serving over gRPC."""

from collections.abc import Sequence

import numpy as np

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
    """Asks a model for one of its outputs.

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

    def ask(self, texts: Sequence[bytes], output: str) -> np.ndarray:
        """Returns an output of the model, a row per text.

        Args:
            texts: UTF-8.
            output: name of the output.

        Raises:
            ServerError: if the server does not answer with it.
        """
        try:
            response = self._predict(self._request(texts, output), timeout=self._config.timeout)
            found = {named.key: array_of(named.value) for named in response.outputs}
            return found[output]
        except self._failed as error:
            raise ServerError(error.code().name, error.details() or "") from None
        except (KeyError, ValueError) as error:
            raise ServerError("INVALID_ARGUMENT", f"no output {output!r}: {error}") from None

    def _request(self, texts, output):
        request = PredictRequest(output_filter=[output])
        request.model_spec.name = self._config.model_name
        version = self._config.model_version
        if version is not None and version.isdecimal():
            request.model_spec.version.value = int(version)
        elif version is not None:
            request.model_spec.version_label = version
        fill_text_tensor(request.inputs.add(key="text").value, texts)
        return request
