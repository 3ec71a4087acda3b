"""A stand-in that serves the tiny classifier as `film`."""

import pytest

from keras_pe.serving.served import ServedClassifier
from tests.serving.c_api.libtensorflow import LibTensorFlow
from tests.serving.c_api.loaded_model import LoadedModel
from tests.serving.loopback.server import LoopbackServer


@pytest.fixture(scope="package")
def texts():
    return ["a good film!", "", "好电影"]


@pytest.fixture(scope="package")
def server(version, packages):
    model = LoadedModel(LibTensorFlow(packages), version)
    with LoopbackServer({"film": {1: model, 2: model}}, {"film": {"stable": 1}}) as running:
        yield running


@pytest.fixture(scope="package")
def expected(version, texts):
    return ServedClassifier(version).predict(texts)
