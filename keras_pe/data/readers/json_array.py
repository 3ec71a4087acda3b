"""Reads a JSON file that holds one array of objects, or one object per line."""

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path

from keras_pe.data.example import Example
from keras_pe.data.readers.columns import Columns
from keras_pe.data.readers.json_lines import WHITE_SPACE, example_of, line_examples
from keras_pe.data.readers.open_text import text_lines

_LINE_END = re.compile(r"\r\n?|\n")
_SPACE = re.compile(f"[{WHITE_SPACE}]*")


def read_json(path: Path, columns: Columns, encoding: str) -> Iterator[Example]:
    """Yields the objects of a JSON array, or of JSON lines where the file starts with no `[`.

    Values are taken as in `read_json_lines`. The text of an array is read as a whole, its objects
    one by one.

    Args:
        path: Path. The file.
        columns: Columns. Which keys to read.
        encoding: str. That of the text.

    Returns:
        An iterator of Example; `row` is the line at which the object starts.

    Raises:
        ValueError: the file cannot be read; the message starts with the file and the line.
    """
    lines = text_lines(path, encoding)
    start = []
    for line in lines:
        start.append(line)
        if line.strip(WHITE_SPACE):
            break
    if start and start[-1].lstrip(WHITE_SPACE).startswith("["):
        yield from _array_examples("".join([*start, *lines]), columns, path)
    else:
        yield from line_examples(itertools.chain(start, lines), columns, path)


def _array_examples(text: str, columns: Columns, path: Path) -> Iterator[Example]:
    row, counted = 1, 0
    for record, start in _records(text, path):
        row += len(_LINE_END.findall(text, counted, start))
        counted = start
        if not isinstance(record, dict):
            raise ValueError(
                f"{path}:{row}: the array must hold JSON objects. "
                f"Received: {text[start : start + 60]!r}."
            )
        yield example_of(record, columns, str(path), row)


def _records(text: str, path: Path) -> Iterator[tuple[object, int]]:
    at = _after_space(text, text.index("[") + 1)
    if text.startswith("]", at):
        _check_end(text, at + 1, path)
        return
    decoder = json.JSONDecoder()
    while True:
        try:
            record, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise _broken(text, error.pos, path, error.msg) from error
        # Deep nesting ends in a RecursionError, a number of 5,000 digits in a plain ValueError.
        except (ValueError, RecursionError) as error:
            raise _broken(text, at, path, str(error)) from error
        yield record, at
        end = _after_space(text, end)
        if text.startswith("]", end):
            _check_end(text, end + 1, path)
            return
        if not text.startswith(",", end):
            raise _broken(text, end, path, "Expecting a comma or the end of the array")
        at = _after_space(text, end + 1)


def _check_end(text: str, end: int, path: Path) -> None:
    end = _after_space(text, end)
    if end < len(text):
        raise _broken(text, end, path, "Extra data after the array")


def _after_space(text: str, at: int) -> int:
    return _SPACE.match(text, at).end()


def _broken(text: str, at: int, path: Path, reason: str) -> ValueError:
    row = 1 + len(_LINE_END.findall(text, 0, at))
    found = repr(text[at : at + 60]) if at < len(text) else "the end of the file"
    return ValueError(
        f"{path}:{row}: the file must hold one array of JSON objects. Received: {found} ({reason})."
    )
