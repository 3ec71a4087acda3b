"""Labels and weights as they stand in a file become those of examples."""

import math
import reprlib
from collections.abc import Iterable, Iterator

from keras_pe.data.example import Example
from keras_pe.data.targets import Target


def with_targets(
    examples: Iterable[Example], target: Target, *, separator: str | None, weighted: bool
) -> Iterator[Example]:
    """Reads the label of each example, and its weight.

    Args:
        examples: iterable of Example, with labels and weights as a reader found them.
        target: Target. What labels are.
        separator: str, or None. What stands between several labels in one string.
        weighted: bool. Whether there are weights.

    Returns:
        An iterator of Example.

    Raises:
        ValueError: a label or a weight is none; the message starts with `file:row`.
    """
    for example in examples:
        label = target.read(example.label, example.place, separator)
        yield _replaced(example, label, _weight(example) if weighted else None)


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


def _replaced(example: Example, label: object, weight: float | None = None) -> Example:
    place = (example.source, example.row)
    return Example(example.text, label, *place, weight=weight, second_text=example.second_text)


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
