"""The warm-up file, read as the server reads it: TFRecords of its own messages."""

import struct

import keras
import numpy as np
import pytest
import tensorflow as tf
from tensorflow_serving.apis import classification_pb2, predict_pb2, prediction_log_pb2

from keras_pe.serving.answers import ClassAnswer
from keras_pe.serving.served import ServedClassifier
from keras_pe.serving.warm_up import write_warm_up


def records(path):
    """Length (8 bytes), its checksum (4), the record, its checksum (4)."""
    content, start = path.read_bytes(), 0
    while start < len(content):
        (length,) = struct.unpack_from("<Q", content, start)
        yield content[start + 12 : start + 12 + length]
        start += 16 + length
    assert start == len(content)


def read(record):
    """Model name, endpoint, inputs and wanted outputs of a PredictionLog."""
    log = prediction_log_pb2.PredictionLog.FromString(record)
    request = getattr(log, log.WhichOneof("log_type")).request
    if isinstance(request, classification_pb2.ClassificationRequest):
        examples = request.input.example_list.examples
        inputs = {"inputs": tf.constant([example.SerializeToString() for example in examples])}
    else:
        assert isinstance(request, predict_pb2.PredictRequest)
        inputs = {key: tf.constant(tf.make_ndarray(t)) for key, t in request.inputs.items()}
    outputs = tuple(getattr(request, "output_filter", ()))
    return request.model_spec.name, request.model_spec.signature_name, inputs, outputs


@pytest.fixture(scope="module")
def requests(version):
    return [read(r) for r in records(version / "assets.extra" / "tf_serving_warmup_requests")]


def test_tensorflow_reads_the_same_records(version):
    path = version / "assets.extra" / "tf_serving_warmup_requests"
    assert [r.numpy() for r in tf.data.TFRecordDataset(str(path))] == list(records(path))


def test_the_model_answers_every_request(version, requests):
    served = ServedClassifier(version)
    for name, signature, inputs, _ in requests:
        assert name == "film"
        (given,) = inputs.values()
        for tensor in served.signatures[signature](**inputs).values():
            assert tensor.shape[0] == given.shape[0]
            assert tensor.dtype == tf.string or np.isfinite(tensor).all()


def test_every_endpoint_is_asked_and_most_of_all_the_main_one(version, requests):
    asked = [signature for _, signature, *_ in requests]
    assert set(asked) == set(ServedClassifier(version).signatures)
    assert asked.count("serving_default") == len(asked) - 4


def test_the_outputs_that_clients_name_are_asked_for(requests):
    """A session prepares each set of outputs by itself, which takes some tenths of a second."""
    asked = [outputs for _, name, _, outputs in requests if name == "serving_default"]
    assert set(asked) == {(), ("label", "score"), ("scores",)}


def test_texts_come_in_several_numbers_and_lengths(version, requests, tokenizer):
    texts = [inputs["text"] for _, name, inputs, _ in requests if name == "serving_default"]
    shapes = {tuple(tokenizer.pad(tokenizer.encode(text, 16)).shape) for text in texts}
    singles = {tokens for rows, tokens in shapes if rows == 1}
    assert singles == set(range(2, 17))  # every length there is, two of the tokens being the frame
    assert shapes == {(1, tokens) for tokens in singles} | {
        (rows, tokens) for rows in (4, 8, 32) for tokens in (10, 16)
    }
    assert len(set(texts[0].numpy())) > 1


def test_long_texts_come_in_small_numbers(build, export, tmp_path):
    model = build(keras.layers.GlobalMaxPooling1D(), mask_zero=False)
    path = export(model, tmp_path, max_length=2_048) / "assets.extra" / "tf_serving_warmup_requests"
    rows = {}
    for _, name, inputs, _ in map(read, records(path)):
        if name == "serving_default":
            words = len(inputs["text"][0].numpy().split())
            rows[words] = max(rows.get(words, 0), len(inputs["text"]))
    assert rows == dict.fromkeys(range(129), 1) | {8: 32, 64: 32, 2_046: 1}


@pytest.mark.parametrize("fault", ["nan", "rows"])
def test_a_request_without_a_proper_answer_leaves_no_file(fault, tokenizer, tmp_path):
    class Broken:
        folder = tmp_path
        max_length = 16
        inputs = ("text",)
        answer = ClassAnswer(["a"])
        signatures = {"tokenize": lambda text: {"token_ids": tf.ones([1, 3], tf.int32)}}

    scores = tf.constant([[np.nan]]) if fault == "nan" else tf.ones([2, 1])
    Broken.signatures["serving_default"] = lambda text: {"scores": scores}
    (tmp_path / "assets.extra").mkdir()

    with pytest.raises(ValueError, match=r"finite numbers, one row per text.*output scores of s"):
        write_warm_up(Broken, tokenizer, "film")

    assert list((tmp_path / "assets.extra").iterdir()) == []
