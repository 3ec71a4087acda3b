"""One text in a shard: a `tf.train.Example` of its piece ids, its label, and what else it has."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import tensorflow as tf

from keras_pe.data.shards.stored_targets import STORED_TARGETS, StoredTarget, whole_numbers

_IDS = tf.io.RaggedFeature(tf.int64, row_splits_dtype=tf.int64)


@dataclass(frozen=True, kw_only=True)
class RecordFormat:
    """Says what there is of every text of a part.

    Args:
        problem_type: str. A key of `STORED_TARGETS`: what the labels are.
        num_classes: int. 0 where labels have no names.
        text_pairs: bool. Whether there is a second text.
        weighted: bool. Whether there is a weight.

    Example:
        >>> format = RecordFormat(num_classes=2, text_pairs=True)
        >>> records = tf.constant([format.to_record([[7, 300], [8]], 1)])
        >>> (first, second), labels, weights = format.from_records(records)
        >>> first.to_list(), second.to_list(), labels.numpy().tolist(), weights
        ([[7, 300]], [[8]], [1], None)
    """

    problem_type: str = "single_label"
    num_classes: int = 0
    text_pairs: bool = False
    weighted: bool = False

    def to_record(
        self, ids: Sequence[Sequence[int]], target: np.ndarray, weight: float | None = None
    ) -> bytes:
        """Returns the bytes of one text; equal texts have equal bytes.

        Args:
            ids: sequence of [T] int. All pieces of the text, or of both of a pair, without what a
                tokenizer puts around them.
            target: what the numbering of labels gave for it.
            weight: float. What its row counts in training, if there are weights.

        Returns:
            bytes, which `from_records` reads.
        """
        features = {name: whole_numbers(row) for name, row in zip(self._ids, ids, strict=True)}
        features["label"] = self._target.to_feature(target)
        if self.weighted:
            # Not as a float of `tf.train.Example`, which has 32 bits.
            content = np.array(weight, "<f8").tobytes()
            features["weight"] = tf.train.Feature(bytes_list=tf.train.BytesList(value=[content]))
        example = tf.train.Example(features=tf.train.Features(feature=features))
        # The order of the entries of a map is otherwise left to chance.
        return example.SerializeToString(deterministic=True)

    def from_records(self, records: tf.Tensor):
        """Reads what `to_record` wrote; works in graphs.

        Args:
            records: [N] string.

        Returns:
            Tuple of the ids, one or two [N, None] int32, ragged; the labels as they were numbered,
            [N, ...]; and the weights [N] float64, or None.
        """
        features = dict.fromkeys(self._ids, _IDS) | {"label": self._target.read_as}
        if self.weighted:
            features["weight"] = tf.io.FixedLenFeature([], tf.string)
        found = tf.io.parse_example(records, features)
        ids = tuple(tf.cast(found[name], tf.int32) for name in self._ids)
        labels = self._target.from_feature(found["label"], self.num_classes)
        weights = tf.io.decode_raw(found["weight"], tf.float64)[:, 0] if self.weighted else None
        return ids, labels, weights

    @property
    def no_targets(self) -> np.ndarray:
        """The labels of no texts, [0, ...]."""
        return self._target.none(self.num_classes)

    @property
    def _target(self) -> StoredTarget:
        return STORED_TARGETS[self.problem_type]

    @property
    def _ids(self) -> tuple[str, ...]:
        return ("ids", "second_ids") if self.text_pairs else ("ids",)
