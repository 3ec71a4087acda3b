"""What a check found: a sentence, its numbers, a few places."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from keras_pe.data.example import Example

_SHOWN = 5
_CHARACTERS = 80


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Holds the result of one check of labelled text.

    Args:
        check: str. The name of the check.
        found: bool. Whether somebody should look at it.
        sentence: str. The result, with its numbers and the first place.
        numbers: dict from str to a number, a text or a list of these; JSON can hold it.
        examples: sequence of str. A few places, `file:row` each, with the start of the text.
    """

    check: str
    found: bool
    sentence: str
    numbers: dict = field(default_factory=dict)
    examples: Sequence[str] = ()


def shown(examples: Sequence[Example], *, around: Sequence[int] | None = None) -> tuple[str, ...]:
    """Returns the places and the starts of the first few texts.

    Args:
        examples: sequence of Example.
        around: one index per example: the character that must be in view; None for the start.

    Returns:
        Tuple of str.

    Example:
        >>> shown([Example("Rain at last.", None, "train.csv", 2)])
        ("train.csv:2: 'Rain at last.'",)
    """
    starts = around or [0] * len(examples)
    pairs = zip(examples[:_SHOWN], starts[:_SHOWN], strict=True)
    return tuple(f"{example.place}: {_part(example.text, at)!r}" for example, at in pairs)


def shown_pairs(pairs: Sequence[tuple[Example, Example]]) -> tuple[str, ...]:
    """Returns the places of the first few pairs of texts, with the start of the second text."""
    return tuple(
        f"{left.place} = {right.place}: {_part(right.text, 0)!r}" for left, right in pairs[:_SHOWN]
    )


def count_of(number: int, what: str) -> str:
    """Returns a number with its noun.

    Example:
        >>> count_of(1, "text"), count_of(2500, "text")
        ('1 text', '2,500 texts')
    """
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _part(text: str, at: int) -> str:
    start = max(0, at - _CHARACTERS // 2)
    before, after = "…" * (start > 0), "…" * (start + _CHARACTERS < len(text))
    return before + text[start : start + _CHARACTERS] + after
