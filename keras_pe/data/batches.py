"""Padded batches of token ids as `tf.data`, always of known cardinality."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import tensorflow as tf

from keras_pe.data.encoded import EncodedTexts
from keras_pe.data.untuned import untuned


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
        self.steps_per_epoch = _steps(encoded, batch_size)
        self._encoded = encoded
        self._batch_size = batch_size
        self._lengths = _checked(lengths, encoded)
        self._groups = np.searchsorted(self._lengths, encoded.lengths).astype(np.int16)
        self._seed = seed
        self._weights = None if weights is None else np.asarray(weights, np.float32)

    def dataset(self) -> tf.data.Dataset:
        """Returns the batches; each pass over them serves the epoch that `epoch` names by then.

        Returns:
            `tf.data.Dataset` of `steps_per_epoch` pairs: token ids [B, T] int32, padded with 0 on
            the right, and the rows of the labels; with weights, of these three.
        """
        return _dataset(
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


def evaluation_batches(
    encoded: EncodedTexts, *, batch_size: int, lengths: Sequence[int]
) -> tuple[tf.data.Dataset, np.ndarray]:
    """Serves every text once, the shortest first.

    Args:
        encoded: EncodedTexts.
        batch_size: int, at least 1. Texts per batch.
        lengths: rising sequence of int. What rows may be padded to, in tokens.

    Returns:
        The `tf.data.Dataset` of (token ids [B, T] int32, rows of the labels), or of the token ids
        alone if there are no labels; and the order [N] int64: the k-th row served is text
        `order[k]`.

    Raises:
        ValueError: an argument is out of its range, or a text is longer than the last length.

    Example:
        >>> encoded = EncodedTexts(np.array([2, 7, 3, 2, 3]), np.array([0, 3, 5]))
        >>> dataset, order = evaluation_batches(encoded, batch_size=2, lengths=[3])
        >>> next(iter(dataset)).numpy().tolist(), order.tolist()
        ([[2, 3, 0], [2, 7, 3]], [1, 0])
    """
    lengths, steps = _checked(lengths, encoded), _steps(encoded, batch_size)
    order = np.argsort(encoded.lengths, kind="stable")
    batches = np.split(order, range(batch_size, len(order), batch_size))
    return _dataset(encoded, lambda: iter(batches), lengths, steps), order


def _dataset(
    encoded: EncodedTexts,
    rows: Callable[[], Iterator[np.ndarray]],
    lengths: np.ndarray,
    steps: int,
    weights: np.ndarray | None = None,
) -> tf.data.Dataset:
    columns = [column for column in (encoded.labels, weights) if column is not None]

    def batches():
        for batch in rows():
            yield padded_batch(encoded, batch, lengths, columns)

    return batch_dataset(batches, columns, steps=steps)


def batch_dataset(
    batches: Callable[[], Iterator], columns: Sequence[np.ndarray], *, steps: int
) -> tf.data.Dataset:
    """Returns batches as a dataset of known cardinality.

    Args:
        batches: function that returns an iterator of what `padded_batch` returns.
        columns: sequence of [N, ...]. Labels and whatever else stands beside the ids; of these only
            shapes and types count.
        steps: int. How many batches there are.

    Returns:
        `tf.data.Dataset` of (token ids [B, T] int32, rows of each column), or of the ids alone.
    """
    ids = tf.TensorSpec([None, None], tf.int32)
    specs = [tf.TensorSpec([None, *column.shape[1:]], column.dtype) for column in columns]
    signature = (ids, *specs) if columns else ids
    dataset = tf.data.Dataset.from_generator(batches, output_signature=signature)
    # Keras runs one step too many per epoch on a dataset that does not know its length.
    return untuned(dataset.apply(tf.data.experimental.assert_cardinality(steps)))


def padded_batch(
    encoded: EncodedTexts, rows: np.ndarray, lengths: np.ndarray, columns: Sequence[np.ndarray]
):
    """Returns some texts as a batch, padded with 0 to the first of `lengths` that holds them.

    Args:
        encoded: EncodedTexts.
        rows: [B] int. Which texts.
        lengths: [L] rising int. What rows may be padded to, in tokens.
        columns: sequence of [N, ...]. Labels and whatever else stands beside the ids.

    Returns:
        Token ids [B, T] int32 and the rows of the columns, or the ids alone.
    """
    ids = _padded(encoded, rows, lengths)
    return (ids, *(column[rows] for column in columns)) if columns else ids


def _padded(encoded: EncodedTexts, rows: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    sizes = encoded.lengths[rows]
    width = lengths[np.searchsorted(lengths, sizes.max())]
    ids = np.zeros((len(rows), width), np.int32)
    ends = np.cumsum(sizes)
    places = np.arange(ends[-1]) + np.repeat(encoded.offsets[rows] - ends + sizes, sizes)
    ids[np.arange(width) < sizes[:, None]] = encoded.ids[places]
    return ids


def _steps(encoded: EncodedTexts, batch_size: int) -> int:
    if batch_size < 1:
        raise ValueError(f"`batch_size` must be at least 1. Received: batch_size={batch_size!r}")
    return -(-len(encoded) // batch_size)


def _checked(lengths: Sequence[int], encoded: EncodedTexts) -> np.ndarray:
    array = np.asarray(lengths)
    if array.ndim != 1 or not len(array) or array[0] < 1 or (np.diff(array) < 1).any():
        raise ValueError(f"`lengths` must rise from at least 1. Received: lengths={lengths!r}")
    if encoded.lengths.max() > array[-1]:
        raise ValueError(
            f"The last of `lengths` must hold the longest text, {encoded.lengths.max()} tokens. "
            f"Received: lengths={lengths!r}. `padded_lengths` of these texts gives some that do."
        )
    return array
