"""What becomes of training texts that are also held out."""

import logging
from collections.abc import Sequence

from keras_pe.data.checks.finding import count_of
from keras_pe.data.checks.leaks import leaked_rows
from keras_pe.data.example import Example

_logger = logging.getLogger(__name__)


def without_leaks(
    train: Sequence[Example], held_out: Sequence[Example], *, on_leak: str
) -> list[Example]:
    """Returns the training examples, without those that are held out if it is so wished.

    Texts that are equal but for case and punctuation count as the same.

    Args:
        train: sequence of Example.
        held_out: sequence of Example. Validation and test.
        on_leak: str. "warn" keeps all, and leaves the telling to the checks; "drop" leaves out what
            is held out too, and logs how many; "error" raises.

    Returns:
        List of Example, in the order of `train`.

    Raises:
        ValueError: `on_leak` is "error" and there is such a text.

    Example:
        >>> train = [Example("Good!", "a", "train.csv", 2), Example("Bad.", "b", "train.csv", 3)]
        >>> test = [Example("good", "a", "test.csv", 2)]
        >>> [example.text for example in without_leaks(train, test, on_leak="drop")]
        ['Bad.']
    """
    if on_leak == "warn":
        return list(train)
    leaked = leaked_rows(train, held_out)
    if not leaked:
        return list(train)
    if on_leak == "error":
        raise ValueError(_refusal(leaked, len(train)))
    row, other = leaked[0]
    _logger.warning(
        "Dropped %s whose text is held out too, first %s = %s.",
        *(count_of(len(leaked), "training row"), row.place, other.place),
    )
    dropped = {id(row) for row, _ in leaked}
    return [example for example in train if id(example) not in dropped]


def _refusal(leaked, rows):
    row, other = leaked[0]
    return (
        f"{row.place}: no text of training may also be held out with on_leak='error'. "
        f"Received: {len(leaked):,} of {rows:,} rows that are, the first also at {other.place}. "
        "Remove them, or let them be dropped by --on_leak=drop."
    )
