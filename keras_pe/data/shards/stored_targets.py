"""How the label of a text stands in a shard, for each type of problem."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import tensorflow as tf


@dataclass(frozen=True)
class StoredTarget:
    """Says what becomes of a row of what the numbering of labels gave, and how it is read again.

    Args:
        to_feature: function of such a row, that returns a `tf.train.Feature`.
        read_as: how `tf.io.parse_example` reads it.
        from_feature: function of what that read, and the number of classes, that returns the rows
            as they were.
        none: function of the number of classes, that returns the rows of no texts.
    """

    to_feature: Callable[[np.ndarray], tf.train.Feature]
    read_as: tf.io.FixedLenFeature | tf.io.RaggedFeature
    from_feature: Callable[[tf.Tensor, int], tf.Tensor]
    none: Callable[[int], np.ndarray]


def whole_numbers(values) -> tf.train.Feature:
    """Returns whole numbers as a feature."""
    return tf.train.Feature(int64_list=tf.train.Int64List(value=values))


def _holds(numbers: tf.RaggedTensor, num_classes: int) -> tf.Tensor:
    places = tf.stack([numbers.value_rowids(), numbers.flat_values], axis=1)
    shape = tf.stack([numbers.nrows(), num_classes])
    ones = tf.ones_like(numbers.flat_values, tf.uint8)
    return tf.scatter_nd(places, ones, shape)


STORED_TARGETS = {
    "single_label": StoredTarget(
        to_feature=lambda number: whole_numbers([int(number)]),
        read_as=tf.io.FixedLenFeature([], tf.int64),
        from_feature=lambda numbers, num_classes: tf.cast(numbers, tf.int32),
        none=lambda num_classes: np.zeros(0, np.int32),
    ),
    "multi_label": StoredTarget(
        to_feature=lambda holds: whole_numbers(np.flatnonzero(holds).tolist()),
        read_as=tf.io.RaggedFeature(tf.int64, row_splits_dtype=tf.int64),
        from_feature=_holds,
        none=lambda num_classes: np.zeros((0, num_classes), np.uint8),
    ),
    "regression": StoredTarget(
        to_feature=lambda number: tf.train.Feature(
            float_list=tf.train.FloatList(value=[float(number)])
        ),
        read_as=tf.io.FixedLenFeature([], tf.float32),
        from_feature=lambda numbers, num_classes: numbers,
        none=lambda num_classes: np.zeros(0, np.float32),
    ),
}
