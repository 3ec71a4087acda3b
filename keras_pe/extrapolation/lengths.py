"""The lengths of texts in a study."""


def length_range(text) -> tuple[int, ...]:
    """Reads lengths written as first:last or first:last:step; the last one is included.

    Args:
        text: str.

    Returns:
        Rising tuple of int.

    Raises:
        ValueError: If it is not written so, or holds no length.

    Example:
        >>> length_range("41:100:20")
        (41, 61, 81)
    """
    parts = text.split(":")
    if len(parts) not in (2, 3) or not all(part.isdecimal() for part in parts):
        raise _refused(text)
    first, last, *step = map(int, parts)
    step = step[0] if step else 1
    if not 1 <= first <= last or step < 1:
        raise _refused(text)
    return tuple(range(first, last + 1, step))


def _refused(text):
    return ValueError(
        "`test_lengths` must be first:last or first:last:step, from at least 1 and not falling. "
        f"Received: test_lengths={text!r}"
    )


def in_range_lengths(train_length, count=8) -> tuple[int, ...]:
    """Returns up to `count` lengths from 1 to `train_length`, evenly spaced, the last included.

    Example:
        >>> in_range_lengths(40)
        (5, 10, 15, 20, 25, 30, 35, 40)
    """
    return tuple(sorted({-(-train_length * k // count) for k in range(1, count + 1)}))


def padded_width(width, step) -> int:
    """Returns the next multiple of `step`: few widths, so that few graphs are compiled.

    Example:
        >>> padded_width(41, step=16)
        48
    """
    return -(-width // step) * step
