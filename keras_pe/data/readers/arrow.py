"""Reads the columns of Parquet, Arrow and Feather files."""

import reprlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from keras_pe.data.example import Example
from keras_pe.data.readers.columns import Columns
from keras_pe.files.remote_path import is_remote

# Rows that become Python objects at a time; few, for texts may be long.
_ROWS = 1024


def read_parquet(path: Path, columns: Columns) -> Iterator[Example]:
    """Yields the rows of a Parquet file; only the columns asked for are read, some rows at a time.

    Values are taken as a CSV file would show them: whole numbers and booleans by their digits and
    as `True` and `False`; a missing text is an empty one, and a missing label is none.

    Args:
        path: Path. The file.
        columns: Columns. Which to read.

    Returns:
        An iterator of Example; `row` is the number of the row, from 1.

    Raises:
        ImportError: pyarrow is not installed.
        ValueError: the file cannot be read; the message starts with the file.
    """
    with _reading(path, "Parquet"), path.open("rb") as source:
        import pyarrow.parquet

        file = pyarrow.parquet.ParquetFile(source)
        chosen = _Chosen(path, columns, file.schema_arrow)
        yield from chosen.examples(file.iter_batches(_ROWS, columns=chosen.names))


def read_arrow(path: Path, columns: Columns) -> Iterator[Example]:
    """Yields the rows of an Arrow file, of Feather version 2 or an Arrow stream.

    Values are taken as in `read_parquet`.

    Args:
        path: Path. The file.
        columns: Columns. Which to read.

    Returns:
        An iterator of Example; `row` is the number of the row, from 1.

    Raises:
        ImportError: pyarrow is not installed.
        ValueError: the file cannot be read; the message starts with the file.
    """
    with _reading(path, "Arrow"), _mapped(path) as source:
        import pyarrow

        # Files of the `datasets` library are streams, which have no list of their parts.
        if source.read_at(6, 0) == b"ARROW1":
            file = pyarrow.ipc.open_file(source)
            batches = map(file.get_batch, range(file.num_record_batches))
        else:
            batches = file = pyarrow.ipc.open_stream(source)
        chosen = _Chosen(path, columns, file.schema)
        yield from chosen.examples(map(_validated, batches))


def _mapped(path: Path):
    import pyarrow

    # Neither way can a damaged length ask for more memory than the file has bytes.
    if is_remote(path):
        return pyarrow.PythonFile(path.open("rb"), mode="r")
    return pyarrow.memory_map(str(path))


class _Chosen:
    """The columns to read of one file."""

    def __init__(self, path: Path, columns: Columns, schema):
        self._path = path
        self._separator = columns.text_separator
        self._texts, self._label = columns.choose(schema.names, place=str(path))
        self._second = columns.choose_second(schema.names, place=str(path))
        self._weight = columns.choose_weight(schema.names, place=str(path))
        self._group = columns.choose_group(schema.names, place=str(path))
        beside = [name for name in (self._label, self._weight) if name is not None]
        texts = self._texts if self._second is None else [*self._texts, self._second]
        texts = texts if self._group is None else [*texts, self._group]
        self.names = list(dict.fromkeys([*texts, *beside]))
        for names, is_readable in ((texts, _is_text), (beside, _is_value)):
            for name in names:
                self._check(name, schema, is_readable)

    def examples(self, batches) -> Iterator[Example]:
        row = 0
        for batch in batches:
            for start in range(0, batch.num_rows, _ROWS):
                part = batch.slice(start, _ROWS)
                values = {name: self._values(part, name, row) for name in self.names}
                for at in range(part.num_rows):
                    row += 1
                    text = self._separator.join(values[name][at] or "" for name in self._texts)
                    label, weight = (
                        None if name is None else values[name][at]
                        for name in (self._label, self._weight)
                    )
                    second = None if self._second is None else values[self._second][at] or ""
                    group = None if self._group is None else values[self._group][at]
                    yield Example(text, label, str(self._path), row, weight, second, group)

    def _check(self, name: str, schema, is_readable: Callable[..., bool]) -> None:
        if schema.names.count(name) > 1:
            raise ValueError(
                f"{self._path}: the columns that are read must have names of their own. "
                f"Received: {schema.names.count(name)} columns named {name!r}."
            )
        kind = schema.field(name).type
        if not is_readable(kind):
            raise ValueError(
                f"{self._path}: the column {name!r} must hold strings, whole numbers or booleans. "
                f"Received: {reprlib.repr(str(kind))}. Convert the column before it is written."
            )

    def _values(self, part, name: str, rows_before: int) -> list:
        column = part.column(part.schema.get_field_index(name))
        try:
            return list(map(_shown_in_csv, column.to_pylist()))
        except UnicodeDecodeError as error:
            raise ValueError(
                f"{self._path}: the column {name!r} must hold UTF-8 strings. Received: {error}, in "
                f"one of the rows {rows_before + 1} to {rows_before + part.num_rows}."
            ) from None


def _validated(batch):
    # What a damaged file says of where its strings lie must not be believed.
    batch.validate(full=True)
    return batch


def _is_text(kind) -> bool:
    from pyarrow import types

    if types.is_dictionary(kind):
        kind = kind.value_type
    tests = (types.is_string, types.is_large_string, types.is_string_view, types.is_integer)
    return any(test(kind) for test in (*tests, types.is_boolean, types.is_null))


def _is_value(kind) -> bool:
    """Whether a column may hold labels or weights; which can be used, its rows tell."""
    from pyarrow import types

    listed = (types.is_list, types.is_large_list, types.is_fixed_size_list)
    if any(test(kind) for test in listed):
        kind = kind.value_type
    return types.is_floating(kind) or types.is_decimal(kind) or _is_text(kind)


def _shown_in_csv(value: object) -> str | float | list | None:
    if value is None or isinstance(value, float):
        return value
    return list(map(_shown_in_csv, value)) if isinstance(value, list) else str(value)


@contextmanager
def _reading(path: Path, what: str) -> Iterator[None]:
    try:
        from pyarrow import ArrowException
    except ImportError as error:
        raise ImportError(
            f"{path}: {what} files need pyarrow, which is not installed. "
            "Install it: pip install 'keras-pe[arrow]'"
        ) from error
    try:
        yield
    except (ArrowException, OSError, UnicodeDecodeError) as error:
        # pyarrow tells of damage by an OSError too, but without the number of one of the system's.
        if getattr(error, "errno", None) is not None:
            raise
        said = " ".join(str(error).split())[:200]
        raise ValueError(
            f"{path}: the file must be whole {what} data. Received: {said}. "
            "Write it or copy it once more."
        ) from error
