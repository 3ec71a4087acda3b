"""What a generated task is: its tokens, its classes and how its rows are drawn."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Task:
    """Names the tokens and classes of a task, and draws labelled rows of any length.

    Args:
        symbols: tuple of str. The tokens: id k, from 1, is `symbols[k - 1]`, and 0 is padding.
        classes: tuple of str. Class c, from 0, is `classes[c]`.
        draw: Function of `random`, a `numpy.random.Generator`, `length`, the tokens asked for, at
            least 1, and `count`, the rows, at least 1. It returns tokens, [count, W] int32, and
            labels, [count] int32. Rows shorter than W are padded with 0 on the right. Tasks that
            cannot make a length exactly say what they make instead.

    Raises:
        ValueError: If a symbol or a class stands there twice, or a symbol is empty or has a space.

    Example:
        >>> from keras_pe.tasks import TASKS
        >>> task = TASKS["even_pairs"]
        >>> tokens, labels = task.draw(np.random.default_rng(3), length=6, count=2)
        >>> for row, label in zip(tokens, labels):
        ...     print(task.text(row), "->", task.classes[label])
        1 0 0 0 0 1 -> even
        1 1 0 0 0 0 -> odd
        >>> task.chance
        0.5
    """

    symbols: tuple[str, ...]
    classes: tuple[str, ...]
    draw: Callable[[np.random.Generator, int, int], tuple[np.ndarray, np.ndarray]]

    def __post_init__(self):
        for name, members in (("symbols", self.symbols), ("classes", self.classes)):
            if len(set(members)) < len(members):
                raise ValueError(f"`{name}` must differ. Received: {name}={members!r}")
        if any(symbol.split() != [symbol] for symbol in self.symbols):
            raise ValueError(
                f"`symbols` must be words without spaces. Received: symbols={self.symbols!r}"
            )

    @property
    def chance(self) -> float:
        """The accuracy of guessing: one in the number of classes."""
        return 1 / len(self.classes)

    def text(self, row: Iterable[int]) -> str:
        """Returns the names of a row's tokens, joined by spaces, without the padding."""
        return " ".join(self.symbols[token - 1] for token in row if token)
