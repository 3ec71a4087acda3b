"""Texts that stay in their shards, and are brought into memory a window at a time."""

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
import tensorflow as tf

from keras_pe.data.encoded import EncodedTexts
from keras_pe.data.shards.part import Part
from keras_pe.data.shards.record import from_records

# Records that are decoded and cut at a time: few, for texts may be long.
_BLOCK = 256
_BLOCKS_AHEAD = 8
# From so many files at a time, so many texts each by turns.
_FILES, _TURN = 8, 16


class _Tokenizer(Protocol):
    framing_tokens: int

    def frame(self, pieces: tf.RaggedTensor, max_length: int) -> tf.RaggedTensor: ...


class ShardedTexts:
    """Gives the texts of a part of a prepared corpus, as a model reads them.

    It answers what training asks of `EncodedTexts`, but keeps no text in memory.

    Args:
        folder: str or path. Where the shards are.
        part: `Part`, with at least one text.
        tokenizer: the tokenizer that the pieces are of.
        max_length: int. Tokens a text is cut to, those that the tokenizer adds included.

    Raises:
        ValueError: the part has no texts.
    """

    def __init__(
        self,
        folder: str | os.PathLike[str],
        part: Part,
        *,
        tokenizer: _Tokenizer,
        max_length: int,
    ):
        if not part.rows:
            raise ValueError(f"{folder}: there must be at least one text. Received: none.")
        self._files = [str(Path(folder, shard.file)) for shard in part.shards if shard.rows]
        self._part = part
        self._tokenizer = tokenizer
        self._max_length = max_length

    def __len__(self) -> int:
        return self._part.rows

    def class_counts(self, num_classes: int) -> np.ndarray:
        """Returns the texts of each class, [C] int64."""
        counts = np.zeros(num_classes, np.int64)
        counts[list(self._part.labels)] = list(self._part.labels.values())
        return counts

    def length_counts(self) -> tuple[np.ndarray, np.ndarray]:
        """Returns rising lengths [M] int64, in tokens once cut, and the texts of each [M]."""
        lengths, rows = self._full_length_counts
        lengths = np.minimum(lengths, self._max_length)
        kept, at = np.unique(lengths, return_inverse=True)
        return kept, np.bincount(at, weights=rows).astype(np.int64)

    def full_length_percentiles(self, shares: Sequence[float]) -> np.ndarray:
        """Returns percentiles of the lengths before texts were cut, as `numpy.percentile` does."""
        lengths, rows = self._full_length_counts
        places = np.asarray(shares) / 100 * (len(self) - 1)
        below, above = (
            lengths[np.searchsorted(rows.cumsum(), place, side="right")]
            for place in (np.floor(places), np.ceil(places))
        )
        return below + (above - below) * (places % 1)

    @cached_property
    def cut(self) -> int:
        """How many texts lose tokens because they are too long."""
        lengths, rows = self._full_length_counts
        return int(rows[lengths > self._max_length].sum())

    @cached_property
    def _full_length_counts(self) -> tuple[np.ndarray, np.ndarray]:
        pieces, rows = np.array(list(self._part.lengths.items()), np.int64).T
        return pieces + self._tokenizer.framing_tokens, rows

    def windows(
        self, size: int, *, random: np.random.Generator | None = None
    ) -> Iterator[EncodedTexts]:
        """Yields the texts once, `size` at a time.

        Args:
            size: int, at least 1. Texts per window; the last one may have fewer.
            random: numpy Generator. Draws the order of the files, of which several are then read by
                turns. None reads them one after the other.

        Returns:
            An iterator of EncodedTexts.
        """
        return _windows(_blocks(self._decoded(random)), size)

    def _decoded(self, random) -> tf.data.Dataset:
        records = tf.data.TFRecordDataset(self._files)
        if random is not None:
            order = [self._files[at] for at in random.permutation(len(self._files))]
            records = tf.data.Dataset.from_tensor_slices(order).interleave(
                tf.data.TFRecordDataset,
                cycle_length=min(_FILES, len(order)),
                block_length=_TURN,
            )
        # Not in parallel, or the order would depend on which file is faster.
        blocks = records.batch(_BLOCK).map(self._decode)
        options = tf.data.Options()
        # The thread that tunes can hold up the end of an iterator: `untuned.py`.
        options.autotune.enabled = False
        return blocks.prefetch(_BLOCKS_AHEAD).with_options(options)

    def _decode(self, records):
        pieces, labels = from_records(records)
        ids = self._tokenizer.frame(pieces, self._max_length)
        full = tf.cast(pieces.row_lengths(), tf.int32) + self._tokenizer.framing_tokens
        return ids.flat_values, ids.row_lengths(), labels, full


def _blocks(dataset: tf.data.Dataset) -> Iterator[EncodedTexts]:
    for ids, lengths, labels, full in dataset.as_numpy_iterator():
        yield _texts(ids, lengths, labels, full)


def _windows(blocks: Iterable[EncodedTexts], size: int) -> Iterator[EncodedTexts]:
    held: list[EncodedTexts] = []
    for block in blocks:
        held.append(block)
        if sum(map(len, held)) >= size:
            together = _joined(held)
            ends = range(size, len(together) + 1, size)
            for end in ends:
                yield _slice(together, end - size, end)
            held = [_slice(together, ends[-1], len(together))] if ends[-1] < len(together) else []
    if held:
        yield _joined(held)


def _slice(texts: EncodedTexts, start: int, end: int) -> EncodedTexts:
    first, last = texts.offsets[start], texts.offsets[end]
    columns = (each[start:end] for each in (texts.lengths, texts.labels, texts.full_lengths))
    return _texts(texts.ids[first:last], *columns)


def _joined(blocks: Sequence[EncodedTexts]) -> EncodedTexts:
    columns = (
        [getattr(block, name) for block in blocks]
        for name in ("ids", "lengths", "labels", "full_lengths")
    )
    return _texts(*map(np.concatenate, columns))


def _texts(ids, lengths, labels, full_lengths) -> EncodedTexts:
    offsets = np.concatenate([[0], lengths]).cumsum()
    return EncodedTexts(ids, offsets, labels=labels, full_lengths=full_lengths)
