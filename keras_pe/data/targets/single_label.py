"""One label for each text."""

import reprlib
from collections.abc import Sequence

from keras_pe.data.example import Example
from keras_pe.data.labels import LabelVocabulary
from keras_pe.data.stratified_split import stratified_split
from keras_pe.data.targets.target import Target

_HINTS = {
    list: " Several labels per text are learned with --problem_type=multi_label.",
    float: " Numbers are learned with --problem_type=regression.",
}


def read_label(value: object, place: str, separator: str | None = None) -> str:
    """Returns a label as it stands in a file.

    Args:
        value: str, or whatever else the file holds there.
        place: str. `file:row`, for the error.
        separator: Of no use here.

    Returns:
        str.

    Raises:
        ValueError: it is no string, or an empty one.

    Example:
        >>> read_label(["x", "y"], "train.jsonl:3")
        Traceback (most recent call last):
        ...
        ValueError: train.jsonl:3: the label must be one string, whole number or boolean. ...
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        raise ValueError(f"{place}: the label must not be empty. Received: label={value!r}")
    if not isinstance(value, str):
        raise ValueError(
            f"{place}: the label must be one string, whole number or boolean. "
            f"Received: label={reprlib.repr(value)}.{_HINTS.get(type(value), '')}"
        )
    return value


def _strata(examples: Sequence[Example]) -> list[tuple[str, ...]]:
    return [example.labels for example in examples]


SINGLE_LABEL = Target(
    read=read_label, numbering=LabelVocabulary, split=stratified_split, strata=_strata
)
