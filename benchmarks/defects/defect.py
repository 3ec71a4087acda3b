"""One defect of a peer, and what is found on both sides."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import keras

Value = float | int | str


@dataclass(frozen=True)
class Defect:
    """Something that another library gets wrong, measured alike on both sides.

    Args:
        name: str. What is measured, and in which layer of theirs.
        theirs: function without arguments that measures it.
        ours: the same with our layers.
        right: function of what one of them returns: whether that is as it should be.
    """

    name: str
    theirs: Callable[[], Value]
    ours: Callable[[], Value]
    right: Callable[[Value], bool]

    def measure(self) -> "Finding":
        theirs, ours = outcome(self.theirs), outcome(self.ours)
        return Finding(self.name, theirs, ours, self.right(theirs), self.right(ours))


@dataclass(frozen=True)
class Finding:
    """What a defect was found to be.

    Args:
        name: str. Of the defect.
        theirs: number or str.
        ours: number or str.
        mended: bool. Whether theirs is right by now.
        right: bool. Whether ours is.
    """

    name: str
    theirs: Value
    ours: Value
    mended: bool
    right: bool

    def cells(self) -> list[str]:
        """Returns a row of a table: the name, theirs, ours."""
        theirs, ours = _short(self.theirs), _short(self.ours)
        return [
            self.name,
            f"{theirs}, mended" if self.mended else theirs,
            ours if self.right else f"{ours}, wrong",
        ]


def outcome(work: Callable[[], Value]) -> Value:
    """Returns what the work returns, or the name of the error that it raises."""
    keras.utils.set_random_seed(0)
    with warnings.catch_warnings():
        # That a mask is lost is told by the table.
        warnings.simplefilter("ignore")
        try:
            return work()
        except Exception as error:
            return type(error).__name__


def at_most(limit: float) -> Callable[[Value], bool]:
    """Returns a function that says whether a value is a number up to a limit."""
    return lambda value: not isinstance(value, str) and value <= limit


def near(expected: float) -> Callable[[Value], bool]:
    """Returns a function that says whether a value is a number within a thousandth of another."""
    return lambda value: not isinstance(value, str) and abs(value - expected) <= 1e-3 * expected


def exactly(expected: Value) -> Callable[[Value], bool]:
    """Returns a function that says whether a value is this one."""
    return lambda value: value == expected


def _short(value):
    if isinstance(value, float):
        return f"{value:.2g}"
    return f"{value:,}" if isinstance(value, int) else value
