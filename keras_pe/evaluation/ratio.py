"""Ratios in which nothing of nothing is none."""

import numpy as np


def ratio(part: np.ndarray | float, whole: np.ndarray | float) -> np.ndarray:
    """Returns `part / whole`, and 0.0 where both are nothing.

    Args:
        part: array of numbers, or one.
        whole: array of numbers, or one; where it is 0, `part` is too.

    Example:
        >>> ratio(np.array([1, 0]), np.array([4, 0])).tolist()
        [0.25, 0.0]
    """
    whole = np.asarray(whole, dtype=np.float64)
    return np.divide(part, whole, out=np.zeros_like(whole), where=whole != 0)
