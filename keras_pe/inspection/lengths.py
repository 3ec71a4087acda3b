"""How long texts are, and what a limit would cut."""

from collections.abc import Sequence

import numpy as np

LIMITS = (64, 128, 256, 512)
_PERCENTILES = (5, 25, 50, 75, 90, 95, 99)
_BINS = 40


def length_facts(lengths: Sequence[int]) -> dict:
    """Returns percentiles, the mean and the largest of some lengths.

    Args:
        lengths: at least one number.

    Returns:
        dict from "5 %" and so on, "mean" and "longest" to numbers.

    Example:
        >>> facts = length_facts([1, 2, 3, 4, 10])
        >>> facts["50 %"], facts["mean"], facts["longest"]
        (3, 4.0, 10)
    """
    found = np.percentile(lengths, _PERCENTILES, method="higher")
    facts = {f"{at} %": int(value) for at, value in zip(_PERCENTILES, found, strict=True)}
    return facts | {"mean": float(np.mean(lengths)), "longest": int(np.max(lengths))}


def cut_shares(lengths: Sequence[int], limits: Sequence[int] = LIMITS) -> dict[str, float]:
    """Returns the share of texts longer than each limit.

    Example:
        >>> cut_shares([10, 70, 130, 600])
        {'64': 0.75, '128': 0.5, '256': 0.25, '512': 0.25}
    """
    return {str(limit): float(np.mean(np.asarray(lengths) > limit)) for limit in limits}


def length_histogram(lengths: Sequence[int]) -> dict:
    """Counts lengths in bins of equal width, the longest 0.5 % apart.

    Args:
        lengths: at least one number.

    Returns:
        dict: `width` of a bin; `counts`, of which the first is for lengths from 0 on; and `beyond`,
        how many lengths are above the last bin.

    Example:
        >>> length_histogram([1, 1, 3])
        {'width': 1, 'counts': [0, 2, 0, 1], 'beyond': 0}
    """
    lengths = np.asarray(lengths)
    last = int(np.percentile(lengths, 99.5, method="higher"))
    width = last // _BINS + 1
    counts = np.bincount(lengths[lengths <= last] // width)
    return {"width": width, "counts": counts.tolist(), "beyond": int((lengths > last).sum())}
