"""The strata that whole groups are held out by: the labels of each row, or the band of its number.

In a split by texts, a text is of one stratum; here, a row is of as many as it has labels.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from keras_pe.data.grouped_split import ordered_strata
from keras_pe.preparation.number_band import NumberBand
from keras_pe.preparation.training_keys import TrainingKeys


@dataclass(frozen=True)
class RowStrata:
    """Knows the strata of all rows of a corpus on disk.

    Args:
        names: sequence. What the strata are called.
        buckets: sequence of functions without arguments that return the keys of a bucket, [N]
            `KEY`.
        of_labels: function of what keys hold of labels, [N], that returns the place of a row and a
            stratum of it, [M] int each.
    """

    names: Sequence[Hashable]
    buckets: Sequence[Callable[[], np.ndarray]]
    of_labels: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]


def label_strata(keys: TrainingKeys) -> RowStrata:
    """Returns the strata where texts have labels; one of them is for rows without any."""
    sets = [(own,) if isinstance(own, str) else own or (None,) for own in keys.rows]
    names = ordered_strata({name for own in sets for name in own})
    numbers = {name: number for number, name in enumerate(names)}
    flat = np.array([numbers[name] for own in sets for name in own], np.int64)
    sizes = np.array([len(own) for own in sets], np.int64)
    starts = sizes.cumsum() - sizes

    def of_labels(labels):
        own = labels.astype(np.int64)
        rows = np.repeat(np.arange(len(own)), sizes[own])
        firsts = sizes[own].cumsum() - sizes[own]
        return rows, flat[starts[own][rows] + np.arange(len(rows)) - firsts[rows]]

    buckets = keys.buckets({own: number for number, own in enumerate(keys.rows)})
    return RowStrata(names, buckets, of_labels)


def number_strata(keys: TrainingKeys) -> RowStrata:
    """Returns the strata where texts have numbers: bands that hold about as many rows each."""
    buckets = keys.buckets()
    bands = NumberBand.of(buckets)

    def of_labels(numbers):
        return np.arange(len(numbers)), np.searchsorted(bands.edges, numbers, side="right")

    return RowStrata(range(bands.count), buckets, of_labels)
