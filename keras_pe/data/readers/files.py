"""From what a person writes to the files that it names."""

import difflib
import glob
import os
from collections import Counter
from pathlib import Path


def find_files(path: str | os.PathLike[str]) -> list[Path]:
    """Returns the files or folders that a path, a pattern, or several by comma name.

    What exists is taken by its name, whatever characters it holds. Only then are the parts between
    commas looked for, and only what is not there is a pattern, `**` for any folders.

    Args:
        path: str or path. A path object is always taken by its name.

    Returns:
        List of Path. Parts keep their order; what a pattern matches comes in the order of names.

    Raises:
        ValueError: a part is empty, or a file is named twice.
        FileNotFoundError: a file does not exist, or a pattern matches nothing.
    """
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
    part = part if os.path.exists(part) else part.strip()
    if not part:
        raise ValueError(
            f"{path}: a file must be named before and after every comma. Received: {path!r}"
        )
    if os.path.exists(part) or not glob.has_magic(part):
        return [_existing(Path(part))]
    found = sorted(glob.glob(part, recursive=True))
    if not found:
        raise FileNotFoundError(
            f"{part}: there must be a file that the pattern matches. Received: none. Is the folder "
            "the right one, and the pattern in quotes?"
        )
    return [Path(file) for file in found]


def _existing(path: Path) -> Path:
    if path.exists():
        return path
    if not path.parent.is_dir():
        raise FileNotFoundError(
            f"{path}: there is no such file, and no folder {str(path.parent)!r} either."
        )
    names = {entry.name.lower(): entry.name for entry in path.parent.iterdir()}
    similar = difflib.get_close_matches(path.name.lower(), names, n=5)
    found = ", ".join(repr(names[name]) for name in similar) or "none"
    raise FileNotFoundError(f"{path}: there is no such file. Similar names in its folder: {found}.")
