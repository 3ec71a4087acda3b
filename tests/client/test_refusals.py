"""What can be wrong between a client and its server is said in one sentence."""

import socket
import subprocess
import sys
import threading

import pytest

from keras_pe.client.explained import explained
from keras_pe.client.remote_classifier import RemoteClassifier
from keras_pe.client.server_error import ServerError
from keras_pe.config import ServerConfig
from tests.client.conftest import FLOAT, STRING, Letters
from tests.serving.c_api.signatures import Signature, TensorInfo

PORTS = ["grpc", "rest"]


class Foreign(Letters):
    """Takes a text, and gives something else than labels."""

    def __init__(self):
        super().__init__()
        signature = self.signatures["serving_default"]
        outputs = {"output_0": signature.outputs["scores"]}
        self.signatures = {"serving_default": Signature(signature.inputs, outputs, "")}

    def run(self, name, inputs, outputs):
        return {"output_0": super().run(name, inputs, ["scores"])["scores"]}


class Numbers(Foreign):
    """Takes something else than a text."""

    def __init__(self):
        super().__init__()
        inputs = {"input_1": TensorInfo("input_1:0", STRING, (-1,))}
        outputs = self.signatures["serving_default"].outputs
        self.signatures = {"serving_default": Signature(inputs, outputs, "")}


def connect(address, **settings):
    settings = {"model_name": "film", **settings}
    return RemoteClassifier(ServerConfig(server=address, **settings))


class Untold(Letters):
    """Has outputs of our names, and what is in them is something else."""

    def run(self, name, inputs, outputs):
        found = super().run(name, inputs, outputs)
        return {key: array[:, :2] if key == "scores" else array for key, array in found.items()}


@pytest.mark.parametrize("port", PORTS)
@pytest.mark.parametrize("model", [Foreign, Numbers, Untold], ids=["outputs", "inputs", "shapes"])
def test_a_model_of_another_kind(model, port, serve):
    server = serve({"film": {1: model()}})
    with pytest.raises(ValueError, match="that keras_pe exported. Received: model_name='film'"):
        connect(getattr(server, port))


@pytest.mark.parametrize("port", PORTS)
@pytest.mark.parametrize(
    ("settings", "received"),
    [
        ({"model_name": "flim"}, "model_name='flim'. The server at .* says: Servable not found"),
        ({"model_version": "7"}, "model_name='film', model_version='7'. .*Specific.film, 7"),
        ({"model_version": "canary"}, "model_name='film', model_version='canary'. .*label: canary"),
    ],
)
def test_a_model_that_is_not_there(settings, received, port, serve):
    with pytest.raises(ValueError, match=f"that the server has loaded. Received: {received}"):
        connect(getattr(serve(), port), **settings)


@pytest.mark.parametrize("scheme", ["", "http://"])
def test_nobody_listens(scheme, pauses):
    with socket.socket() as taken:  # bound and not listening: no one else gets the port meanwhile
        taken.bind(("127.0.0.1", 0))
        address = f"{scheme}127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(ConnectionError, match=f"that runs.*Received: server='{address}'"):
            connect(address)
    assert len(pauses) == 5


def test_the_ports_are_mixed_up(serve, pauses):
    server = serve()
    with pytest.raises(ConnectionError, match="`server` must be the address"):
        connect(server.rest.removeprefix("http://"))
    with pytest.raises(ConnectionError, match="`server` must be the address"):
        connect(f"http://{server.grpc}")


@pytest.mark.parametrize("port", PORTS)
def test_an_answer_takes_too_long(port, serve):
    answered = threading.Event()

    class Slow(Letters):
        def run(self, name, inputs, outputs):
            answered.wait()
            return super().run(name, inputs, outputs)

    server = serve({"film": {1: Slow()}})
    try:
        with pytest.raises(TimeoutError, match="did not answer .* Raise `timeout`, which is 0.2 s"):
            connect(getattr(server, port), timeout=0.2)
    finally:
        answered.set()


@pytest.mark.parametrize("address", [None, "", "localhost", "localhost:x", "ftp://a:1", "a b:1"])
def test_an_address_that_is_none(address):
    with pytest.raises(ValueError, match="must be host:port.*Received: server="):
        RemoteClassifier(ServerConfig(server=address))


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        ("RESOURCE_EXHAUSTED", OSError, "would not take 5 texts at once: no .RESOURCE_EXHAUSTED."),
        ("INTERNAL", OSError, "The server at s:1 could not answer: no .INTERNAL."),
    ],
)
def test_other_errors_keep_what_the_server_says(code, kind, words):
    with pytest.raises(kind, match=words):
        raise explained(ServerError(code, "no\n"), ServerConfig(server="s:1"), 5)


def test_without_grpcio_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "grpc", None)
    with pytest.raises(ImportError, match=r"pip install 'keras-pe\[client\]'"):
        connect("localhost:8500")


@pytest.mark.parametrize("port", PORTS)
def test_predict_asks_without_waiting_for_tensorflow(port, serve):
    program = """
import atexit, sys
atexit.register(lambda: print("tensorflow" in sys.modules, "keras" in sys.modules))
import apps.predict
apps.predict.run()
"""
    flags = [f"--server={getattr(serve(), port)}", "--model_name=film"]
    done = subprocess.run(
        [sys.executable, "-c", program, *flags, "aab", "b"], capture_output=True, text=True
    )
    assert done.stdout == "a 0.6667\taab\nb 1.0000\tb\nFalse False\n", done.stderr


class Sets(Letters):
    """Says of each label whether it is given."""

    def __init__(self):
        super().__init__()
        self.signatures["serving_default"].outputs["positive"] = TensorInfo("p:0", FLOAT, (-1, 3))

    def run(self, name, inputs, outputs):
        scores = super().run(name, inputs, ["scores"])["scores"]
        known = [key for key in outputs if key != "positive"]
        return {**super().run(name, inputs, known), "positive": scores}


class Values(Foreign):
    """Answers with a number."""

    def __init__(self):
        super().__init__()
        signature = self.signatures["serving_default"]
        outputs = {"value": TensorInfo("value:0", FLOAT, (-1,))}
        self.signatures = {"serving_default": Signature(signature.inputs, outputs, "")}

    def run(self, name, inputs, outputs):
        return {"value": Letters.run(self, name, inputs, ["scores"])["scores"][:, 0]}


@pytest.mark.parametrize(
    ("model", "port", "message"),
    [
        (Sets, "grpc", "for one label of each text. Received: sets of labels"),
        (Sets, "rest", "for one label of each text. Received: sets of labels"),
        (Values, "rest", "for one label of each text. Received: numbers"),
        (Values, "grpc", "output tensor alias not found in signature: scores"),
    ],
)
def test_a_model_that_answers_otherwise(model, port, message, serve):
    server = serve({"film": {1: model()}})
    with pytest.raises(ValueError, match=message):
        connect(getattr(server, port))
