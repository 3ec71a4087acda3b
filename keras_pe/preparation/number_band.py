"""The strata of texts with numbers: bands of them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from keras_pe.data.example import Example
from keras_pe.data.number_split import band_edges
from keras_pe.preparation.order_statistics import order_statistics


@dataclass(frozen=True)
class NumberBand:
    """Puts a text into the band that holds the mean of its rows' numbers.

    Args:
        edges: sequence of float, rising. Where bands but the first begin.

    Example:
        >>> band = NumberBand([2.0, 5.0])
        >>> band.of_texts(np.array([1.0, 2.0, 4.0, 7.0]), np.array([0, 1, 2, 2]), 3).tolist()
        [0, 1, 2]
    """

    edges: Sequence[float]

    @classmethod
    def of(cls, buckets: Sequence[Callable[[], np.ndarray]]) -> "NumberBand":
        """Returns the bands of a corpus on disk.

        Args:
            buckets: sequence of functions that return the keys of a bucket, [N] `KEY`.
        """

        def numbers():
            return (bucket()["label"] for bucket in buckets)

        edges = band_edges(
            sum(map(len, numbers())), lambda places: order_statistics(numbers, places)
        )
        return cls(edges.tolist())

    @property
    def count(self) -> int:
        """How many strata there are."""
        return len(self.edges) + 1

    def of_rows(self, examples: Sequence[Example]) -> np.ndarray:
        """Returns the number of each row, [N] float64: what its key holds."""
        return np.array([example.label for example in examples], np.float64)

    def of_texts(self, numbers: np.ndarray, at: np.ndarray, texts: int) -> np.ndarray:
        """Returns the band of each text, [M] int64.

        Args:
            numbers: [N] float. Those of the rows.
            at: [N] int. Which text each row holds.
            texts: int. M.
        """
        ends = np.bincount(at, minlength=texts).cumsum()[:-1]
        rows = np.split(numbers[np.argsort(at, kind="stable")], ends)
        # Exact, as in memory: a sum must not depend on the order of the rows.
        means = [math.fsum(own) / len(own) for own in rows if len(own)]
        return np.searchsorted(self.edges, means, side="right")
