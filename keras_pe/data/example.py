"""One text and what is known about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """Holds one text, its label, and where both were found.

    Args:
        text: str. The text as it stands in the source; may be empty.
        label: str; a tuple of str where a text may have several labels, or none; float where it is
            a number; None where it is not known.
        source: str. What the text was read from: a file, or the module of a docstring.
        row: int. The line of `source` at which the example starts, from 1.
        weight: float. How much it counts in the training loss; None where nobody said.
        second_text: str. The second text of a pair; None for a single text.
        group: str. What it must stay together with: its author, document or patient; None where
            nobody said.

    Example:
        >>> Example("Rain at last.", label="weather", source="train.csv", row=2).place
        'train.csv:2'
    """

    text: str
    label: str | tuple[str, ...] | float | None
    source: str
    row: int
    weight: float | None = None
    second_text: str | None = None
    group: str | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of its labels; none where there is no label, or where it is a number."""
        if isinstance(self.label, str):
            return (self.label,)
        return self.label if isinstance(self.label, tuple) else ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The text, or both of a pair."""
        return (self.text,) if self.second_text is None else (self.text, self.second_text)

    @property
    def all_text(self) -> str:
        """The text; of a pair both, a tab between them."""
        return "\t".join(self.texts)

    @property
    def place(self) -> str:
        """`source:row`, as errors name it."""
        return f"{self.source}:{self.row}"
