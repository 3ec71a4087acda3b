"""Which columns of a table, or keys of a record, hold the text and the label."""

from collections.abc import Collection
from dataclasses import dataclass

_SHOWN = 20
_CHARACTERS = 60


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Names the columns to read.

    Args:
        text: str. The text column, or several separated by commas. A column whose own name
            is exactly this string wins over the columns between the commas.
        label: str. The label column.
        second_text: str. The column of the second text of pairs; None for single texts.
        text_separator: str. Stands between the texts of several columns.
        labelled: bool. Whether the label column has to be there.
        several_labels: bool. Whether a text may have several labels, or none.
        weight: str. The column of the weights; None where there is none.
        group: str. The column of the groups; None where there is none.

    Example:
        >>> columns = Columns(text="title,body", label="topic")
        >>> columns.choose(["topic", "title", "body"], place="news.csv:1")
        (['title', 'body'], 'topic')
    """

    text: str = "text"
    label: str = "label"
    second_text: str | None = None
    text_separator: str = " "
    labelled: bool = True
    several_labels: bool = False
    weight: str | None = None
    group: str | None = None

    def choose(self, present: Collection[str], *, place: str) -> tuple[list[str], str | None]:
        """Finds the columns among those that are present.

        Args:
            present: collection of str. The columns of the header, or the keys of the record.
            place: str. Where they were found, for the error.

        Returns:
            The text columns, and the label column or None if there is none and none is needed.

        Raises:
            ValueError: a column is missing, or the label is also part of the text.
        """
        texts = self._text_names(present)
        needed = [*texts, self.label] if self.labelled else texts
        for name in needed:
            if name not in present:
                raise ValueError(self._missing(name, present, place))
        if self.labelled and self.label in texts:
            raise ValueError(
                f"{place}: the label column must not be a text column too. "
                f"Received: text_column={self.text!r}, label_column={self.label!r}."
            )
        return texts, self.label if self.label in present else None

    def choose_weight(self, present: Collection[str], *, place: str) -> str | None:
        """Finds the column of the weights.

        Args:
            present: collection of str. The columns of the header, or the keys of the record.
            place: str. Where they were found, for the error.

        Returns:
            The weight column, or None if none is asked for.

        Raises:
            ValueError: the column is missing.
        """
        if self.weight is not None and self.weight not in present:
            raise ValueError(self._missing(self.weight, present, place))
        return self.weight

    def choose_group(self, present: Collection[str], *, place: str) -> str | None:
        """Finds the column of the groups, which may be one of text, too.

        Args:
            present: collection of str. The columns of the header, or the keys of the record.
            place: str. Where they were found, for the error.

        Returns:
            The group column, or None if none is asked for.

        Raises:
            ValueError: the column is missing, or is that of the label.
        """
        if self.group is not None and self.group not in present:
            raise ValueError(self._missing(self.group, present, place))
        refuse_label_as_group(self.group, self.label, place)
        return self.group

    def choose_second(self, present: Collection[str], *, place: str) -> str | None:
        """Returns the column of the second text, or None if texts are single.

        Args:
            present: collection of str. The columns of the header, or the keys of the record.
            place: str. Where they were found, for the error.

        Raises:
            ValueError: the column is missing, or holds the first text or the label, too.
        """
        name = self.second_text
        if name is None:
            return None
        if name not in present:
            raise ValueError(self._missing(name, present, place))
        if name in self._text_names(present) or (self.labelled and name == self.label):
            raise ValueError(
                f"{place}: the column of the second text must not be that of the first text or of "
                f"the label. Received: second_text_column={name!r}."
            )
        return name

    def _text_names(self, present: Collection[str]) -> list[str]:
        if self.text in present:
            return [self.text]
        names = self.text.split(",")
        return [name if name in present else name.strip() for name in names]

    def _missing(self, name: str, present: Collection[str], place: str) -> str:
        settings = {
            self.second_text: "second_text_column",
            self.label: "label_column",
            self.weight: "weight_column",
            self.group: "group_column",
        }
        setting = settings.get(name, "text_column")
        shown = ", ".join(map(_short, list(present)[:_SHOWN])) or "none"
        more = f" and {len(present) - _SHOWN} more" if len(present) > _SHOWN else ""
        return (
            f"{place}: there must be a column {name!r} for `{setting}`. "
            f"Received: the columns {shown}{more}."
        )


def refuse_label_as_group(group: str | None, label: str, place: str) -> None:
    """Raises `ValueError` if the column of the group is that of the label."""
    if group is not None and group == label:
        raise ValueError(
            f"{place}: the group column must not be the label column, or no label would be "
            f"both learned and held out. Received: group_column={group!r}."
        )


def _short(name: str) -> str:
    # What a damaged file has for a header can be as long as the file.
    return repr(name if len(name) <= _CHARACTERS else f"{name[:_CHARACTERS]}…")
