"""Keeps a harvested corpus in the user's cache folder."""

import dataclasses
import gzip
import json
import logging
import os
import sys
import tempfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from keras_pe.data.example import Example

_logger = logging.getLogger(__name__)


def user_cache_folder() -> Path:
    """Returns the folder for files that can be made again.

    It is `KERAS_PE_CACHE` if that is set, else `keras_pe` in the place of the system:
    `~/Library/Caches` on macOS, `%LOCALAPPDATA%` on Windows, `XDG_CACHE_HOME` or `~/.cache`
    elsewhere. It need not exist.
    """
    chosen = os.environ.get("KERAS_PE_CACHE")
    return Path(chosen).expanduser() if chosen else _system_cache_folder() / "keras_pe"


def _system_cache_folder() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    # The XDG specification: a relative path is to be ignored.
    chosen = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return chosen if chosen.is_absolute() else Path.home() / ".cache"


def load_examples(path: Path) -> list[Example] | None:
    """Reads what `store_examples` wrote; None if there is no file, or not a sound one."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            examples = [Example(**json.loads(line)) for line in lines]
    except FileNotFoundError:
        return None
    except (OSError, EOFError, zlib.error, ValueError, TypeError) as error:
        _logger.warning("%s cannot be read (%s); it is made again.", path, error)
        return None
    # A file of no bytes passes for an empty archive.
    return examples or None


def store_examples(examples: Iterable[Example], path: Path) -> None:
    """Writes JSON lines, the same bytes for the same examples; all of the file or none of it.

    A folder that cannot be written to is no error: the next run harvests again.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The draft lies beside its place, since a file cannot be moved in one step across disks.
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            draft = Path(folder, path.name)
            with draft.open("wb") as file:
                _write(examples, file)
            draft.replace(path)
    except OSError as error:
        _logger.warning("%s cannot be written (%s); the corpus is not kept.", path, error)


def _write(examples: Iterable[Example], file: BinaryIO) -> None:
    # A gzip header holds a name and a time; both are left out.
    with gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as archive:
        for example in examples:
            line = json.dumps(dataclasses.asdict(example), ensure_ascii=False)
            archive.write(line.encode() + b"\n")
