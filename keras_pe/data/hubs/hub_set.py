"""One part of a named set, read anew each time it is gone over."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from keras_pe.data.example import Example
from keras_pe.data.readers.target_values import read_group


@dataclass(frozen=True, kw_only=True)
class HubSet:
    """Gives the labelled rows of one part; rows without a label are left out.

    Args:
        place: str. What messages call the part, such as `hf:fancyzhx/ag_news/train`.
        rows: function without arguments that returns an iterable of (texts, label, group): the
            values of the text columns, and the label and the group or None.
        size: int. Rows, with a label or without.
        grouped: bool. Whether every row with a label must have a group.
        separator: str. Joins the texts of several columns.
    """

    place: str
    rows: Callable[[], Iterable[tuple[list[str], str | None, str | None]]]
    size: int
    grouped: bool = False
    separator: str = " "

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Example]:
        for row, (texts, label, group) in enumerate(self.rows(), start=1):
            if label is not None and label.strip():
                group = read_group(group, f"{self.place}:{row}") if self.grouped else None
                text = self.separator.join(texts)
                yield Example(text, label, self.place, row, group=group)
