"""Reads the format of fastText: labels with a prefix, then the text, one example per line."""

from collections.abc import Iterator
from pathlib import Path

from keras_pe.data.example import Example
from keras_pe.data.readers.columns import Columns
from keras_pe.data.readers.open_text import text_lines

_PREFIX = "__label__"
# What ends a word to fastText.
_SPACE = " \t\v\f\0"


def read_fasttext(path: Path, columns: Columns, encoding: str) -> Iterator[Example]:
    """Yields the lines of a fastText file, such as `__label__wet Rain again.`.

    The prefix is cut off the labels. Blank lines are skipped.

    Args:
        path: Path. The file.
        columns: Columns. Only `labelled` and `several_labels` play a part here: without the one, or
            with the other, a label may be missing.
        encoding: str. That of the text.

    Returns:
        An iterator of Example; `row` is the line.

    Raises:
        ValueError: a line has no label where one is needed, or one inside its text; the message
            starts with the file and the line.
    """
    for row, line in enumerate(text_lines(path, encoding), start=1):
        line = line.strip("\r\n" + _SPACE)
        if line:
            labels, text = _parts(line)
            _check(labels, text, f"{path}:{row}", columns)
            yield Example(text, _label(labels, columns), str(path), row)


def _parts(line: str) -> tuple[list[str], str]:
    labels = []
    while line.startswith(_PREFIX):
        end = min((at for at in map(line.find, _SPACE) if at >= 0), default=len(line))
        labels.append(line[len(_PREFIX) : end])
        line = line[end:].lstrip(_SPACE)
    return labels, line


def _label(labels: list[str], columns: Columns) -> str | list[str] | None:
    if columns.several_labels or len(labels) > 1:
        return labels
    return labels[0] if labels else None


def _check(labels: list[str], text: str, place: str, columns: Columns) -> None:
    if not labels and columns.labelled and not columns.several_labels:
        raise ValueError(
            f"{place}: the line must start with a label, as in `{_PREFIX}name text`. "
            f"Received: {text[:60]!r}."
        )
    if labels and _PREFIX in text and _has_label(text):
        raise ValueError(
            f"{place}: all labels must stand before the text. Received: another one after "
            f"{text[:60]!r}."
        )


def _has_label(text: str) -> bool:
    return any(word.startswith(_PREFIX) for word in text.split())
