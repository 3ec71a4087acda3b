"""Batches to train on."""

from collections.abc import Iterator, Sequence

import numpy as np
import tensorflow as tf

from keras_pe.data.batches.arguments import check_batch_size, checked_lengths
from keras_pe.data.batches.dataset import dataset_of_rows
from keras_pe.data.encoded import EncodedTexts


class TrainingBatches:
    """Serves every text once per epoch, in batches of similar length and shuffled order.

    Each epoch draws a permutation from `seed` and the number of the epoch alone, sorts it by the
    padded length (texts of one length group keep their random order), cuts it into batches and
    shuffles these. So few batches mix groups, and an epoch can be served again after a restart. The
    texts that do not fill a batch, drawn at random, come last.

    `epoch` says which epoch the next pass over the dataset serves. It stays as it is until somebody
    sets it: Keras looks into a dataset before it trains on it.

    Args:
        encoded: EncodedTexts with labels.
        batch_size: int, at least 1. Texts per batch.
        lengths: rising sequence of int. What rows may be padded to, in tokens:
            `padded_lengths` chooses them.
        seed: int, not negative.
        weights: [N] float. What each text counts in the loss; None for 1.

    Raises:
        ValueError: there are no labels, an argument is out of its range, or a text is longer than
            the last length.

    Example:
        >>> encoded = EncodedTexts(
        ...     np.array([2, 7, 3, 2, 3]), np.array([0, 3, 5]), labels=np.array([1, 0])
        ... )
        >>> batches = TrainingBatches(encoded, batch_size=2, lengths=[4], seed=0)
        >>> batches.steps_per_epoch
        1
        >>> sorted(row.tolist() for ids, labels in batches.dataset() for row in ids.numpy())
        [[2, 3, 0, 0], [2, 7, 3, 0]]
    """

    def __init__(
        self,
        encoded: EncodedTexts,
        *,
        batch_size: int,
        lengths: Sequence[int],
        seed: int,
        weights: np.ndarray | None = None,
    ):
        check_batch_size(batch_size)
        if encoded.labels is None:
            raise ValueError("`encoded` must have labels to train on. Received: labels=None")
        if weights is not None and len(weights) != len(encoded):
            raise ValueError(
                "`weights` must have one entry per text. "
                f"Received: {len(weights)} entries, {len(encoded)} texts"
            )
        if seed < 0:
            raise ValueError(f"`seed` must not be negative. Received: seed={seed!r}")
        self.epoch = 0
        self.steps_per_epoch = -(-len(encoded) // batch_size)
        self._encoded = encoded
        self._batch_size = batch_size
        self._lengths = checked_lengths(lengths, encoded)
        self._groups = np.searchsorted(self._lengths, encoded.lengths).astype(np.int16)
        self._seed = seed
        self._weights = None if weights is None else np.asarray(weights, np.float32)

    def dataset(self) -> tf.data.Dataset:
        """Returns the batches; each pass over them serves the epoch that `epoch` names by then.

        Returns:
            `tf.data.Dataset` of `steps_per_epoch` pairs: token ids [B, T] int32, padded with 0 on
            the right, and the rows of the labels; with weights, of these three.
        """
        return dataset_of_rows(
            self._encoded, self._rows, self._lengths, self.steps_per_epoch, self._weights
        )

    def _rows(self) -> Iterator[np.ndarray]:
        draw = np.random.default_rng([self._seed, self.epoch])
        return drawn_rows(draw, self._groups, self._batch_size)


def drawn_rows(
    draw: np.random.Generator, groups: np.ndarray, batch_size: int
) -> Iterator[np.ndarray]:
    """Yields which texts stand together in a batch: in random order, few batches mixing groups.

    Args:
        draw: numpy Generator.
        groups: [N] int. The length group of each text.
        batch_size: int. Texts per batch; the last one may have fewer.

    Returns:
        An iterator of [B] int64.
    """
    order = draw.permutation(len(groups))
    filled = len(order) - len(order) % batch_size
    grouped = order[:filled][np.argsort(groups[order[:filled]], kind="stable")]
    yield from draw.permutation(grouped.reshape(-1, batch_size))
    if filled < len(order):
        yield order[filled:]
