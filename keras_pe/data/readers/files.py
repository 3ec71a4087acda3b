"""From what a person writes to the files that it names."""

import difflib
import glob
import os
from collections import Counter
from pathlib import Path
from typing import NoReturn

from keras_pe.files.remote_path import RemotePath, is_remote


def find_files(path: str | os.PathLike[str]) -> list[Path]:
    """Returns the files or folders that a path, a pattern, or several by comma name.

    What exists is taken by its name, whatever characters it holds. Only then are the parts between
    commas looked for, and only what is not there is a pattern, `**` for any folders.

    A part such as `gs://bucket/part-*.csv` names its file system, which is asked through
    TensorFlow; it cannot hold a comma or `**`.

    Args:
        path: str or path. A path object is always taken by its name.

    Returns:
        List of Path or RemotePath. Parts keep their order; what a pattern matches comes in the
        order of names.

    Raises:
        ValueError: a part is empty, or a file is named twice.
        FileNotFoundError: a file does not exist, or a pattern matches nothing.
        ImportError, OSError: as `RemotePath` raises.
    """
    if isinstance(path, RemotePath):
        return [_existing(path)]
    if not os.fspath(path):
        raise ValueError(f"`path` must name a file or a folder. Received: path={path!r}")
    if not isinstance(path, str) or os.path.exists(path):
        return [_existing(Path(path))]
    found = [file for part in path.split(",") for file in _matches(part, path)]
    twice = next((file for file, count in Counter(found).items() if count > 1), None)
    if twice:
        raise ValueError(
            f"{path}: every file must be named once. Received twice: {str(twice)!r}. "
            "Leave one out, or narrow the pattern."
        )
    return found


def _matches(part: str, path: str) -> list[Path]:
    if is_remote(part.strip()):
        return _remote_matches(RemotePath(part.strip()))
    part = part if os.path.exists(part) else part.strip()
    if not part:
        raise ValueError(
            f"{path}: a file must be named before and after every comma. Received: {path!r}"
        )
    if os.path.exists(part) or not glob.has_magic(part):
        return [_existing(Path(part))]
    found = [Path(file) for file in sorted(glob.glob(part, recursive=True))]
    return found or _refuse_without_match(part)


def _remote_matches(path: RemotePath) -> list[RemotePath]:
    if "**" in path.address:
        raise ValueError(
            f"{path}: a pattern with a scheme must do without `**`. Received: {path.address!r}. "
            "Name each folder, with a `*` for any one."
        )
    if path.exists() or not glob.has_magic(path.address):
        return [_existing(path)]
    return path.matches() or _refuse_without_match(path)


def _refuse_without_match(pattern: object) -> NoReturn:
    raise FileNotFoundError(
        f"{pattern}: there must be a file that the pattern matches. Received: none. Is the folder "
        "the right one, and the pattern in quotes?"
    )


def _existing(path: Path | RemotePath) -> Path | RemotePath:
    if path.exists():
        return path
    # To list a bucket in search of similar names may take minutes.
    if is_remote(path):
        raise FileNotFoundError(f"{path}: there is no such file.")
    if not path.parent.is_dir():
        raise FileNotFoundError(
            f"{path}: there is no such file, and no folder {str(path.parent)!r} either."
        )
    names = {entry.name.lower(): entry.name for entry in path.parent.iterdir()}
    similar = difflib.get_close_matches(path.name.lower(), names, n=5)
    found = ", ".join(repr(names[name]) for name in similar) or "none"
    raise FileNotFoundError(f"{path}: there is no such file. Similar names in its folder: {found}.")
