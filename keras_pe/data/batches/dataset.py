"""Batches as a dataset that knows how many they are."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import tensorflow as tf

from keras_pe.data.batches.padded import padded_batch
from keras_pe.data.encoded import EncodedTexts
from keras_pe.data.untuned import untuned


def dataset_of_rows(
    encoded: EncodedTexts,
    rows: Callable[[], Iterator[np.ndarray]],
    lengths: np.ndarray,
    steps: int,
    weights: np.ndarray | None = None,
) -> tf.data.Dataset:
    """Returns texts that are in memory as a dataset.

    Args:
        encoded: EncodedTexts.
        rows: function that returns an iterator of which texts stand together, [B] int.
        lengths: [L] rising int. What rows may be padded to, in tokens.
        steps: int. How many batches there are.
        weights: [N] float32. What stands beside ids and labels; None for nothing.

    Returns:
        As `batch_dataset`.
    """
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
