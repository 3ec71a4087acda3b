"""Asks a stand-in for TensorFlow Serving, on both of its ports."""

import numpy as np
import pytest

from keras_pe.client.remote_classifier import RemoteClassifier
from keras_pe.config import ServerConfig
from tests.client.conftest import LABELS, Length, Letters, LetterSets, Pairs

PORTS = ["grpc", "rest"]
BUSY = ("UNAVAILABLE", "The batch scheduling queue to which this task was submitted is full")


@pytest.fixture(params=PORTS)
def port(request):
    return request.param


def connect(server, port="grpc", **settings):
    settings = {"model_name": "film", **settings}
    return RemoteClassifier(ServerConfig(server=getattr(server, port), **settings))


def sizes(server):
    """Texts in each request but the first, which ask for the labels with an empty text."""
    texts = [list(request.inputs["text"].string_val) for request in server.asked]
    return [len(sent) for sent in texts if sent != [b""]]


def test_labels_and_scores_are_those_of_the_model(serve, port):
    classifier = connect(serve(), port)
    labels, scores = classifier.predict(["aab?", "", "bb", "字"])
    assert classifier.label_names == LABELS
    assert labels == ["a", "a", "b", "字"]
    assert scores.dtype == np.float32
    np.testing.assert_array_equal(
        scores, [[0.5, 0.25, 0.25], [1, 0, 0], [0, 1, 0], [0, 0, 1]]
    )  # fmt: skip


def test_sets_of_labels_are_given_from_their_thresholds_on(serve, port):
    classifier = connect(serve({"film": {1: LetterSets()}}), port)
    labels, scores = classifier.predict(["aab", "??", "?b"])
    assert labels == [("a", "b"), ("字",), ("b",)]
    assert not classifier.predictions.ranks
    np.testing.assert_array_equal(scores[1:], [[0, 0, 1], [0, 0.5, 0.5]])


def test_a_number_is_given_in_its_units(serve, port):
    server = serve({"film": {1: Length()}})
    classifier = connect(server, port)
    numbers, scores = classifier.predict(["aa", "", "aaa"])
    assert classifier.label_names == ()
    assert numbers == [0.6666667, 0.0, 1.0]
    assert scores.shape == (3, 1)


def test_pairs_are_answered_as_pairs(serve, port):
    classifier = connect(serve({"film": {1: Pairs()}}), port)
    assert classifier.text_pairs
    assert classifier.predict(["?", "aa", "?"], ["bbbb", "b", "字"])[0] == ["b", "a", "字"]
    with pytest.raises(ValueError, match="`second_texts` must be given"):
        classifier.predict(["a"])


def test_second_texts_are_not_taken_where_there_are_no_pairs(serve):
    classifier = connect(serve())
    assert not classifier.text_pairs
    with pytest.raises(ValueError, match="`second_texts` must be left out"):
        classifier.predict(["a"], ["b"])


def test_a_float_loses_nothing_on_its_way(serve, port):
    _, scores = connect(serve(), port).predict(["aab", "a" * 6 + "b"])
    expected = np.array([[2 / 3, 1 / 3, 0], [6 / 7, 1 / 7, 0]], np.float32)
    np.testing.assert_array_equal(scores, expected)


def test_any_bytes_are_sent_as_they_are(serve, port):
    server = serve()
    connect(server, port).predict([b"\xffa", "a\0b", "\ud800", "好"], batch_size=9)
    sent = {bytes(text) for text in server.asked[-1].inputs["text"].string_val}
    assert sent == {b"\xffa", b"a\0b", b"\xed\xa0\x80", "好".encode()}


def test_no_texts_are_no_request(serve):
    server = serve()
    labels, scores = connect(server).predict([])
    assert (labels, scores.shape, sizes(server)) == ([], (0, 3), [])


def test_requests_are_limited_in_texts_and_in_bytes(serve, port):
    server = serve()
    classifier = connect(server, port)
    classifier.predict(["a"] * 70)
    classifier.predict(["b" * 400_000] * 3, batch_size=3)
    assert sizes(server) == [32, 32, 6, 2, 1]


def test_the_default_fits_what_an_export_says_of_batching(serve):
    classifier = connect(serve(max_batch_size=32))
    assert len(classifier.predict(["a"] * 100)[0]) == 100
    with pytest.raises(ValueError, match="must fit the server's max_batch_size. Received: 33 tex"):
        classifier.predict(["a"] * 33, batch_size=33)


def test_labels_are_asked_for_once_and_then_only_scores(serve):
    server = serve()
    connect(server).predict(["a"] * 40)
    asked = [list(request.output_filter) for request in server.asked]
    assert asked == [[], ["scores"], ["scores"], ["scores"]]


def test_a_new_version_may_answer_if_its_labels_are_the_same(serve, port):
    models = {"film": {1: Letters()}}
    classifier = connect(serve(models), port)
    models["film"][2] = Letters()
    assert classifier.predict(["b"])[0] == ["b"]


def test_a_new_version_with_other_labels_is_refused(serve, port):
    class Other(Letters):
        names = ("b", "a", "字")

    models = {"film": {1: Letters()}}
    classifier = connect(serve(models), port)
    models["film"][2] = Other()
    with pytest.raises(ValueError, match="must keep its labels.*Received: labels=..b', 'a', '字'"):
        classifier.predict(["b"])


@pytest.mark.parametrize(("version", "found"), [(None, 12), ("3", 3), ("stable", 3)])
def test_a_version_is_named_by_number_or_label(version, found, serve, port):
    class Other(Letters):
        names = ("x", "y", "z")

    server = serve({"film": {3: Letters(), 12: Other()}}, {"film": {"stable": 3}})
    classifier = connect(server, port, model_version=version)
    assert classifier.label_names == (Other if found == 12 else Letters).names


def test_names_may_hold_anything(serve, port):
    server = serve({"my film/电影": {1: Letters()}})
    assert connect(server, port, model_name="my film/电影").label_names == LABELS


def test_a_large_answer_is_taken(serve):
    class Many(Letters):
        names = tuple(f"label {number}" for number in range(50_000))

        def scores(self, text):
            return np.full(len(self.names), 0.5, np.float32)

    _, scores = connect(serve({"film": {1: Many()}})).predict(["a"] * 24)
    assert scores.shape == (24, 50_000)  # 4.8 MB


def test_a_busy_server_is_asked_again(serve, port, pauses):
    server = serve()
    classifier = connect(server, port)
    server.failures.extend([BUSY, ("RESOURCE_EXHAUSTED", "quota"), BUSY])
    assert classifier.predict(["bb"])[0] == ["b"]
    assert (sizes(server), len(pauses)) == ([1, 1, 1, 1], 3)


def test_a_request_that_is_wrong_is_not_repeated(serve, port, pauses):
    server = serve()
    classifier = connect(server, port)
    server.failures.append(("INVALID_ARGUMENT", "no"))
    with pytest.raises(ValueError, match="The server at .* says: no"):
        classifier.predict(["bb"])
    assert (sizes(server), pauses) == ([1], [])
