"""Readers of people's own files: a path goes in, examples come out."""

import os
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from keras_pe.data.example import Example
from keras_pe.data.readers.checked_examples import checked_examples
from keras_pe.data.readers.columns import Columns
from keras_pe.data.readers.encoding import check_encoding
from keras_pe.data.readers.files import find_files
from keras_pe.data.readers.formats import READERS, Reader, reader_of
from keras_pe.data.readers.target_values import with_targets, with_text_labels
from keras_pe.data.targets import TARGETS

__all__ = ["READERS", "chunks", "read_examples", "settings_used"]


def read_examples(
    path: str | os.PathLike[str],
    *,
    text_column: str = "text",
    label_column: str = "label",
    label_separator: str | None = None,
    weight_column: str | None = None,
    group_column: str | None = None,
    second_text_column: str | None = None,
    text_separator: str = " ",
    encoding: str = "utf-8",
    format: str = "auto",
    problem_type: str = "single_label",
    labelled: bool = True,
    may_be_empty: bool = False,
) -> Iterator[Example]:
    r"""Yields the examples of files or folders; the names of the files tell their format.

    Files are text: `.csv`, `.tsv`, JSON (`.jsonl` and `.ndjson` with an object per line, `.json`
    with an array of objects or such lines) and that of fastText (`.ft`, `.ft.txt`), each also
    packed as `.gz`, `.bz2` or `.zst`; or Parquet (`.parquet`, `.pq`) and Arrow (`.arrow`,
    `.feather`). A folder holds one sub-folder of `.txt` files per class. Texts and labels are taken
    as they stand, without stripping; a text may be empty.

    Args:
        path: str or path. What to read: a file, a folder, a pattern such as `part-*.csv`, or
            several of these separated by commas. What exists under this very name is taken first.
        text_column: str. The column or key of the text, or several separated by commas, which are
            joined. Folders and fastText files have no columns.
        label_column: str. The column or key of the label.
        label_separator: str. Stands between several labels in one string.
        weight_column: str. The column or key of what a text counts in training: a number, at
            least 0.
        group_column: str. The column or key of what rows have in common that must not be learned
            and held out, such as their author; white space around it plays no part.
        second_text_column: str. The column or key of the second text of pairs; None if there is
            none.
        text_separator: str. Stands between the texts of several columns.
        encoding: str. Any text encoding that Python knows, such as gb18030 or utf-16.
        format: str. A key of `READERS`, or `auto`: the names of the files tell it.
        problem_type: str. A key of `TARGETS`: one label, a set of them, or a number.
        labelled: bool. Whether every example needs a label. If not, only strings are taken, and a
            missing or empty one is None.
        may_be_empty: bool. Whether there may be no example at all, as in one of many files.

    Returns:
        An iterator of Example, in the order of the files. The path is checked at once, the content
        as it is read.

    Raises:
        ImportError: the files need a library that is not installed.
        FileNotFoundError: a file does not exist, or nothing matches a pattern.
        ValueError: the format or the encoding is unknown, a setting has no effect, or the content
            cannot be read: then the message starts with the file and, where there is one, the line.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, "weather.csv")
        ...     _ = file.write_text('text,label\n"Rain, again.",wet\nSun.,dry\n')
        ...     [(example.row, example.text) for example in read_examples(file)]
        [(2, 'Rain, again.'), (3, 'Sun.')]
    """
    check_encoding(encoding)
    files = find_files(path)
    readers = [reader_of(file, format) for file in files]
    _refuse_unused(
        readers,
        text_column=(text_column, "text"),
        label_column=(label_column, "label"),
        label_separator=(label_separator, None),
        weight_column=(weight_column, None),
        group_column=(group_column, None),
        second_text_column=(second_text_column, None),
        encoding=(encoding, "utf-8"),
    )
    target = TARGETS[problem_type]
    _check_separator(label_separator, problem_type)
    columns = Columns(
        text=text_column,
        label=label_column,
        second_text=second_text_column,
        text_separator=text_separator,
        labelled=labelled,
        several_labels=target.several_labels,
        weight=weight_column,
        group=group_column,
    )
    examples = chain.from_iterable(
        reader.read(file, columns, *([encoding] if reader.is_text else []))
        for reader, file in zip(readers, files, strict=True)
    )
    if labelled:
        examples = with_targets(
            examples,
            target,
            separator=label_separator,
            weighted=weight_column is not None,
            grouped=group_column is not None,
        )
    else:
        examples = with_text_labels(examples)
    return checked_examples(examples, path, may_be_empty=may_be_empty)


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


def settings_used(path: str | os.PathLike[str], format: str = "auto") -> set[str]:
    """Returns the settings of `read_examples` that say something about these files.

    Args:
        path: str or path, as for `read_examples`.
        format: str, as for `read_examples`.

    Returns:
        Some of `text_column`, `second_text_column`, `label_column`, `label_separator`,
        `weight_column`, `group_column`, `text_separator` and `encoding`.

    Raises:
        As `read_examples` raises before it reads.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     Path(folder, "weather.ft").touch()
        ...     settings_used(f"{folder}/*.ft")
        {'encoding'}
    """
    return _used(reader_of(file, format) for file in find_files(path))


def _check_separator(label_separator: str | None, problem_type: str) -> None:
    several = TARGETS[problem_type].several_labels
    if label_separator is not None and (not several or not label_separator):
        raise ValueError(
            "`label_separator` must be left out, or not be empty and stand beside "
            "problem_type='multi_label'. "
            f"Received: label_separator={label_separator!r}, problem_type={problem_type!r}"
        )


def _used(readers: Iterable[Reader]) -> set[str]:
    return {name for reader in readers for name in reader.settings}


def _refuse_unused(readers: list[Reader], **settings: tuple[str | None, str | None]) -> None:
    for name, (value, default) in settings.items():
        if value != default and name not in _used(readers):
            raise ValueError(
                f"`{name}` has no effect on files of this kind. Received: {name}={value!r}. "
                "Leave it out."
            )
