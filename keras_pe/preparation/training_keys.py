"""What is known of every row that is to be learned from, or divided, a bucket at a time."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial

import numpy as np

from keras_pe.data.example import Example
from keras_pe.data.sorted_search import places_among
from keras_pe.preparation.spills import Spills


class TrainingKeys:
    """Gives the keys of the training part, without the rows that leaks leave out.

    Args:
        spills: `Spills`.
        num_buckets: int.
        drop_leaks: bool. Whether rows whose text is held out too are left out.
        dropped_groups: [G] int, rising. Hashes of groups whose rows are left out.
    """

    def __init__(
        self,
        spills: Spills,
        num_buckets: int,
        *,
        drop_leaks: bool,
        dropped_groups: Sequence[int] = (),
    ):
        self._spills = spills
        self._num_buckets = num_buckets
        self._drop_leaks = drop_leaks
        self._dropped_groups = np.asarray(dropped_groups, np.uint64)

    def buckets(self, numbers: Mapping | None = None) -> list[Callable[[], np.ndarray]]:
        """Returns for each bucket a function that returns its keys, [N] `KEY`.

        Args:
            numbers: mapping from labels to what keys shall hold of them; None where labels are
                numbers, which they hold themselves.
        """
        return [partial(self._keys, bucket, numbers) for bucket in range(self._num_buckets)]

    def _keys(self, bucket, numbers):
        keys = self._spills.keys("train", bucket, numbers)
        if self._drop_leaks:
            keys = keys[~self._spills.leaks(bucket, keys["draw"])]
        if len(self._dropped_groups):
            keys = keys[places_among(self._dropped_groups, keys["group"]) < 0]
        return keys

    def are_empty(self, rows: np.ndarray) -> np.ndarray:
        """Returns which keys, [N] `KEY`, are of empty texts, [N] bool."""
        return self._spills.is_empty(rows["draw"])

    @cached_property
    def rows(self) -> dict[str | tuple[str, ...], int]:
        """How many rows have each label, or each set of labels; those that any row has."""
        labels = list(self._spills.firsts("train"))
        sizes = np.zeros(len(labels), np.int64)
        for bucket in self.buckets({label: number for number, label in enumerate(labels)}):
            sizes += np.bincount(bucket()["label"].astype(np.int64), minlength=len(labels))
        return {label: size for label, size in zip(labels, sizes.tolist(), strict=True) if size}

    @property
    def firsts(self) -> dict[str | tuple[str, ...], Example]:
        """The first example of each of these, without its text."""
        firsts = self._spills.firsts("train")
        return {label: firsts[label] for label in self.rows}

    @property
    def place(self) -> str:
        """Where a row of the training part stands, for errors."""
        for bucket in range(self._num_buckets):
            for example in self._spills.rows("train", bucket):
                return example.place
        return "none"
