"""Opens files as bytes, unpacked where their names say that they are packed."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def open_unpacked(path: Path) -> Iterator[BinaryIO]:
    """Opens a file for reading; as a context manager.

    Args:
        path: Path. The file; it is unpacked if its name ends in `.gz`.

    Yields:
        The binary file.

    Raises:
        ValueError: the packed data are damaged; raised where they are read.
    """
    if not is_packed(path):
        with open(path, "rb") as file:
            yield file
        return
    try:
        # `GzipFile` reads lines in Python; the buffer around it does so in C.
        with io.BufferedReader(gzip.open(path)) as file:
            yield file
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ValueError(
            f"{path}: the file must be whole gzip data. Received: {error}. "
            "Pack it or copy it once more."
        ) from error


def is_packed(path: Path) -> bool:
    """Returns whether the name of a file says that it is packed."""
    return path.name.lower().endswith(".gz")


def unpacked_name(name: str) -> str:
    """Returns the name that a file has once it is unpacked."""
    return name.removesuffix(".gz")
