"""A split of texts with numbers that holds out the same share of small and of large ones."""

from collections.abc import Iterable

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
    bands = max(min(_BANDS, len(examples) // _FEWEST_ROWS), 1)
    edges = np.quantile(numbers, np.arange(1, bands) / bands) if len(examples) else []

    def band(copies: Copies) -> int:
        return int(np.searchsorted(edges, numbers[copies.rows].mean(), side="right"))

    return strata_split(examples, stratum_of=band, fraction=fraction, seed=seed)
