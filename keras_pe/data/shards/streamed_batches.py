"""Padded batches of texts that stay in their shards."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import tensorflow as tf

from keras_pe.data.batches import batch_dataset, drawn_rows, padded_batch
from keras_pe.data.encoded import EncodedTexts
from keras_pe.data.shards.read_ahead import read_ahead
from keras_pe.data.shards.sharded_texts import ShardedTexts

# Which parts of all texts that are shuffled at a time the first windows of an epoch hold.
_GROWING = (32, 16, 8, 4, 2, 1)


class StreamedBatches:
    """Serves every text once per epoch, as `TrainingBatches` does, with a window of it in memory.

    Each epoch draws the order of the shards from `seed` and the number of the epoch alone, reads
    several of them by turns, and shuffles and groups within a window of some thousand texts, while
    a thread reads the next one. So an epoch can be served again after a restart. The first window
    is a small one, for training waits for it, and each has twice the texts of the one before, up to
    `shuffle_buffer`. All hold whole batches, so their number is known before anything is read.

    `epoch` says which epoch the next pass over the dataset serves.

    Args:
        texts: `ShardedTexts`.
        batch_size: int, at least 1. Texts per batch.
        lengths: rising sequence of int. What rows may be padded to, in tokens.
        seed: int, not negative.
        shuffle_buffer: int, at least 1. Texts shuffled at a time; twice as many are in memory.
        text_weights: function of what rows say that they count, [N] float or None, and of their
            labels, that returns what texts count in the loss, [N] float32; None for 1.
    """

    def __init__(
        self,
        texts: ShardedTexts,
        *,
        batch_size: int,
        lengths: Sequence[int],
        seed: int,
        shuffle_buffer: int,
        text_weights: Callable[[np.ndarray | None, np.ndarray], np.ndarray] | None = None,
    ):
        self.epoch = 0
        self.steps_per_epoch = -(-len(texts) // batch_size)
        self._texts = texts
        self._batch_size = batch_size
        self._lengths = np.asarray(lengths)
        self._seed = seed
        self._text_weights = text_weights
        self._windows = [
            _whole_batches(shuffle_buffer // smaller, batch_size) for smaller in _GROWING
        ]

    def dataset(self) -> tf.data.Dataset:
        """Returns the batches; each pass over them serves the epoch that `epoch` names by then.

        Returns:
            `tf.data.Dataset` of `steps_per_epoch` pairs: token ids [B, T] int32, padded with 0 on
            the right, and the rows of the labels; with weights, of these three.
        """
        labels = self._texts.no_labels
        columns = [labels] if self._text_weights is None else [labels, np.zeros(0, np.float32)]
        return batch_dataset(self._batches, columns, steps=self.steps_per_epoch)

    def _columns(self, window: EncodedTexts) -> list[np.ndarray]:
        if self._text_weights is None:
            return [window.labels]
        return [window.labels, self._text_weights(window.weights, window.labels)]

    def _batches(self) -> Iterator[tuple[np.ndarray, ...]]:
        draw = np.random.default_rng([self._seed, self.epoch])
        for window in read_ahead(self._texts.windows(self._windows, random=draw)):
            groups = np.searchsorted(self._lengths, window.lengths).astype(np.int16)
            columns = self._columns(window)
            for rows in drawn_rows(draw, groups, self._batch_size):
                yield padded_batch(window, rows, self._lengths, columns)


def streamed_evaluation_batches(
    texts: ShardedTexts, *, batch_size: int, lengths: Sequence[int], window: int
) -> tf.data.Dataset:
    """Serves every text once, the shortest of each window first.

    Args:
        texts: `ShardedTexts`.
        batch_size: int, at least 1. Texts per batch.
        lengths: rising sequence of int. What rows may be padded to, in tokens.
        window: int, at least 1. Texts in memory at a time.

    Returns:
        `tf.data.Dataset` of (token ids [B, T] int32, rows of the labels).
    """
    lengths, window = np.asarray(lengths), _whole_batches(window, batch_size)

    def batches():
        for encoded in read_ahead(texts.windows(window)):
            order = np.argsort(encoded.lengths, kind="stable")
            for rows in np.split(order, range(batch_size, len(order), batch_size)):
                yield padded_batch(encoded, rows, lengths, [encoded.labels])

    return batch_dataset(batches, [texts.no_labels], steps=-(-len(texts) // batch_size))


def _whole_batches(window: int, batch_size: int) -> int:
    """Returns the window rounded to whole batches, so that only the last batch of all is short."""
    return max(window // batch_size, 1) * batch_size
