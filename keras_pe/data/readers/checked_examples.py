"""What holds for the examples of every reader: there are some, and tensors can hold their texts."""

import os
from collections.abc import Iterator

from keras_pe.data.example import Example


def checked_examples(
    examples: Iterator[Example], path: str | os.PathLike[str], *, may_be_empty: bool
) -> Iterator[Example]:
    """Yields examples as they are read, until there is a fault.

    Args:
        examples: iterator of Example.
        path: str or path. Where they are read from.
        may_be_empty: bool. Whether there may be none.

    Returns:
        An iterator of Example.

    Raises:
        ValueError: there is none, or one holds half a character.
    """
    empty = True
    for example in examples:
        empty = False
        for value in (*example.texts, *example.labels, example.group or ""):
            _check_unicode(value, example)
        yield example
    if empty and not may_be_empty:
        raise ValueError(f"{path}: there must be at least one example. Received: none.")


def _check_unicode(value: str, example: Example) -> None:
    # JSON escapes and the names of folders can hold them; no tensor and no UTF-8 file can.
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError(
            f"{example.place}: texts, labels and groups must not hold half a character (a lone "
            f"surrogate). Received: {value[error.start]!r}, character {error.start + 1} of "
            f"{value[:60]!r}."
        ) from None
