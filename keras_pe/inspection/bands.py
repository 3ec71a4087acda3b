"""Numbers as the bands that they are in, so that they can be counted as classes are."""

from dataclasses import replace

import numpy as np

from keras_pe.data.example import Example

_BANDS = 4


def in_bands(parts: dict[str, list[Example]]) -> dict[str, list[Example]]:
    """Replaces each number by the name of its band, of which four hold about as many rows.

    Args:
        parts: dict from the name of a part to its examples; "training" is one of them, and its
            numbers decide where bands end.

    Returns:
        The same with labels that are names.

    Example:
        >>> rows = [Example("", float(number), "f", 1) for number in (1, 2, 3, 4)]
        >>> [example.label for example in in_bands({"training": rows})["training"]]
        ['below 1.75', '1.75 to 2.5', '2.5 to 3.25', 'from 3.25']
    """
    numbers = [example.label for example in parts["training"]]
    edges = np.unique(np.quantile(numbers, np.arange(1, _BANDS) / _BANDS))
    return {
        name: [replace(example, label=_name(example.label, edges)) for example in part]
        for name, part in parts.items()
    }


def _name(number: float, edges: np.ndarray) -> str:
    at = int(np.searchsorted(edges, number, side="right"))
    if at == 0:
        return f"below {edges[0]:.4g}"
    if at == len(edges):
        return f"from {edges[-1]:.4g}"
    return f"{edges[at - 1]:.4g} to {edges[at]:.4g}"
