"""What a client gets for 1,000 real texts is what the Keras model says of them."""

import numpy as np
import pytest
import tensorflow as tf

from keras_pe.client.remote_classifier import RemoteClassifier
from keras_pe.config import ServerConfig
from keras_pe.serving.parity import FLOAT32_TOLERANCE, HALF_TOLERANCE
from keras_pe.serving.served import ServedClassifier
from tests.serving.c_api.libtensorflow import LibTensorFlow
from tests.serving.c_api.loaded_model import LoadedModel
from tests.serving.loopback.server import LoopbackServer

KINDS = ["rotary", "lstm"]
BOUNDS = {
    ("rotary", "float32"): FLOAT32_TOLERANCE,
    ("lstm", "float32"): FLOAT32_TOLERANCE,
    ("rotary", "mixed_bfloat16"): HALF_TOLERANCE,
    ("lstm", "mixed_float16"): HALF_TOLERANCE,
}


@pytest.fixture(scope="module")
def by_keras(news, news_tokenizer, news_model):
    """Returns a function like `news_model`: the scores of the model itself."""
    ids = news_tokenizer.pad(news_tokenizer.encode(tf.constant(news), 48))
    return lambda *kind: news_model(*kind).predict(ids, batch_size=250, verbose=0)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "precision"), BOUNDS)
def test_an_export_labels_and_scores_as_keras_does(kind, precision, news, by_keras, news_version):
    served = ServedClassifier(news_version(kind, precision))
    labels, scores = served.predict(news)

    expected = by_keras(kind, precision)
    np.testing.assert_allclose(scores, expected, rtol=0, atol=BOUNDS[kind, precision])
    best = [served.label_names[row.argmax()] for row in expected]
    agree = [label == other for label, other in zip(labels, best, strict=True)]
    # Half precision cannot tell apart what it scores alike.
    second, first = np.sort(expected, axis=1)[:, -2:].T
    close = first - second <= (0 if precision == "float32" else 2 * HALF_TOLERANCE)
    assert np.logical_or(agree, close).all()
    assert np.mean(agree) > 0.99
    assert min(np.unique(labels, return_counts=True)[1]) > 50


@pytest.fixture(scope="module", params=KINDS)
def server(request, news_version, packages):
    version = news_version(request.param)
    model = LoadedModel(LibTensorFlow(packages), version)
    with LoopbackServer({"news": {1: model}}) as running:
        running.version = version
        yield running


@pytest.mark.slow
@pytest.mark.parametrize("port", ["grpc", "rest"])
def test_a_server_answers_as_the_saved_model_does(port, server, news):
    config = ServerConfig(server=getattr(server, port), model_name="news")
    remote, served = RemoteClassifier(config), ServedClassifier(server.version)
    assert remote.label_names == served.label_names

    labels, scores = remote.predict(news, batch_size=32)

    expected_labels, expected = served.predict(news, batch_size=32)
    assert labels == expected_labels
    np.testing.assert_allclose(scores, expected, rtol=0, atol=1e-6)
    assert {len(asked.inputs["text"].string_val) for asked in server.asked[-31:]} == {32, 8}
