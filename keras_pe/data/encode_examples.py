"""From examples to token ids."""

import os
from collections.abc import Callable, Iterable
from functools import lru_cache, partial

import numpy as np
import tensorflow as tf
from tqdm import tqdm

from keras_pe.data.encoded import EncodedTexts
from keras_pe.data.example import Example
from keras_pe.data.labels import LabelVocabulary
from keras_pe.data.npy_stream import npy_stream
from keras_pe.data.readers import chunks
from keras_pe.data.target_scale import TargetScale
from keras_pe.data.tokenizer import Tokenizer
from keras_pe.files.new_folder import new_folder


def encode_examples(
    examples: Iterable[Example],
    *,
    tokenizer: Tokenizer,
    max_length: int,
    labels: LabelVocabulary | TargetScale | None = None,
    folder: str | os.PathLike[str] | None = None,
    progress: bool = False,
) -> EncodedTexts:
    """Turns examples into token ids, some hundreds at a time.

    Args:
        examples: iterable of Example, all with a second text or none; gone over once.
        tokenizer: a tokenizer of `keras_pe.text`.
        max_length: int. Tokens a text is cut to, those that the tokenizer adds included.
        labels: LabelVocabulary, LabelSets or TargetScale. Turns labels into numbers; None if they
            are not wanted.
        folder: str or path, new or empty. Where the ids are kept; None for memory.
        progress: bool. Whether to show a bar on standard error.

    Returns:
        EncodedTexts.

    Raises:
        ValueError: there are no examples, `folder` holds something, `max_length` is too small for
            the tokenizer, or `labels` does not have the label of an example.
    """
    encode = partial(_chunk_ids, tokenizer, max_length)
    examples = tqdm(examples, "tokenising", unit=" texts", disable=not progress)
    if folder is None:
        ids = []
        columns = _encode(examples, encode, labels, keep=ids.append)
        return EncodedTexts(np.concatenate(ids), **columns)
    with new_folder(folder) as building:
        with npy_stream(building / "ids.npy", "int32") as append:
            columns = _encode(examples, encode, labels, keep=append)
        for name, column in columns.items():
            np.save(building / f"{name}.npy", column)
    return EncodedTexts.load(folder)


def _encode(
    examples: Iterable[Example],
    encode: Callable[[list[Example]], tuple[tf.Tensor, tf.Tensor, tf.Tensor]],
    labels: LabelVocabulary | TargetScale | None,
    keep: Callable[[np.ndarray], None],
) -> dict[str, np.ndarray]:
    """Hands the ids to `keep`, chunk by chunk, and returns the other columns."""
    lengths, full_lengths, numbers, weights = [], [], [], []
    for chunk in chunks(examples):
        ids, kept, full = encode(chunk)
        keep(ids.numpy())
        lengths.append(kept.numpy())
        full_lengths.append(full.numpy())
        if labels is not None:
            numbers.append(labels.encode(chunk))
        weights += [example.weight for example in chunk if example.weight is not None]
    if not lengths:
        raise ValueError("`examples` must hold at least one example. Received: none.")
    columns = {
        "offsets": np.concatenate([[0], *lengths]).cumsum(),
        "full_lengths": np.concatenate(full_lengths),
    }
    if labels is not None:
        columns["labels"] = np.concatenate(numbers)
    return columns | ({"weights": np.array(weights, np.float64)} if weights else {})


def _chunk_ids(tokenizer: Tokenizer, max_length: int, chunk: list[Example]):
    """Returns the ids of all texts of a chunk, how many each has, and had before it was cut."""
    columns = zip(*(example.texts for example in chunk), strict=True)
    texts = [tf.constant([text.encode("utf-8", "replace") for text in each]) for each in columns]
    return _graph(tokenizer, max_length, len(texts))(*texts)


# Tracing takes as long as encoding a thousand texts, and prediction comes here chunk by chunk.
@lru_cache(maxsize=4)
def _graph(
    tokenizer: Tokenizer, max_length: int, texts_each: int
) -> tf.types.experimental.PolymorphicFunction:
    framing = tokenizer.framing_tokens if texts_each == 1 else tokenizer.framing_tokens_of_pairs

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string)] * texts_each, autograph=False)
    def encode(*texts):
        first, *second = map(tokenizer.tokenize, texts)
        ids = tokenizer.frame(first, max_length, *second)
        full_lengths = sum(tf.cast(each.row_lengths(), tf.int32) for each in (first, *second))
        return ids.flat_values, ids.row_lengths(), full_lengths + framing

    return encode
