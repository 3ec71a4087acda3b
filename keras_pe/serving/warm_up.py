"""Requests that TensorFlow Serving answers before it gives a version to clients."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import tensorflow as tf

from keras_pe.serving.prediction_log import classify_log, predict_log, regress_log
from keras_pe.serving.served import EXTRA, ServedClassifier
from keras_pe.serving.vocabulary_texts import vocabulary_texts
from keras_pe.text.tokenizer import Tokenizer

WARM_UP = "tf_serving_warmup_requests"  # the server looks for this name
_ROWS = (4, 8, 32)
_WORDS = (8, 64)  # and a text as long as the model reads
# oneDNN prepares its kernels anew for each number of tokens, which makes the first short text of a
# length cost two to three times what the next one does. Longer texts do not notice.
_EVERY_LENGTH_TO = 128
# A version is there for clients only when all are answered: 4,096 tokens at once take about as long
# as 32 texts of 128.
_TOKENS = 4_096
_LOGS = {"classify": classify_log, "regress": regress_log}


class _Request(NamedTuple):
    signature: str
    inputs: Mapping[str, tf.Tensor]
    rows: int
    outputs: Sequence[str] = ()


def write_warm_up(served: ServedClassifier, tokenizer: Tokenizer, model_name: str) -> Path:
    """Writes `assets.extra/tf_serving_warmup_requests`, once the model has answered each request.

    TensorFlow Serving sends them to a version that it has just loaded: else the first client would
    wait for what TensorFlow does only once. If one fails, the server does not load the version.
    Most ask `serving_default`: with one text of every length up to 128 words, an empty one, and 4
    to 32 texts of some lengths. One asks each other endpoint. A server prepares each set of outputs
    by itself, so one each asks for those that our clients name. The words are those of the
    vocabulary: no text of the training data.

    Args:
        served: the loaded version.
        tokenizer: the one that was exported.
        model_name: name of the served model.

    Returns:
        The path of the file, a TFRecord file of PredictionLog messages.

    Raises:
        ValueError: if a request is answered with other than finite numbers, a row per text.
    """
    path = served.folder / EXTRA / WARM_UP
    requests = list(_requests(served, tokenizer))
    for request in requests:
        _answer(served, request)
    with tf.io.TFRecordWriter(str(path)) as file:
        for request in requests:
            file.write(_record(request, model_name))
    return path


def _requests(served: ServedClassifier, tokenizer: Tokenizer) -> Iterator[_Request]:
    most = served.max_length - tokenizer.framing_tokens
    for rows, words in _shapes(most):
        yield _ask("serving_default", served, vocabulary_texts(tokenizer, rows, words))
    yield _ask("serving_default", served, [""])
    (text,) = texts = vocabulary_texts(tokenizer, 1, min(_WORDS[0], most))
    for outputs in dict.fromkeys((served.answer.shown, (served.answer.scored,))):
        yield _ask("serving_default", served, texts)._replace(outputs=outputs)
    for signature in sorted({"tokenize", "embed"} & set(served.signatures)):
        yield _ask(signature, served, texts)
    token_ids = served.signatures["tokenize"](**_ask("tokenize", served, texts).inputs)
    yield _Request("tokens", token_ids, 1)
    example = tf.constant([_example(text, served.inputs)], tf.string)
    for signature in sorted(_LOGS.keys() & served.signatures):
        yield _Request(signature, {"inputs": example}, 1)


def _shapes(most: int) -> Iterator[tuple[int, int]]:
    """Yields how many texts of how many words each to ask for."""
    lengths = sorted({min(words, most) for words in _WORDS} | {most})
    for rows, words in itertools.product(_ROWS, lengths):
        if rows * words <= _TOKENS:
            yield rows, words
    for words in range(1, min(most, _EVERY_LENGTH_TO) + 1):
        yield 1, words
    if most > _EVERY_LENGTH_TO:
        yield 1, most


def _ask(signature: str, served: ServedClassifier, texts: Sequence[str]) -> _Request:
    """Asks for texts; where pairs are wanted, each comes with one of the others, from the end."""
    columns = zip(served.inputs, (texts, texts[::-1]), strict=False)
    inputs = {name: tf.constant(column, tf.string) for name, column in columns}
    return _Request(signature, inputs, len(texts))


def _example(text: str, keys: Sequence[str]) -> bytes:
    value = tf.train.Feature(bytes_list=tf.train.BytesList(value=[text.encode()]))
    features = tf.train.Features(feature=dict.fromkeys(keys, value))
    return tf.train.Example(features=features).SerializeToString()


def _answer(served: ServedClassifier, request: _Request) -> None:
    for name, tensor in served.signatures[request.signature](**request.inputs).items():
        finite = tensor.dtype in (tf.string, tf.bool) or np.isfinite(tensor).all()
        if tensor.shape[0] != request.rows or not finite:
            raise ValueError(
                "Every warm-up request must be answered with finite numbers, one row per text. "
                f"Received: output {name} of {request.signature}, shape={tensor.shape}, for "
                f"{request.rows} texts"
            )


def _record(request: _Request, model_name: str) -> bytes:
    if request.signature in _LOGS:
        examples = request.inputs["inputs"].numpy()
        return _LOGS[request.signature](model_name, request.signature, examples.tolist())
    return predict_log(model_name, request.signature, request.inputs, request.outputs)
