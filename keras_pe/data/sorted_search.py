"""Where numbers stand among others that are sorted."""

import numpy as np


def places_among(known: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Returns where each number stands among known ones, -1 where it is none of them.

    Unlike `numpy.isin`, it sorts nothing, so it may be called for a few numbers at a time.

    Args:
        known: [K] uint64, rising.
        values: [N] uint64.

    Returns:
        [N] int64.

    Example:
        >>> places_among(np.array([3, 7], "uint64"), np.array([7, 2, 9, 3], "uint64")).tolist()
        [1, -1, -1, 0]
    """
    if not len(known):
        return np.full(len(values), -1, np.int64)
    at = np.minimum(np.searchsorted(known, values), len(known) - 1)
    return np.where(known[at] == values, at, -1)
