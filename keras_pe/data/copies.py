"""The rows that hold one and the same text, and which of them are held out."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from keras_pe.data.content import content
from keras_pe.data.example import Example
from keras_pe.data.splits import draw


@dataclass(frozen=True)
class Copies:
    """Holds the rows of one text.

    Args:
        content: str. What the rows share: see `keras_pe.data.content`.
        rows: list of int. Where they stand among the examples.
    """

    content: str
    rows: list[int]


def copies_of(examples: Sequence[Example]) -> list[Copies]:
    """Returns the different texts, each with its rows.

    Args:
        examples: sequence of Example.

    Returns:
        List of `Copies`, in the order in which the texts first stand there.

    Example:
        >>> copies_of([Example(text, "a", "f", 1) for text in ("Tea!", "rain", "tea")])
        [Copies(content='tea', rows=[0, 2]), Copies(content='rain', rows=[1])]
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for at, example in enumerate(examples):
        groups[content(example.all_text)].append(at)
    return [Copies(text, rows) for text, rows in groups.items()]


def drawn_rows(copies: Sequence[Copies], size: int, seed: int) -> list[int]:
    """Returns the rows of the texts that come first by hash and fit; of the smallest if none fits.

    Args:
        copies: sequence of `Copies`, not empty.
        size: int. The most rows.
        seed: int.

    Returns:
        List of int. The order of `copies` plays no part.
    """
    chosen: list[int] = []
    ordered = sorted(copies, key=lambda each: draw(seed, each.content))
    for each in ordered:
        if len(chosen) + len(each.rows) <= size:
            chosen += each.rows
    return chosen or min(ordered, key=lambda each: len(each.rows)).rows
