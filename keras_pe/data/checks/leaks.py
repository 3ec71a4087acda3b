"""Texts that stand in two parts: what is measured on them is memory."""

from collections.abc import Sequence

from keras_pe.data.checks.between_parts import between_parts
from keras_pe.data.checks.finding import Finding
from keras_pe.data.checks.parts import Parts
from keras_pe.data.content import content
from keras_pe.data.example import Example


def leaks(parts: Parts) -> Finding:
    """Finds texts of one part that stand in another, but for case and punctuation.

    Empty texts do not count.

    Args:
        parts: `Parts`.

    Returns:
        `Finding`. Its numbers say for each two parts how many rows of the later one stand in the
        earlier one, and how many different texts these are.
    """

    def pairs_of(earlier, later):
        return _pairs(
            *(zip(parts.contents[p], parts.examples[p], strict=True) for p in (earlier, later))
        )

    return between_parts(
        parts,
        check="leaks between parts",
        kind="text",
        pairs_of=pairs_of,
        key_of=lambda example: content(example.all_text),
    )


def leaked_rows(
    train: Sequence[Example], held_out: Sequence[Example]
) -> list[tuple[Example, Example]]:
    """Returns the training rows whose text is also held out, each with the row that holds it.

    Args:
        train: sequence of Example.
        held_out: sequence of Example. Validation, test or both.

    Returns:
        List of (training example, the first held-out example of the same content).

    Example:
        >>> train = [Example("Good!", "a", "train.csv", 2), Example("Bad.", "b", "train.csv", 3)]
        >>> [(left, right)] = leaked_rows(train, [Example("bad", "b", "test.csv", 2)])
        >>> left.place, right.place
        ('train.csv:3', 'test.csv:2')
    """
    keyed = (((content(e.all_text), e) for e in part) for part in (held_out, train))
    return [(row, found) for found, row in _pairs(*keyed)]


def _pairs(earlier, later):
    """Returns (earlier, later) for each later row whose content stands in the earlier part."""
    first = {}
    for key, example in earlier:
        first.setdefault(key, example)
    return [(first[key], example) for key, example in later if key and key in first]
