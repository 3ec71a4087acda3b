"""Labels, weights and groups as they stand in a file become those of examples."""

import math
import reprlib
import sys
from collections.abc import Iterable, Iterator

from keras_pe.data.example import Example
from keras_pe.data.targets import Target


def with_targets(
    examples: Iterable[Example],
    target: Target,
    *,
    separator: str | None,
    weighted: bool,
    grouped: bool,
) -> Iterator[Example]:
    """Reads the label of each example, its weight and its group.

    Args:
        examples: iterable of Example, as a reader found them.
        target: Target. What labels are.
        separator: str, or None. What stands between several labels in one string.
        weighted: bool. Whether there are weights.
        grouped: bool. Whether there are groups.

    Returns:
        An iterator of Example.

    Raises:
        ValueError: a label, a weight or a group is none; the message starts with `file:row`.
    """
    for example in examples:
        label = target.read(example.label, example.place, separator)
        weight = _weight(example) if weighted else None
        group = read_group(example.group, example.place) if grouped else None
        yield _replaced(example, label, weight, group)


def with_text_labels(examples: Iterable[Example]) -> Iterator[Example]:
    """Keeps labels that are strings and not empty; all others become None.

    Args:
        examples: iterable of Example, with labels as a reader found them.

    Returns:
        An iterator of Example.
    """
    for example in examples:
        known = isinstance(example.label, str) and example.label.strip()
        yield _replaced(example, example.label if known else None)


def _replaced(
    example: Example, label: object, weight: float | None = None, group: str | None = None
) -> Example:
    place = (example.source, example.row)
    return Example(example.text, label, *place, weight, example.second_text, group)


def _weight(example: Example) -> float:
    try:
        weight = math.nan if isinstance(example.weight, bool) else float(example.weight)
    except (TypeError, ValueError, OverflowError):
        weight = math.nan
    if not 0 <= weight < math.inf:
        raise ValueError(
            f"{example.place}: the weight must be a finite number of at least 0. "
            f"Received: weight={reprlib.repr(example.weight)}"
        )
    return weight


def read_group(value: object, place: str) -> str:
    """Returns the group of a row.

    Args:
        value: str, or whatever else the file holds there.
        place: str. `file:row`, for the error.

    Raises:
        ValueError: it is no string, or an empty one.

    Example:
        >>> read_group(" ann ", "train.csv:2")
        'ann'
    """
    group = value.strip() if isinstance(value, str) else value
    if not isinstance(group, str) or not group:
        raise ValueError(
            f"{place}: the group must be a string, whole number or boolean, and not empty. "
            f"Received: group={reprlib.repr(value)}. Give a row that belongs to none a group of "
            "its own."
        )
    # One string for all rows that share it.
    return sys.intern(group)
