"""Which numbers stand where in a row of sorted numbers that no memory holds."""

from collections.abc import Callable, Iterable

import numpy as np

_DIGITS = 16


def order_statistics(chunks: Callable[[], Iterable[np.ndarray]], places: np.ndarray) -> np.ndarray:
    """Returns the numbers at some places of the sorted numbers, without sorting them.

    The numbers are gone through four times: for each place, its number is found 16 bits at a time,
    by counting how many of the numbers that begin with the bits found go on with each 16 bits more.

    Args:
        chunks: function that returns an iterable of [N] float64, none of them NaN.
        places: [M] int, from 0.

    Returns:
        [M] float64.

    Example:
        >>> numbers = [np.array([3.0, -1.0]), np.array([2.5])]
        >>> order_statistics(lambda: numbers, np.array([0, 2])).tolist()
        [-1.0, 3.0]
    """
    found = np.zeros(len(places), np.uint64)
    rest = np.array(places, np.int64)
    for shift in range(64 - _DIGITS, -1, -_DIGITS):
        counts = {prefix: np.zeros(2**_DIGITS, np.int64) for prefix in np.unique(found).tolist()}
        for chunk in chunks():
            _count(_ordered(chunk), shift, counts)
        for at, prefix in enumerate(found.tolist()):
            until = counts[prefix].cumsum()
            digit = int(np.searchsorted(until, rest[at], side="right"))
            rest[at] -= until[digit] - counts[prefix][digit]
            found[at] = (prefix << _DIGITS) | digit
    return _numbers(found)


def _count(keys, shift, counts):
    digits = keys >> np.uint64(shift)
    # A shift by all 64 bits is not defined.
    prefixes = digits >> np.uint64(_DIGITS)
    for prefix, own in counts.items():
        these = digits[prefixes == np.uint64(prefix)] & np.uint64(2**_DIGITS - 1)
        own += np.bincount(these.astype(np.int64), minlength=len(own))


_SIGN = np.uint64(2**63)


def _ordered(numbers: np.ndarray) -> np.ndarray:
    """Returns whole numbers in the order of the floats: IEEE 754 needs its sign turned for it."""
    # -0.0 is 0.0.
    bits = (numbers + 0.0).astype(np.float64).view(np.uint64)
    return np.where(bits & _SIGN, ~bits, bits | _SIGN)


def _numbers(ordered: np.ndarray) -> np.ndarray:
    return np.where(ordered & _SIGN, ordered ^ _SIGN, ~ordered).view(np.float64)
