"""Reads tables as text: CSV and TSV, with a header line."""

import csv
from collections.abc import Iterator
from pathlib import Path

from keras_pe.data.example import Example
from keras_pe.data.readers.columns import Columns
from keras_pe.data.readers.open_text import text_lines

# The largest that a C long holds on every platform; the module's own limit is 131,072.
_LONGEST_FIELD = 2**31 - 1


def read_csv(path: Path, columns: Columns, encoding: str) -> Iterator[Example]:
    """Yields the rows of a CSV file as RFC 4180 describes it.

    Fields in quotes may hold commas, line breaks and doubled quotes. Blank lines are skipped,
    except in a file of one column, where a blank line is an empty text.

    Args:
        path: Path. The file; its first line names the columns.
        columns: Columns. Which of them to read.
        encoding: str. That of the text.

    Returns:
        An iterator of Example; `row` is the line at which the record starts, the header being 1.

    Raises:
        ValueError: the file cannot be read; the message starts with the file and the line.
    """
    records = _records(path, encoding)
    return _examples(path, columns, records, "Put a field that holds a comma in quotes")


def read_tsv(path: Path, columns: Columns, encoding: str) -> Iterator[Example]:
    """Yields the rows of a tab-separated file, in which quotes are plain text.

    So no field can hold a tab or a line break. Blank lines are treated as in `read_csv`.

    Args:
        path: Path. The file; its first line names the columns.
        columns: Columns. Which of them to read.
        encoding: str. That of the text.

    Returns:
        An iterator of Example; `row` is the line, the header being 1.

    Raises:
        ValueError: the file cannot be read; the message starts with the file and the line.
    """
    records = _records(path, encoding, delimiter="\t", quoting=csv.QUOTE_NONE)
    return _examples(path, columns, records, "A field cannot hold a tab or a line break")


def _records(path: Path, encoding: str, **dialect: object) -> Iterator[tuple[int, list[str]]]:
    # The limit belongs to the whole process: it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_FIELD))
    reader = csv.reader(text_lines(path, encoding), strict=True, **dialect)
    while True:
        row = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ValueError(
                f"{path}:{row}: a field that starts with a quote must end with one, and the quotes "
                f"inside it must be doubled. Received: {error} at line "
                f"{reader.line_num}, in the record that starts here."
            ) from error
        yield row, fields


def _examples(
    path: Path, columns: Columns, records: Iterator[tuple[int, list[str]]], advice: str
) -> Iterator[Example]:
    header_row, header = _header(path, records)
    place = f"{path}:{header_row}"
    text_names, label_name = columns.choose(header, place=place)
    texts_at = [_index(header, name, place) for name in text_names]
    label_at = None if label_name is None else _index(header, label_name, place)
    weight_name = columns.choose_weight(header, place=place)
    weight_at = None if weight_name is None else _index(header, weight_name, place)
    second_name = columns.choose_second(header, place=place)
    second_at = None if second_name is None else _index(header, second_name, place)
    group_name = columns.choose_group(header, place=place)
    group_at = None if group_name is None else _index(header, group_name, place)
    for row, fields in records:
        if not fields and len(header) == 1:
            fields = [""]
        if not fields:
            continue
        if len(fields) != len(header):
            raise ValueError(
                f"{path}:{row}: the row must have as many fields as the header, {len(header)}. "
                f"Received: {len(fields)}, the first being {fields[0][:60]!r}. {advice}."
            )
        text = columns.text_separator.join(fields[at] for at in texts_at)
        label = None if label_at is None else fields[label_at]
        weight = None if weight_at is None else fields[weight_at]
        second = None if second_at is None else fields[second_at]
        group = None if group_at is None else fields[group_at]
        yield Example(text, label, str(path), row, weight, second, group)


def _header(path: Path, records: Iterator[tuple[int, list[str]]]) -> tuple[int, list[str]]:
    for row, fields in records:
        if fields:
            return row, fields
    raise ValueError(
        f"{path}: the first line must name the columns, such as `label,text`. "
        "Received: an empty file."
    )


def _index(header: list[str], name: str, place: str) -> int:
    if header.count(name) > 1:
        raise ValueError(
            f"{place}: the columns that are read must have names of their own. "
            f"Received: {header.count(name)} columns named {name!r}."
        )
    return header.index(name)
