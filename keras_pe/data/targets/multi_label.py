"""A set of labels for each text; it may be empty."""

import reprlib
from collections.abc import Sequence

from keras_pe.data.example import Example
from keras_pe.data.label_set_split import label_set_split
from keras_pe.data.label_sets import LabelSets
from keras_pe.data.targets.target import Target


def read_label_set(value: object, place: str, separator: str | None = None) -> tuple[str, ...]:
    """Returns the labels of a text, each once and in sorted order.

    A list holds the labels. A string holds them with the separator between them, white space
    around each left out; without a separator it is one label as it stands. No label at all, as in
    `[]` or "", is an answer too: none of the labels holds.

    Args:
        value: list of str, str, or whatever else the file holds there.
        place: str. `file:row`, for the error.
        separator: str, or None.

    Returns:
        Tuple of str.

    Raises:
        ValueError: it is neither, or one of several labels is empty.

    Example:
        >>> read_label_set("wet; cold", "train.csv:2", ";"), read_label_set("", "train.csv:3", ";")
        (('cold', 'wet'), ())
    """
    names = _names(value, separator)
    if names is None or not all(isinstance(name, str) for name in names):
        raise ValueError(
            f"{place}: the labels must be a list of strings, or one string. "
            f"Received: label={reprlib.repr(value)}. An empty list says that none of them holds."
        )
    if not all(name.strip() for name in names):
        raise ValueError(
            f"{place}: none of several labels may be empty. Received: label={reprlib.repr(value)}."
        )
    return tuple(sorted(set(names)))


def _names(value: object, separator: str | None) -> list | None:
    if isinstance(value, list):
        return value
    if not isinstance(value, str):
        return None
    if not value.strip():
        return []
    return [value] if separator is None else [name.strip() for name in value.split(separator)]


def _strata(examples: Sequence[Example]) -> list[tuple[str | None, ...]]:
    return [example.labels or (None,) for example in examples]


MULTI_LABEL = Target(
    read=read_label_set,
    numbering=LabelSets,
    split=label_set_split,
    strata=_strata,
    several_labels=True,
)
