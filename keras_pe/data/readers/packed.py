"""Opens files as bytes, unpacked where their names say that they are packed."""

import bz2
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True)
class Packing:
    """One way to pack a file.

    Args:
        name: str. What people call it.
        start: bytes. What its data start with.
        open: function of the packed file, that returns the unpacked one and the errors of damaged
            data.
    """

    name: str
    start: bytes
    open: Callable[[BinaryIO], tuple[BinaryIO, tuple[type[Exception], ...]]]


def _open_gzip(packed):
    # `GzipFile` reads lines in Python; the buffer around it does so in C.
    return io.BufferedReader(gzip.open(packed)), (EOFError, zlib.error, gzip.BadGzipFile)


def _open_bzip2(packed):
    return io.BufferedReader(bz2.open(packed)), (EOFError, OSError)


def _open_zstandard(packed):
    try:
        from backports import zstd
    except ImportError as error:
        raise ImportError(
            f"{packed.name}: .zst files need backports.zstd, which is not installed. "
            "Install it: pip install 'keras-pe[zstd]'"
        ) from error
    return io.BufferedReader(zstd.open(packed)), (EOFError, zstd.ZstdError)


PACKINGS = {
    ".gz": Packing("gzip", b"\x1f\x8b", _open_gzip),
    ".bz2": Packing("bzip2", b"BZh", _open_bzip2),
    ".zst": Packing("zstandard", b"\x28\xb5\x2f\xfd", _open_zstandard),
}


@contextmanager
def open_unpacked(path: Path) -> Iterator[BinaryIO]:
    """Opens a file for reading; as a context manager.

    Args:
        path: Path. The file; it is unpacked if its name ends in one of `PACKINGS`.

    Yields:
        The binary file.

    Raises:
        ImportError: the library that unpacks it is not installed.
        ValueError: the packed data are damaged; raised where they are read.
    """
    packing = PACKINGS.get(_ending(path.name))
    with path.open("rb") as packed:
        if packing is None:
            yield packed
        else:
            yield from _unpacked(path, packed, packing)


def _unpacked(path: Path, packed: BinaryIO, packing: Packing) -> Iterator[BinaryIO]:
    file, errors = packing.open(packed)
    try:
        with file:
            yield file
    except errors as error:
        # Damage has no number, unlike what the system or a network says.
        if getattr(error, "errno", None) is not None:
            raise
        raise ValueError(
            f"{path}: the file must be whole {packing.name} data. Received: {error}. "
            "Pack it or copy it once more."
        ) from error


def is_packed(path: Path) -> bool:
    """Returns whether the name of a file says that it is packed."""
    return bool(_ending(path.name))


def unpacked_name(name: str) -> str:
    """Returns the name that a file has once it is unpacked.

    Example:
        >>> unpacked_name("reviews.csv.zst")
        'reviews.csv'
    """
    return name[: len(name) - len(_ending(name))]


def _ending(name: str) -> str:
    return next((ending for ending in PACKINGS if name.lower().endswith(ending)), "")
