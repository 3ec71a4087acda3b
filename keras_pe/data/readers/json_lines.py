"""Reads JSON lines: one object per line."""

import json
import reprlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from keras_pe.data.example import Example
from keras_pe.data.readers.columns import Columns
from keras_pe.data.readers.open_text import text_lines

WHITE_SPACE = " \t\r\n"


def read_json_lines(path: Path, columns: Columns, encoding: str) -> Iterator[Example]:
    """Yields the objects of a JSON lines file; blank lines are skipped.

    A label that is a whole number or a boolean becomes the string that stands in the file: `3` is
    "3", `true` is "true". `null` is a missing label.

    Args:
        path: Path. The file.
        columns: Columns. Which keys to read.
        encoding: str. That of the text.

    Returns:
        An iterator of Example; `row` is the line.

    Raises:
        ValueError: a line cannot be read; the message starts with the file and the line.
    """
    return line_examples(text_lines(path, encoding), columns, path)


def line_examples(lines: Iterable[str], columns: Columns, path: Path) -> Iterator[Example]:
    """Yields the objects of lines, one each; blank lines are skipped.

    Args:
        lines: iterable of str. All lines of the file.
        columns: Columns. Which keys to read.
        path: Path. The file.
    """
    for row, line in enumerate(lines, start=1):
        line = line.rstrip(WHITE_SPACE)
        if line:
            yield example_of(_record(line, f"{path}:{row}"), columns, str(path), row)


def example_of(record: dict[str, object], columns: Columns, source: str, row: int) -> Example:
    """Returns the example of one object.

    Args:
        record: dict. The object.
        columns: Columns. Which keys to read.
        source: str. The file.
        row: int. The line at which the object starts.

    Raises:
        ValueError: a key is missing, or a text is no string.
    """
    place = f"{source}:{row}"
    text_names, label_name = columns.choose(record, place=place)
    texts = [_text(record[name], name, place) for name in text_names]
    label = None if label_name is None else _label(record[label_name])
    weight_name = columns.choose_weight(record, place=place)
    weight = None if weight_name is None else record[weight_name]
    second_name = columns.choose_second(record, place=place)
    second = None if second_name is None else _text(record[second_name], second_name, place)
    group_name = columns.choose_group(record, place=place)
    group = None if group_name is None else _as_written(record[group_name])
    return Example(columns.text_separator.join(texts), label, source, row, weight, second, group)


def _record(line: str, place: str) -> dict[str, object]:
    record, reason = None, ""
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        reason = f" ({error.msg}: character {error.colno})"
    # Deep nesting ends in a RecursionError, a number of 5,000 digits in a plain ValueError.
    except (ValueError, RecursionError) as error:
        reason = f" ({error})"
    if not isinstance(record, dict):
        array = " An array is read with --format=json." if line.startswith("[") else ""
        raise ValueError(
            f"{place}: each line must hold one JSON object. Received: {line[:60]!r}{reason}.{array}"
        )
    return record


def _text(value: object, name: str, place: str) -> str:
    if not isinstance(value, str):
        # Unlike `repr`, it neither descends without end nor prints a whole novel.
        shown = f"{name}={reprlib.repr(value)}"
        raise ValueError(f"{place}: the text must be a string. Received: {shown}.")
    return value


def _label(value: object) -> object:
    return list(map(_as_written, value)) if isinstance(value, list) else _as_written(value)


def _as_written(value: object) -> object:
    return json.dumps(value) if isinstance(value, int) else value
