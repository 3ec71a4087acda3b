"""What becomes of training texts that are also held out, themselves or others of their group."""

import logging
from collections.abc import Sequence

from keras_pe.data.checks.finding import count_of
from keras_pe.data.checks.group_leaks import rows_of_groups_in
from keras_pe.data.checks.leaks import leaked_rows
from keras_pe.data.example import Example

_logger = logging.getLogger(__name__)


def without_leaks(
    train: Sequence[Example], held_out: Sequence[Example], *, on_leak: str
) -> list[Example]:
    """Returns the training examples, without those that are held out if it is so wished.

    Texts that are equal but for case and punctuation count as the same, and so do all rows of a
    group.

    Args:
        train: sequence of Example.
        held_out: sequence of Example. Validation and test.
        on_leak: str. "warn" keeps all, and leaves the telling to the checks; "drop" leaves out what
            is held out too, and logs how many; "error" raises.

    Returns:
        List of Example, in the order of `train`.

    Raises:
        ValueError: `on_leak` is "error" and there is such a text or group.

    Example:
        >>> train = [Example("Good!", "a", "train.csv", 2), Example("Bad.", "b", "train.csv", 3)]
        >>> test = [Example("good", "a", "test.csv", 2)]
        >>> [example.text for example in without_leaks(train, test, on_leak="drop")]
        ['Bad.']
    """
    train = list(train)
    if on_leak == "warn":
        return train
    for what, leaked_of in (("text", leaked_rows), ("group", _of_leaked_groups)):
        leaked = leaked_of(train, held_out)
        if leaked and on_leak == "error":
            raise ValueError(refusal(what, leaked[0], len(leaked), len(train)))
        if leaked:
            row, other = leaked[0]
            _logger.warning(
                "Dropped %s whose %s is held out too, first %s = %s.",
                *(count_of(len(leaked), "training row"), what, row.place, other.place),
            )
        dropped = {id(row) for row, _ in leaked}
        train = [example for example in train if id(example) not in dropped]
    return train


def _of_leaked_groups(
    train: Sequence[Example], held_out: Sequence[Example]
) -> list[tuple[Example, Example]]:
    return [(row, other) for other, row in rows_of_groups_in(held_out, train)]


def refusal(what: str, first: tuple[Example, Example], leaked: int, rows: int) -> str:
    """Returns why training cannot start.

    Args:
        what: str. `text` or `group`: what is in both.
        first: the first training example of them, and the held-out one it shares that with.
        leaked: int. How many training rows there are of them.
        rows: int. How many training rows there are.
    """
    row, other = first
    return (
        f"{row.place}: no {what} of training may also be held out with on_leak='error'. "
        f"Received: {leaked:,} of {rows:,} rows that are, the first also at {other.place}. "
        "Remove them, or let them be dropped by --on_leak=drop."
    )
