"""Both ports, each on the loopback interface and chosen by the system."""

import collections
import concurrent.futures
import functools
import http.server
import pathlib
import ssl
import threading

import grpc
from tensorflow_serving.apis import (
    model_service_pb2_grpc,
    prediction_service_pb2_grpc,
)

from tests.serving.loopback import predictions, rest
from tests.serving.loopback.served_models import ServedModels
from tests.serving.loopback.status import StatusError

HOST = "127.0.0.1"


class LoopbackServer:
    """Serves models until it is closed; also a context manager.

    Args:
        models: name -> version -> model.
        labels: name -> label -> version.
        tls: files of a certificate and its key, for both ports.
        max_batch_size: as in batching_params.pbtxt, of a server with `--enable_batching`.

    Attributes:
        grpc: address, host:port.
        rest: address, http://host:port.
        asked: the PredictRequests that came, in their order.
        failures: (code, message) of errors with which the next Predicts are answered.
    """

    def __init__(self, models, labels=None, *, max_batch_size=None, tls=None):
        self.models = ServedModels(models, labels)
        self.asked = []
        self.failures = collections.deque()
        self._max_batch_size = max_batch_size
        self._pool = concurrent.futures.ThreadPoolExecutor(2)
        self._grpc = grpc.server(self._pool, options=[("grpc.max_receive_message_length", -1)])
        prediction_service_pb2_grpc.add_PredictionServiceServicer_to_server(
            _Servicer(
                Predict=self.predict,
                Classify=self.classify,
                Regress=self.regress,
                GetModelMetadata=self.metadata,
            ),
            self._grpc,
        )
        model_service_pb2_grpc.add_ModelServiceServicer_to_server(
            _Servicer(GetModelStatus=self.status), self._grpc
        )
        self.grpc = f"{HOST}:{_port(self._grpc, tls)}"
        self._rest = http.server.ThreadingHTTPServer((HOST, 0), rest.handler(self))
        self.rest = f"http://{HOST}:{self._rest.server_port}"
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            self._rest.socket = context.wrap_socket(self._rest.socket, server_side=True)
            self.grpc = f"grpcs://{self.grpc}"
            self.rest = self.rest.replace("http:", "https:")
        self._thread = threading.Thread(target=self._rest.serve_forever, args=(0.01,))

    def __enter__(self):
        self._grpc.start()
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._grpc.stop(None).wait()
        self._pool.shutdown()
        self._rest.shutdown()
        self._rest.server_close()
        self._thread.join()

    def predict(self, request):
        self.asked.append(request)
        if self.failures:
            raise StatusError(*self.failures.popleft())
        return predictions.predict(self.models, request, max_batch_size=self._max_batch_size)

    def classify(self, request):
        return predictions.classify(self.models, request)

    def regress(self, request):
        return predictions.regress(self.models, request)

    def metadata(self, request):
        return predictions.get_model_metadata(self.models, request)

    def status(self, request):
        return predictions.get_model_status(self.models, request)


def _port(server, tls):
    if tls is None:
        return server.add_insecure_port(f"{HOST}:0")
    certificate, key = (pathlib.Path(file).read_bytes() for file in tls)
    return server.add_secure_port(f"{HOST}:0", grpc.ssl_server_credentials([(key, certificate)]))


class _Servicer:
    """Methods that stubs call; the others of a service answer that they are not there."""

    def __init__(self, **methods):
        for name, answer in methods.items():
            setattr(self, name, functools.partial(_answered, answer))

    def __getattr__(self, name):
        def unimplemented(request, context):
            context.abort(grpc.StatusCode.UNIMPLEMENTED, f"{name} is not part of this stand-in")

        return unimplemented


def _answered(answer, request, context):
    try:
        return answer(request)
    except StatusError as error:
        context.abort(grpc.StatusCode[error.code], str(error))
