"""Reads the format of fastText: a label with a prefix, then the text, one example per line."""

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

    The prefix is cut off the label. Blank lines are skipped.

    Args:
        path: Path. The file.
        columns: Columns. Only `labelled` plays a part here: without it a label may be missing.
        encoding: str. That of the text.

    Returns:
        An iterator of Example; `row` is the line.

    Raises:
        ValueError: a line has no label where one is needed, or more than one; the message starts
            with the file and the line.
    """
    for row, line in enumerate(text_lines(path, encoding), start=1):
        line = line.strip("\r\n" + _SPACE)
        if line:
            label, text = _parts(line)
            _check(label, text, f"{path}:{row}", labelled=columns.labelled)
            yield Example(text, label, str(path), row)


def _parts(line: str) -> tuple[str | None, str]:
    if not line.startswith(_PREFIX):
        return None, line
    end = min((at for at in map(line.find, _SPACE) if at >= 0), default=len(line))
    return line[len(_PREFIX) : end], line[end:].lstrip(_SPACE)


def _check(label: str | None, text: str, place: str, *, labelled: bool) -> None:
    if label is None and labelled:
        raise ValueError(
            f"{place}: the line must start with a label, as in `{_PREFIX}name text`. "
            f"Received: {text[:60]!r}."
        )
    if label is not None and _PREFIX in text and _has_label(text):
        raise ValueError(
            f"{place}: there must be one label per text. Received: another one after "
            f"{_PREFIX + label!r}. Several labels per text are not supported."
        )


def _has_label(text: str) -> bool:
    return any(word.startswith(_PREFIX) for word in text.split())
