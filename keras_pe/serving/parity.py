"""Compares an exported classifier with the Keras model it came from."""

from collections.abc import Sequence

import keras
import numpy as np
import tensorflow as tf

from keras_pe.layers.layers_inside import layers_inside
from keras_pe.serving.answers import ClassAnswer
from keras_pe.serving.served import ServedClassifier
from keras_pe.text.tokenizer import Tokenizer

FLOAT32_TOLERANCE = 1e-5
# bfloat16 keeps 8 bits of a number, and a graph may round in other places than eager Keras.
HALF_TOLERANCE = 2e-2
_BATCH = 32
_ALONE = 4  # eager Keras takes each step of an LSTM by itself, so not all

# What breaks exports most often: nothing, bytes that are not text, and more than the model reads.
EDGE_TEXTS = ("", b"\xff\xfe not \xc3( UTF-8", "a very long text, 很长的文字 " * 4_000)


def check_parity(
    served: ServedClassifier,
    model: keras.Model,
    tokenizer: Tokenizer,
    texts: Sequence[str | bytes],
    *,
    max_length: int,
    answer: ClassAnswer | None = None,
    tolerance: float | None = None,
) -> float:
    """Raises if a loaded export and its Keras model disagree on a text.

    Scores may differ by 1e-5, 2e-2 where a layer computes in 16 bits, or `tolerance`; numbers by
    that share of themselves or of the targets' standard deviation. The label must be the Keras
    model's best one, or one that Keras scores as high within that tolerance; sets of labels must
    be those whose Keras scores reach the thresholds, but for scores within that tolerance. Both
    compute the same batches, so padding is the same; the first four texts are also answered one by
    one. Where pairs are wanted, each text comes with the one that follows it.

    Args:
        served: the loaded export: a `ServedClassifier`, or another with its `predict`.
        model: the Keras model, from token ids [B, T] to probabilities [B, C].
        tokenizer: the one that was exported.
        texts: at least one text.
        max_length: int. Tokens per text.
        answer: what the model answers with; one of several classes by default.
        tolerance: float. By how much scores may differ, if that is more: weights may be rounded.

    Returns:
        The largest difference between two scores.

    Raises:
        ValueError: with the text, both answers and the difference.
    """
    answer = answer or ClassAnswer(served.label_names)
    tolerance, scale = max(tolerance or 0.0, _tolerance(model)), _scale(model)
    largest = 0.0
    columns = [list(texts), [*texts[1:], *texts[:1]]][: len(served.inputs)]
    parts = [slice(at, at + 1) for at in range(len(texts[:_ALONE]))]
    parts += [slice(start, start + _BATCH) for start in range(0, len(texts), _BATCH)]
    for part in parts:
        batch = [column[part] for column in columns]
        first, *second = (tf.constant(each, tf.string) for each in batch)
        ids = tokenizer.pad(tokenizer.encode(first, max_length, *second))
        expected = keras.ops.convert_to_numpy(model(ids, training=False)).astype(np.float32)
        decisions, scores = served.predict(*batch, batch_size=_BATCH)
        for row, text in enumerate(batch[0]):
            allowed = answer.tolerance(expected[row], tolerance, scale)
            _compare(text, answer, decisions[row], scores[row], expected[row], allowed)
        largest = max(largest, float(np.abs(scores - expected).max()))
    return largest


def _tolerance(model: keras.Model) -> float:
    dtypes = {layer.compute_dtype for layer in layers_inside(model)}
    return HALF_TOLERANCE if dtypes & {"float16", "bfloat16"} else FLOAT32_TOLERANCE


def _scale(model: keras.Model) -> float:
    """Returns what the last layer multiplies with: a regression undoes its scaling there."""
    last = model.layers[-1]
    return abs(last.scale) if isinstance(last, keras.layers.Rescaling) else 1.0


def _compare(
    text: str | bytes,
    answer: ClassAnswer,
    decision: object,
    scores: np.ndarray,
    expected: np.ndarray,
    tolerance: float,
) -> None:
    difference = float(np.abs(scores - expected).max())
    # `not <=` rather than `>`, so that NaN is refused too.
    if not difference <= tolerance:
        raise ValueError(
            f"The export must score as the Keras model does, within {tolerance:g}. Received: "
            f"text={text[:60]!r}, scores={scores.tolist()}, Keras scores={expected.tolist()}, "
            f"difference={difference:.3g}"
        )
    contradiction = answer.contradiction(decision, expected, tolerance)
    if contradiction:
        raise ValueError(
            "The export must choose the label that the Keras model does. "
            f"Received: text={text[:60]!r}, {contradiction}"
        )
