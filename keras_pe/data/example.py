"""One text and what is known about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """Holds one text, its label, and where both were found.

    Args:
        text: str. The text as it stands in the source; may be empty.
        label: str, or None where the label is not known.
        source: str. What the text was read from: a file, or the module of a docstring.
        row: int. The line of `source` at which the example starts, from 1.

    Example:
        >>> Example("Rain at last.", label="weather", source="train.csv", row=2).place
        'train.csv:2'
    """

    text: str
    label: str | None
    source: str
    row: int

    @property
    def place(self) -> str:
        """`source:row`, as errors name it."""
        return f"{self.source}:{self.row}"
