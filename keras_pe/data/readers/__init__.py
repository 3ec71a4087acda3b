"""Readers of people's own files: a path goes in, examples come out."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from keras_pe.data.example import Example
from keras_pe.data.readers.columns import Columns
from keras_pe.data.readers.delimited import read_csv, read_tsv
from keras_pe.data.readers.encoding import check_encoding
from keras_pe.data.readers.files import find_files
from keras_pe.data.readers.folder import read_folder
from keras_pe.data.readers.json_lines import read_json_lines


@dataclass(frozen=True)
class Reader:
    """Joins a reading function to the file names it is for.

    Args:
        read: function of a path, the Columns to read and the encoding, that yields examples.
        suffixes: tuple of str. How the names of its files end, `.gz` apart; none for folders.
    """

    read: Callable[[Path, Columns, str], Iterator[Example]]
    suffixes: tuple[str, ...] = ()


READERS: dict[str, Reader] = {
    "csv": Reader(read_csv, (".csv",)),
    "tsv": Reader(read_tsv, (".tsv",)),
    "json_lines": Reader(read_json_lines, (".jsonl", ".ndjson", ".json")),
    "folder": Reader(read_folder),
}


def read_examples(
    path: str | os.PathLike[str],
    *,
    text_column: str = "text",
    label_column: str = "label",
    text_separator: str = " ",
    encoding: str = "utf-8",
    labelled: bool = True,
) -> Iterator[Example]:
    r"""Yields the examples of a file or a folder; the name of the file tells its format.

    Files are text: `.csv`, `.tsv` and JSON lines (`.jsonl`, `.ndjson`, `.json`), each also packed
    as `.gz`. A folder holds one sub-folder of `.txt` or `.txt.gz` files per class. Texts and labels
    are taken as they stand, without stripping; a text may be empty.

    Args:
        path: str or path. What to read: a file, a folder, a pattern such as `part-*.csv`, or
            several of these separated by commas. What exists under this very name is taken first.
        text_column: str. The column or key of the text, or several separated by commas, which are
            joined. Folders have no columns.
        label_column: str. The column or key of the label.
        text_separator: str. Stands between the texts of several columns.
        encoding: str. Any text encoding that Python knows, such as gb18030 or utf-16.
        labelled: bool. Whether every example needs a label. If not, a missing or empty one is None.

    Returns:
        An iterator of Example, in the order of the files. The path is checked at once, the content
        as it is read.

    Raises:
        FileNotFoundError: a file does not exist, or nothing matches a pattern.
        ValueError: the format or the encoding is unknown, or the content cannot be read; then the
            message starts with the file and, where there is one, the line.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, "weather.csv")
        ...     _ = file.write_text('text,label\n"Rain, again.",wet\nSun.,dry\n')
        ...     [(example.row, example.text) for example in read_examples(file)]
        [(2, 'Rain, again.'), (3, 'Sun.')]
    """
    check_encoding(encoding)
    files = find_files(path)
    readers = [_reader_of(file) for file in files]
    columns = Columns(
        text=text_column, label=label_column, text_separator=text_separator, labelled=labelled
    )
    examples = chain.from_iterable(
        reader.read(file, columns, encoding) for reader, file in zip(readers, files, strict=True)
    )
    return _checked(examples, path, labelled)


def chunks(examples: Iterable[Example], size: int = 512) -> Iterator[list[Example]]:
    """Yields the examples in lists of `size`, the last one perhaps shorter.

    Args:
        examples: iterable of Example.
        size: int. Examples per list.

    Returns:
        An iterator of lists.

    Raises:
        ValueError: `size` is less than 1.

    Example:
        >>> [len(chunk) for chunk in chunks([Example("", None, "memory", 1)] * 5, size=2)]
        [2, 2, 1]
    """
    if size < 1:
        raise ValueError(f"`size` must be at least 1. Received: size={size}")
    remaining = iter(examples)
    return iter(lambda: list(islice(remaining, size)), [])


def _reader_of(path: Path) -> Reader:
    if path.is_dir():
        return READERS["folder"]
    suffix = Path(path.name.lower().removesuffix(".gz")).suffix
    for reader in READERS.values():
        if suffix in reader.suffixes:
            return reader
    known = ", ".join(suffix for reader in READERS.values() for suffix in reader.suffixes)
    raise ValueError(
        f"{path}: the name of the file must end in one of {known}, each with .gz or without; or it "
        f"must be a folder with one sub-folder of .txt files per class. Received: {path.name!r}."
    )


def _checked(
    examples: Iterator[Example], path: str | os.PathLike[str], labelled: bool
) -> Iterator[Example]:
    empty = True
    for example in examples:
        empty = False
        _check_unicode(example.text, example)
        if example.label is not None and example.label.strip():
            _check_unicode(example.label, example)
        elif labelled:
            raise ValueError(
                f"{example.place}: the label must not be empty. Received: label={example.label!r}"
            )
        else:
            example = replace(example, label=None)
        yield example
    if empty:
        raise ValueError(f"{path}: there must be at least one example. Received: none.")


def _check_unicode(value: str, example: Example) -> None:
    # JSON escapes and the names of folders can hold them; no tensor and no UTF-8 file can.
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError(
            f"{example.place}: texts and labels must not hold half a character (a lone surrogate). "
            f"Received: {value[error.start]!r}, character {error.start + 1} of {value[:60]!r}."
        ) from None
