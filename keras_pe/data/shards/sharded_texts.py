"""Texts that stay in their shards, and are brought into memory a window at a time."""

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import tensorflow as tf

from keras_pe.data.encoded import EncodedTexts
from keras_pe.data.shards.part import Part
from keras_pe.data.shards.record_format import RecordFormat
from keras_pe.data.target_counts import TargetCounts
from keras_pe.data.tokenizer import Tokenizer
from keras_pe.data.weight_sums import WeightSums

# Records that are decoded and cut at a time: few, for texts may be long.
_BLOCK = 256
_BLOCKS_AHEAD = 8
# From so many files at a time, so many texts each by turns.
_FILES, _TURN = 8, 16


class ShardedTexts:
    """Gives the texts of a part of a prepared corpus, as a model reads them.

    It answers what training asks of `EncodedTexts`, but keeps no text in memory.

    Args:
        folder: str or path. Where the shards are.
        part: `Part`, with at least one text.
        tokenizer: the tokenizer that the pieces are of.
        max_length: int. Tokens a text is cut to, those that the tokenizer adds included.
        format: `RecordFormat` of the part.

    Raises:
        ValueError: the part has no texts.
    """

    def __init__(
        self,
        folder: str | os.PathLike[str],
        part: Part,
        *,
        tokenizer: Tokenizer,
        max_length: int,
        format: RecordFormat,
    ):
        if not part.rows:
            raise ValueError(f"{folder}: there must be at least one text. Received: none.")
        self._files = [str(Path(folder, shard.file)) for shard in part.shards if shard.rows]
        self._part = part
        self._tokenizer = tokenizer
        self._max_length = max_length
        self._format = format
        self._framing = (
            tokenizer.framing_tokens_of_pairs if format.text_pairs else tokenizer.framing_tokens
        )

    def __len__(self) -> int:
        return self._part.rows

    @property
    def target_counts(self) -> TargetCounts:
        """How often labels stand at the texts."""
        return self._part.targets

    @property
    def weight_sums(self) -> WeightSums | None:
        """What the texts weigh; None where rows do not say it."""
        return self._part.weights

    @property
    def no_labels(self) -> np.ndarray:
        """The labels of no texts, [0, ...]: what shape and type those of texts have."""
        return self._format.no_targets

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
        """How many texts lose tokens because they are too long.

        Of pairs that are read in windows, those do not count that lose tokens of the second alone.
        """
        lengths, rows = self._full_length_counts
        return int(rows[lengths > self._max_length].sum())

    @cached_property
    def _full_length_counts(self) -> tuple[np.ndarray, np.ndarray]:
        pieces, rows = np.array(list(self._part.lengths.items()), np.int64).T
        return pieces + self._framing, rows

    def windows(
        self, size: int | Sequence[int], *, random: np.random.Generator | None = None
    ) -> Iterator[EncodedTexts]:
        """Yields the texts once, `size` at a time.

        Args:
            size: int, at least 1. Texts per window; the last one may have fewer. Of several, each
                is that of one window, and the last one that of all others.
            random: numpy Generator. Draws the order of the files, of which several are then read by
                turns. None reads them one after the other.

        Returns:
            An iterator of EncodedTexts.
        """
        sizes = [size] if isinstance(size, int) else size
        return _windows(_blocks(self._decoded(random)), sizes)

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

    @cached_property
    def _decode(self):
        # Traced once: an epoch would start some tenths of a second later each time.
        return tf.function(self._decoded_block, input_signature=[tf.TensorSpec([None], tf.string)])

    def _decoded_block(self, records):
        pieces, labels, weights = self._format.from_records(records)
        first, *second = pieces
        ids = self._tokenizer.frame(first, self._max_length, *second)
        full = sum(tf.cast(each.row_lengths(), tf.int32) for each in pieces) + self._framing
        columns = {"lengths": ids.row_lengths(), "labels": labels, "full_lengths": full}
        if weights is not None:
            columns["weights"] = weights
        return {"ids": ids.flat_values, **columns}


def _blocks(dataset: tf.data.Dataset) -> Iterator[EncodedTexts]:
    for columns in dataset.as_numpy_iterator():
        yield _texts(**columns)


def _windows(blocks: Iterable[EncodedTexts], sizes: Sequence[int]) -> Iterator[EncodedTexts]:
    size, *later = sizes
    held: list[EncodedTexts] = []
    for block in blocks:
        held.append(block)
        while sum(map(len, held)) >= size:
            together = _joined(held)
            yield _slice(together, 0, size)
            held = [_slice(together, size, len(together))] if size < len(together) else []
            size, *later = later or [size]
    if held:
        yield _joined(held)


def _slice(texts: EncodedTexts, start: int, end: int) -> EncodedTexts:
    first, last = texts.offsets[start], texts.offsets[end]
    columns = {name: column[start:end] for name, column in _columns(texts).items()}
    return _texts(texts.ids[first:last], **columns)


def _joined(blocks: Sequence[EncodedTexts]) -> EncodedTexts:
    columns = [{"ids": block.ids, **_columns(block)} for block in blocks]
    return _texts(**{name: np.concatenate([c[name] for c in columns]) for name in columns[0]})


def _columns(texts: EncodedTexts) -> dict[str, np.ndarray]:
    names = ("lengths", "labels", "full_lengths", "weights")
    columns = {name: getattr(texts, name) for name in names}
    return {name: column for name, column in columns.items() if column is not None}


def _texts(ids, lengths, **columns) -> EncodedTexts:
    return EncodedTexts(ids, np.concatenate([[0], lengths]).cumsum(), **columns)
