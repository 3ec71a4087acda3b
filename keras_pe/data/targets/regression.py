"""A number for each text."""

import reprlib

from keras_pe.data.number_split import number_bands, number_split
from keras_pe.data.target_scale import TargetScale
from keras_pe.data.targets.target import Target

# The largest float32: what a model answers with, and what a target must fit in.
_LARGEST = 3.4028234e38


def read_number(value: object, place: str, separator: str | None = None) -> float:
    """Returns a target as a number.

    Args:
        value: str or float, or whatever else the file holds there.
        place: str. `file:row`, for the error.
        separator: Of no use here.

    Returns:
        float.

    Raises:
        ValueError: it is no number, or not a finite one.

    Example:
        >>> read_number(" 3.5 ", "ratings.csv:2")
        3.5
        >>> read_number("3,5", "ratings.csv:3")
        Traceback (most recent call last):
        ...
        ValueError: ratings.csv:3: the target must be a finite number, such as 3.5 or -2e-3. ...
    """
    number = _number(value)
    # `not <=` rather than `>`, so that NaN is refused too.
    if number is None or not abs(number) <= _LARGEST:
        raise ValueError(
            f"{place}: the target must be a finite number, such as 3.5 or -2e-3. "
            f"Received: label={reprlib.repr(value)}"
        )
    return number


def _number(value: object) -> float | None:
    # To Python, "1_000" is a number too; to whoever wrote it, it may have been something else.
    if not isinstance(value, str | float) or (isinstance(value, str) and "_" in value):
        return None
    try:
        return float(value)
    except ValueError:
        return None


REGRESSION = Target(
    read=read_number,
    numbering=TargetScale,
    split=number_split,
    strata=number_bands,
    has_names=False,
)
