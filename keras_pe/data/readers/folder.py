"""Reads a folder that holds one sub-folder of text files per class."""

import logging
from collections.abc import Iterator
from pathlib import Path

from keras_pe.data.example import Example
from keras_pe.data.readers.columns import Columns
from keras_pe.data.readers.open_text import text_lines
from keras_pe.data.readers.packed import unpacked_name

_logger = logging.getLogger(__name__)


def read_folder(path: Path, columns: Columns, encoding: str) -> Iterator[Example]:
    """Yields one example per `*.txt` file, packed or not, labelled with its sub-folder's name.

    Sub-folders and files come in the order of their names; hidden ones are ignored. Files that
    lie in the folder itself have no label, so they are read only where none is needed.

    Args:
        path: Path. The folder.
        columns: Columns. Only `labelled` plays a part here.
        encoding: str. That of the text.

    Returns:
        An iterator of Example; `source` is the file and `row` is 1.

    Raises:
        ValueError: labels are needed and there is no sub-folder, or one without a text file; or
            a file cannot be read.
    """
    entries = _entries(path)
    classes = [entry for entry in entries if entry.is_dir()]
    loose = [entry for entry in entries if not entry.is_dir()]
    if columns.labelled:
        _check_classes(path, classes)
        _warn_of_unread(path, loose)
    else:
        yield from _examples(path, loose, None, encoding)
    for folder in classes:
        yield from _examples(folder, _entries(folder), folder.name, encoding)


def _check_classes(path: Path, classes: list[Path]) -> None:
    if not classes:
        raise ValueError(
            f"{path}: the folder must hold one sub-folder of text files per class. "
            f"Received: no sub-folder. If its files are tables, name them: '{path}/*.csv'."
        )
    for folder in classes:
        if not any(map(_is_text, _entries(folder))):
            raise ValueError(
                f"{folder}: the sub-folder of a class must hold *.txt files, packed or not. "
                "Received: none."
            )


def _entries(folder: Path) -> list[Path]:
    visible = (entry for entry in folder.iterdir() if not entry.name.startswith("."))
    return sorted(visible, key=lambda entry: entry.name)


def _is_text(entry: Path) -> bool:
    return unpacked_name(entry.name).lower().endswith(".txt") and entry.is_file()


def _examples(
    folder: Path, entries: list[Path], label: str | None, encoding: str
) -> Iterator[Example]:
    _warn_of_unread(folder, [entry for entry in entries if not _is_text(entry)])
    for file in filter(_is_text, entries):
        yield Example("".join(text_lines(file, encoding)), label, str(file), 1)


def _warn_of_unread(folder: Path, entries: list[Path]) -> None:
    if entries:
        _logger.warning(
            "%s: entries not read: %d, %r among them. Only *.txt files, packed or not, in the "
            "folder of a class are.",
            *(folder, len(entries), entries[0].name),
        )
