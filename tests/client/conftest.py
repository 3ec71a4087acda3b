"""A server whose models count letters, so that scores are known without TensorFlow."""

import contextlib

import numpy as np
import pytest

from tests.serving.c_api.signatures import Signature, TensorInfo
from tests.serving.loopback.server import LoopbackServer

FLOAT, STRING, BOOL = 1, 7, 10
LABELS = ("a", "b", "字")


class Letters:
    """The shares of a, b and any other byte in a text; an empty one is all `a`."""

    names = LABELS

    def __init__(self):
        classes = len(self.names)
        outputs = {
            "labels": TensorInfo("labels:0", STRING, (-1, classes)),
            "scores": TensorInfo("scores:0", FLOAT, (-1, classes)),
        }
        inputs = {"text": TensorInfo("text:0", STRING, (-1,))}
        self.signatures = {
            "serving_default": Signature(inputs, outputs, "tensorflow/serving/predict")
        }

    def run(self, name, inputs, outputs):
        texts = list(inputs["text"])
        scores = np.array([self.scores(text) for text in texts], np.float32)
        labels = np.array([[name.encode() for name in self.names]] * len(texts), object)
        return {key: {"labels": labels, "scores": scores}[key] for key in outputs}

    def scores(self, text):
        counts = [text.count(b"a"), text.count(b"b")]
        counts.append(len(text) - sum(counts))
        return np.array(counts) / len(text) if text else [1.0, 0.0, 0.0]


class LetterSets(Letters):
    """The same as labels of which any number may hold."""

    def __init__(self):
        super().__init__()
        outputs = self.signatures["serving_default"].outputs
        outputs["positive"] = TensorInfo("positive:0", BOOL, (-1, 3))
        outputs["thresholds"] = TensorInfo("thresholds:0", FLOAT, (-1, 3))

    def run(self, name, inputs, outputs):
        found = super().run(name, inputs, ["labels", "scores"])
        limits = np.tile(np.array([0.5, 0.2, 0.9], np.float32), (len(found["scores"]), 1))
        found |= {"thresholds": limits, "positive": found["scores"] >= limits}
        return {key: found[key] for key in outputs}


class Pairs(Letters):
    """The letters of the second text, where the first is `?`, else of the first."""

    def __init__(self):
        super().__init__()
        inputs = self.signatures["serving_default"].inputs
        inputs["second_text"] = TensorInfo("second_text:0", STRING, (-1,))

    def run(self, name, inputs, outputs):
        pairs = zip(inputs["text"], inputs["second_text"], strict=True)
        read = [second if first == b"?" else first for first, second in pairs]
        return super().run(name, {"text": read}, outputs)


class Length:
    """The number of bytes of a text."""

    def __init__(self):
        inputs = {"text": TensorInfo("text:0", STRING, (-1,))}
        outputs = {"value": TensorInfo("value:0", FLOAT, (-1,))}
        self.signatures = {
            "serving_default": Signature(inputs, outputs, "tensorflow/serving/predict")
        }

    def run(self, name, inputs, outputs):
        return {"value": np.array([len(text) / 3 for text in inputs["text"]], np.float32)}


@pytest.fixture
def serve():
    """Returns a function of models (default: `Letters` as `film`, version 1): a running server."""
    with contextlib.ExitStack() as servers:

        def start(models=None, labels=None, **settings):
            models = models or {"film": {1: Letters()}}
            return servers.enter_context(LoopbackServer(models, labels, **settings))

        yield start


@pytest.fixture
def pauses(monkeypatch):
    """The pauses between tries, in seconds, none of which is waited for."""
    slept = []
    monkeypatch.setattr("keras_pe.client.retries.time.sleep", slept.append)
    return slept
