"""Paths such as `gs://bucket/part.csv`, in the file systems that TensorFlow knows."""

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import BinaryIO

from keras_pe.files.remote_file import open_remote_file
from keras_pe.files.tensorflow_files import tensorflow_files

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


@dataclass(frozen=True)
class RemotePath:
    """Answers what readers ask of a `pathlib.Path`; TensorFlow is imported when it is asked.

    What it is asked raises FileNotFoundError where there is no such file, ValueError where
    TensorFlow does not know the file system, ImportError where there is no TensorFlow, and OSError
    where the file system cannot be reached or refuses.

    Args:
        address: str. Scheme and path, such as `gs://bucket/part.csv`.

    Example:
        >>> path = RemotePath("gs://bucket/parts/a.csv")
        >>> path.name, str(path.parent)
        ('a.csv', 'gs://bucket/parts')
    """

    address: str

    def __str__(self) -> str:
        return self.address

    @property
    def name(self) -> str:
        """What stands after the last slash."""
        return self.address.rstrip("/").rpartition("/")[2]

    @property
    def parent(self) -> "RemotePath":
        """The folder it is in."""
        return RemotePath(self.address.rstrip("/").rpartition("/")[0])

    def exists(self) -> bool:
        """Returns whether there is such a file or folder."""
        with tensorflow_files(self.address) as gfile:
            return gfile.exists(self.address)

    def is_dir(self) -> bool:
        """Returns whether it is a folder."""
        with tensorflow_files(self.address) as gfile:
            return gfile.isdir(self.address)

    def is_file(self) -> bool:
        """Returns whether it exists and is no folder."""
        return self.exists() and not self.is_dir()

    def iterdir(self) -> Iterator["RemotePath"]:
        """Yields what is in the folder."""
        with tensorflow_files(self.address) as gfile:
            names = gfile.listdir(self.address)
        for name in names:
            yield RemotePath(f"{self.address.rstrip('/')}/{name.rstrip('/')}")

    def matches(self) -> "list[RemotePath]":
        """Returns what the address matches as a pattern of `*`, `?` and `[...]`, sorted."""
        with tensorflow_files(self.address) as gfile:
            return [RemotePath(each) for each in sorted(gfile.glob(self.address))]

    def stat(self) -> SimpleNamespace:
        """Returns `st_size` and `st_mtime_ns`."""
        with tensorflow_files(self.address) as gfile:
            facts = gfile.stat(self.address)
        return SimpleNamespace(st_size=facts.length, st_mtime_ns=facts.mtime_nsec)

    def open(self, mode: str = "rb") -> BinaryIO:
        """Opens the file for reading bytes.

        Raises:
            ValueError: `mode` is another one.
        """
        if mode != "rb":
            raise ValueError(f"`mode` must be 'rb'. Received: mode={mode!r}")
        return open_remote_file(self.address)

    def read_bytes(self) -> bytes:
        """Returns all that the file holds."""
        with self.open() as file:
            return file.read()

    def read_text(self, encoding: str) -> str:
        r"""Returns all that the file holds as text, whose lines end with `\n` whatever ended them.

        Args:
            encoding: str.
        """
        with io.TextIOWrapper(self.open(), encoding) as file:
            return file.read()


def is_remote(path: object) -> bool:
    """Returns whether a path names its file system.

    Example:
        >>> is_remote("gs://bucket/part.csv"), is_remote("a.csv"), is_remote(Path("gs://a"))
        (True, False, False)
    """
    is_address = isinstance(path, str) and _ADDRESS.match(path) is not None
    return is_address or isinstance(path, RemotePath)


def as_path(path: str | os.PathLike[str] | RemotePath) -> Path | RemotePath:
    """Returns a path as `RemotePath` if it names its file system, else as `Path`."""
    if isinstance(path, RemotePath):
        return path
    return RemotePath(path) if is_remote(path) else Path(path)


def refuse_remote(**paths: str | os.PathLike[str] | None) -> None:
    """Raises `ValueError` for the first path that names its file system.

    Args:
        **paths: What is written, or read again and again, under the names of the settings.

    Example:
        >>> refuse_remote(run_dir="gs://bucket/run")
        Traceback (most recent call last):
        ...
        ValueError: `run_dir` must be on this machine: ...
    """
    for name, path in paths.items():
        if is_remote(path):
            raise ValueError(
                f"`{name}` must be on this machine: files that are read once may be elsewhere, "
                f"folders may not. Received: {name}={str(path)!r}. Copy it, or choose a folder "
                "here."
            )
