"""One part of a named set, read anew each time it is gone over."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from keras_pe.data.example import Example


@dataclass(frozen=True, kw_only=True)
class HubSet:
    """Gives the labelled rows of one part; rows without a label are left out.

    Args:
        place: str. What messages call the part, such as `hf:fancyzhx/ag_news/train`.
        rows: function without arguments that returns an iterable of (texts, label): the values of
            the text columns, and the label or None.
        size: int. Rows, with a label or without.
        separator: str. Joins the texts of several columns.
    """

    place: str
    rows: Callable[[], Iterable[tuple[list[str], str | None]]]
    size: int
    separator: str = " "

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Example]:
        for row, (texts, label) in enumerate(self.rows(), start=1):
            if label is not None and label.strip():
                yield Example(self.separator.join(texts), label, self.place, row)
