"""Some of many texts, taken evenly from first to last."""

from collections.abc import Iterable


def spread_sample(texts: Iterable[str], *, most_bytes: int) -> list[str]:
    """Returns every text, or every second, fourth, ... one, so that they stay below a size.

    No draw is involved: the same texts give the same sample in every process, and only the sample
    is held in memory.

    Args:
        texts: iterable of str; gone over once.
        most_bytes: int. What the sample may have in UTF-8, unless its first text has more.

    Returns:
        List of str, in their order.

    Example:
        >>> spread_sample(["a", "b", "c", "d", "e"], most_bytes=3)
        ['a', 'c', 'e']
    """
    sample, size, step = [], 0, 1
    for number, text in enumerate(texts):
        if number % step:
            continue
        sample.append(text)
        size += _bytes(text)
        while size > most_bytes and len(sample) > 1:
            sample, step = sample[::2], 2 * step
            size = sum(map(_bytes, sample))
    return sample


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
