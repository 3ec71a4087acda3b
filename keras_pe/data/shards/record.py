"""One text in a shard: a `tf.train.Example` of its piece ids and the number of its label."""

from collections.abc import Sequence

import tensorflow as tf

_FEATURES = {
    "ids": tf.io.RaggedFeature(tf.int64, row_splits_dtype=tf.int64),
    "label": tf.io.FixedLenFeature([], tf.int64),
}


def to_record(ids: Sequence[int], label: int) -> bytes:
    """Returns the bytes of one text; equal texts have equal bytes.

    Args:
        ids: sequence of int. All pieces of the text, without what a tokenizer puts around them.
        label: int.

    Returns:
        bytes, which `from_records` reads.

    Example:
        >>> ids, labels = from_records(tf.constant([to_record([7, 300], 1), to_record([], 0)]))
        >>> ids.to_list(), labels.numpy().tolist()
        ([[7, 300], []], [1, 0])
    """
    features = {"ids": _whole_numbers(ids), "label": _whole_numbers([label])}
    example = tf.train.Example(features=tf.train.Features(feature=features))
    # The order of the entries of a map is otherwise left to chance.
    return example.SerializeToString(deterministic=True)


def from_records(records: tf.Tensor) -> tuple[tf.RaggedTensor, tf.Tensor]:
    """Reads what `to_record` wrote; works in graphs.

    Args:
        records: [N] string.

    Returns:
        Ids [N, None] int32, ragged, and labels [N] int32.
    """
    features = tf.io.parse_example(records, _FEATURES)
    return tf.cast(features["ids"], tf.int32), tf.cast(features["label"], tf.int32)


def _whole_numbers(values: Sequence[int]) -> tf.train.Feature:
    return tf.train.Feature(int64_list=tf.train.Int64List(value=values))
