"""The formats that are read, by name; a file's own name tells which one it is in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from keras_pe.data.example import Example
from keras_pe.data.readers.arrow import read_arrow, read_parquet
from keras_pe.data.readers.delimited import read_csv, read_tsv
from keras_pe.data.readers.fasttext import read_fasttext
from keras_pe.data.readers.folder import read_folder
from keras_pe.data.readers.json_array import read_json
from keras_pe.data.readers.json_lines import read_json_lines
from keras_pe.data.readers.packed import PACKINGS, unpacked_name


@dataclass(frozen=True)
class Reader:
    """Joins a reading function to the file names it is for.

    Args:
        read: function of a path, the Columns to read and, for text, the encoding, that yields
            examples.
        suffixes: tuple of str. How the names of its files end, once unpacked; none for folders.
        has_columns: bool. Whether the names of columns play a part.
        is_text: bool. Whether files are text, which has an encoding and may be packed.
    """

    read: Callable[..., Iterator[Example]]
    suffixes: tuple[str, ...] = ()
    has_columns: bool = True
    is_text: bool = True

    @property
    def settings(self) -> tuple[str, ...]:
        """The settings that say something about its files."""
        columns = ("text_column", "second_text_column", "label_column", "text_separator")
        columns += ("label_separator", "weight_column", "group_column")
        columns = columns if self.has_columns else ()
        return (*columns, "encoding") if self.is_text else columns


READERS = {
    "csv": Reader(read_csv, (".csv",)),
    "tsv": Reader(read_tsv, (".tsv",)),
    "json_lines": Reader(read_json_lines, (".jsonl", ".ndjson")),
    "json": Reader(read_json, (".json",)),
    "fasttext": Reader(read_fasttext, (".ft", ".ft.txt"), has_columns=False),
    "parquet": Reader(read_parquet, (".parquet", ".pq"), is_text=False),
    "arrow": Reader(read_arrow, (".arrow", ".feather"), is_text=False),
    "folder": Reader(read_folder, has_columns=False),
}


def reader_of(path: Path, format: str) -> Reader:
    """Returns the reader of a file or a folder that exists.

    Args:
        path: Path.
        format: str. A key of `READERS`, or `auto` for what the name tells.

    Returns:
        Reader.

    Raises:
        ValueError: the format is unknown, the name tells none, or a folder is named as a file's
            format or the other way round.

    Example:
        >>> reader_of(Path("reviews.tsv.gz"), "auto") is READERS["tsv"]
        True
    """
    if format != "auto" and format not in READERS:
        raise ValueError(
            f"`format` must be one of: auto, {', '.join(READERS)}. Received: format={format!r}"
        )
    if format == "auto":
        return READERS["folder"] if path.is_dir() else _by_name(path)
    if path.is_dir() != (format == "folder"):
        kind = "a folder" if format == "folder" else "a file"
        raise ValueError(
            f"{path}: it must be {kind} to be read as it is told. Received: format={format!r}."
        )
    return READERS[format]


def _by_name(path: Path) -> Reader:
    for reader in READERS.values():
        name = path.name.lower()
        name = unpacked_name(name) if reader.is_text else name
        if any(name.endswith(suffix) and name != suffix for suffix in reader.suffixes):
            return reader
    known = ", ".join(suffix for reader in READERS.values() for suffix in reader.suffixes)
    raise ValueError(
        f"{path}: the name of the file must end in one of {known}, those of text also packed "
        f"({', '.join(PACKINGS)}); or it must be a folder with one sub-folder of .txt files per "
        f"class; or --format must tell the format. Received: {path.name!r}."
    )
