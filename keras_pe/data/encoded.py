"""Token ids of many texts in one flat array, in memory or on disk."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Protocol

import numpy as np
import tensorflow as tf
from tqdm import tqdm

from keras_pe.data.example import Example
from keras_pe.data.labels import LabelVocabulary
from keras_pe.data.npy_stream import npy_stream
from keras_pe.data.readers import chunks
from keras_pe.data.target_scale import TargetScale
from keras_pe.files.new_folder import new_folder


@dataclass(frozen=True, eq=False)
class EncodedTexts:
    """Holds the token ids of N texts one after the other, and their labels.

    Args:
        ids: [total] int32. The tokens of all texts.
        offsets: [N + 1] int64. Text n is `ids[offsets[n]:offsets[n + 1]]`.
        labels: [N] int32 class numbers, [N, C] uint8 for sets of labels, [N] float32 numbers, or
            None where they are not known.
        full_lengths: [N] int32. Tokens of the texts before they were cut; None if none was.

    Raises:
        ValueError: there are no texts, a text has no tokens, or the sizes do not fit together.

    Example:
        >>> encoded = EncodedTexts(np.array([2, 7, 3, 2, 3]), np.array([0, 3, 5]))
        >>> len(encoded), encoded.lengths.tolist(), encoded.cut
        (2, [3, 2], 0)
    """

    ids: np.ndarray
    offsets: np.ndarray
    labels: np.ndarray | None = None
    full_lengths: np.ndarray | None = None

    def __post_init__(self):
        if len(self.offsets) < 2:
            raise ValueError("There must be at least one text. Received: none.")
        if self.offsets[0] != 0 or self.offsets[-1] != len(self.ids) or self.lengths.min() < 1:
            raise ValueError(
                "`offsets` must rise from 0 to the number of ids. Received: offsets="
                f"{self.offsets!r}, {len(self.ids)} ids"
            )
        for name, column in (("labels", self.labels), ("full_lengths", self.full_lengths)):
            if column is not None and len(column) != len(self):
                raise ValueError(
                    f"`{name}` must have one entry per text. "
                    f"Received: {len(column)} entries, {len(self)} texts"
                )

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @cached_property
    def lengths(self) -> np.ndarray:
        """Tokens of each text, [N] int64."""
        return np.diff(self.offsets)

    @cached_property
    def cut(self) -> int:
        """How many texts lost tokens because they were too long."""
        return 0 if self.full_lengths is None else int((self.full_lengths > self.lengths).sum())

    def class_counts(self, num_classes: int) -> np.ndarray:
        """Returns the texts of each class, [C] int64."""
        if self.labels.ndim > 1:
            return self.labels.sum(axis=0, dtype=np.int64)
        return np.bincount(self.labels, minlength=num_classes)

    def length_counts(self) -> tuple[np.ndarray, np.ndarray]:
        """Returns rising lengths [M] int64, in tokens, and the texts of each [M] int64."""
        return np.unique(self.lengths, return_counts=True)

    def full_length_percentiles(self, shares: Sequence[float]) -> np.ndarray:
        """Returns percentiles of the lengths before texts were cut."""
        full = self.lengths if self.full_lengths is None else self.full_lengths
        return np.percentile(full, shares)

    def windows(self, size: int) -> Iterator["EncodedTexts"]:
        """Yields itself: texts in memory need not be gone through `size` at a time."""
        yield self

    @classmethod
    def load(cls, folder: str | os.PathLike[str]) -> "EncodedTexts":
        """Opens what `encode_examples` wrote; the ids stay on disk.

        Args:
            folder: str or path.

        Returns:
            EncodedTexts.

        Raises:
            FileNotFoundError: a file is missing.
            ValueError: the files are damaged or do not belong together.
        """
        folder = Path(folder)
        labels = folder / "labels.npy"
        return cls(
            ids=np.load(folder / "ids.npy", mmap_mode="r"),
            offsets=np.load(folder / "offsets.npy"),
            labels=np.load(labels) if labels.exists() else None,
            full_lengths=np.load(folder / "full_lengths.npy"),
        )


class _Tokenizer(Protocol):
    framing_tokens: int
    framing_tokens_of_pairs: int

    def tokenize(self, texts: tf.Tensor) -> tf.RaggedTensor: ...

    def frame(
        self,
        pieces: tf.RaggedTensor,
        max_length: int,
        second_pieces: tf.RaggedTensor | None = None,
    ) -> tf.RaggedTensor: ...


def encode_examples(
    examples: Iterable[Example],
    *,
    tokenizer: _Tokenizer,
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
    lengths, full_lengths, numbers = [], [], []
    for chunk in chunks(examples):
        ids, kept, full = encode(chunk)
        keep(ids.numpy())
        lengths.append(kept.numpy())
        full_lengths.append(full.numpy())
        if labels is not None:
            numbers.append(labels.encode(chunk))
    if not lengths:
        raise ValueError("`examples` must hold at least one example. Received: none.")
    columns = {
        "offsets": np.concatenate([[0], *lengths]).cumsum(),
        "full_lengths": np.concatenate(full_lengths),
    }
    return columns if labels is None else columns | {"labels": np.concatenate(numbers)}


def _chunk_ids(tokenizer: _Tokenizer, max_length: int, chunk: list[Example]):
    """Returns the ids of all texts of a chunk, how many each has, and had before it was cut."""
    columns = zip(*(example.texts for example in chunk), strict=True)
    texts = [tf.constant([text.encode("utf-8", "replace") for text in each]) for each in columns]
    return _graph(tokenizer, max_length, len(texts))(*texts)


# Tracing takes as long as encoding a thousand texts, and prediction comes here chunk by chunk.
@lru_cache(maxsize=4)
def _graph(
    tokenizer: _Tokenizer, max_length: int, texts_each: int
) -> tf.types.experimental.PolymorphicFunction:
    framing = tokenizer.framing_tokens if texts_each == 1 else tokenizer.framing_tokens_of_pairs

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string)] * texts_each, autograph=False)
    def encode(*texts):
        first, *second = map(tokenizer.tokenize, texts)
        ids = tokenizer.frame(first, max_length, *second)
        full_lengths = sum(tf.cast(each.row_lengths(), tf.int32) for each in (first, *second))
        return ids.flat_values, ids.row_lengths(), full_lengths + framing

    return encode
