"""The few lengths that batches are padded to."""

import numpy as np

from keras_pe.data.encoded import EncodedTexts

_STEP, _MOST, _MOST_OF_XLA = 4, 24, 6


def padded_lengths(
    encoded: EncodedTexts, *, count: int | None = None, jit_compile: bool = False
) -> tuple[int, ...]:
    """Chooses lengths so that as little padding as possible is computed in all.

    The choice is exact for texts that are each padded to the next length, and depends on the data
    alone.

    Args:
        encoded: EncodedTexts, or anything with their `length_counts`.
        count: int. The most lengths there may be. Default: 24, or 6 with `jit_compile`.
        jit_compile: bool. Whether XLA compiles the model, for each length anew; without, one graph
            serves all.

    Returns:
        Rising tuple of int: multiples of 4, and as the last one the tokens of the longest text.

    Raises:
        ValueError: `count` is less than 1.

    Example:
        >>> ids, offsets = np.ones(80, "int32"), np.cumsum([0, 3, 5, 4, 18, 50])
        >>> padded_lengths(EncodedTexts(ids, offsets), count=2)
        (8, 50)
    """
    if count is None:
        count = _MOST_OF_XLA if jit_compile else _MOST
    if count < 1:
        raise ValueError(f"`count` must be at least 1. Received: count={count!r}")
    lengths, counts = encoded.length_counts()
    rounded = np.minimum(-(-lengths // _STEP) * _STEP, lengths.max())
    candidates, at = np.unique(rounded, return_inverse=True)
    rows = np.zeros(len(candidates), np.int64)
    np.add.at(rows, at, counts)
    return tuple(candidates[_cheapest(candidates, rows, count)].tolist())


def _cheapest(candidates: np.ndarray, rows: np.ndarray, count: int) -> list[int]:
    """Returns which candidates to take; the last one always is.

    Dynamic programming: the cheapest way to end a group at `last` is the cheapest way to end one
    at some `first` before it, plus a group of the rows between, each padded to `candidates[last]`.
    """
    until = np.cumsum(rows)
    between = (until[None, :] - until[:, None]) * candidates[None, :]  # [first, last]
    impossible = np.iinfo(between.dtype).max // 2
    between[np.tril_indices(len(candidates))] = impossible
    cost, ways = until * candidates, []
    for _ in range(min(count, len(candidates)) - 1):
        total = cost[:, None] + between
        ways.append(total.argmin(axis=0))
        cost = np.minimum(total.min(axis=0), impossible)
    taken = [len(candidates) - 1]
    for way in reversed(ways):
        taken.append(int(way[taken[-1]]))
    return taken[::-1]
