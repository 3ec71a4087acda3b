"""A split of texts with numbers that holds out the same share of small and of large ones."""

import math
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from keras_pe.data.copies import Copies
from keras_pe.data.example import Example
from keras_pe.data.strata_split import strata_split

_BANDS = 10
_FEWEST_ROWS = 10  # of a band, on average


def number_split(
    examples: Iterable[Example], *, fraction: float, seed: int
) -> tuple[list[Example], list[Example]]:
    """Holds out the same share of up to ten bands of targets, equal texts together.

    The bands hold about as many rows each. A text whose rows have different targets is in the band
    of their mean. Where a text goes depends on the seed, the texts and the targets, by hash, so not
    on the order of the file.

    Args:
        examples: iterable of Example with numbers.
        fraction: float in (0, 1). The share to hold out.
        seed: int.

    Returns:
        The examples kept and the examples held out, both in the order of `examples`.

    Raises:
        ValueError: `fraction` is out of bounds, or there are not two different texts.

    Example:
        >>> rows = [Example(f"text {row}", row // 50, "f", row) for row in range(100)]
        >>> _, held_out = number_split(rows, fraction=0.1, seed=0)
        >>> sorted(example.label for example in held_out)
        [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
    """
    examples = list(examples)
    numbers = np.array([example.label for example in examples], np.float64)
    edges = band_edges(len(numbers), np.sort(numbers).__getitem__)

    def band(copies: Copies) -> int:
        # Exact: a sum must not depend on the order of the rows.
        mean = math.fsum(numbers[copies.rows]) / len(copies.rows)
        return int(np.searchsorted(edges, mean, side="right"))

    return strata_split(examples, stratum_of=band, fraction=fraction, seed=seed)


def band_edges(rows: int, numbers_at: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Returns where bands of numbers begin, but for the first: quantiles, as numpy gives them.

    Args:
        rows: int. How many numbers there are.
        numbers_at: function of places [M] among the sorted numbers, that returns these numbers.

    Returns:
        [bands - 1] float64, rising.

    Example:
        >>> band_edges(20, np.arange(20.0).__getitem__)
        array([9.5])
    """
    bands = max(min(_BANDS, rows // _FEWEST_ROWS), 1)
    places = np.arange(1, bands) / bands * (rows - 1)
    below, above = (numbers_at(end(places).astype(np.int64)) for end in (np.floor, np.ceil))
    return below + (above - below) * (places % 1)


def number_bands(examples: Sequence[Example]) -> list[tuple[int]]:
    """Returns the band of each number, as `number_split` divides them.

    Args:
        examples: sequence of Example with numbers.

    Returns:
        List of tuples of one int.

    Example:
        >>> rows = [Example("", float(row), "f", row) for row in range(20)]
        >>> [len([band for band in number_bands(rows) if band == (at,)]) for at in range(2)]
        [10, 10]
    """
    numbers = np.array([example.label for example in examples], np.float64)
    edges = band_edges(len(numbers), np.sort(numbers).__getitem__)
    return [(band,) for band in np.searchsorted(edges, numbers, side="right").tolist()]
