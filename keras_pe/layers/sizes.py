"""Sizes that are plain numbers where they are known, and tensors where a graph leaves them open."""

from keras import ops


def smaller(one, other):
    """Returns the smaller of two sizes; a plain number if both are, which shapes need.

    Example:
        >>> smaller(3, 5)
        3
    """
    return min(one, other) if _known(one, other) else ops.minimum(one, other)


def larger(one, other):
    """Returns the larger of two sizes; a plain number if both are, which shapes need.

    Example:
        >>> larger(3, 5)
        5
    """
    return max(one, other) if _known(one, other) else ops.maximum(one, other)


def _known(*sizes):
    return all(isinstance(size, int) for size in sizes)
