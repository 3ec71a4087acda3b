"""The numbered version folders of a served model: `<model>/1`, `<model>/2`, ..."""

import os
import shutil
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def latest_version(folder: str | Path) -> Path | None:
    """Returns the version folder with the highest number, or None where there is none."""
    return max(_versions(Path(folder)), key=lambda path: int(path.name), default=None)


def publish_version(folder: str | Path, write: Callable[[Path], None]) -> Path:
    """Lets `write` fill a temporary folder, then gives that the next free number.

    TensorFlow Serving looks at folders with a number for a name only, and takes each as soon as it
    appears: so a version appears complete, and nothing is left of one that could not be written.

    Args:
        folder: the model's folder; made if it is missing.
        write: gets the path of an empty folder.

    Returns:
        The version folder.
    """
    folder = Path(folder)
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    temporary = folder / f".{uuid.uuid4().hex}.tmp"
    try:
        temporary.mkdir(parents=True)
        write(temporary)
        return _rename_to_next(temporary, folder)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        with suppress(OSError):
            for path in made:
                path.rmdir()
        raise


def _rename_to_next(temporary: Path, folder: Path) -> Path:
    while True:
        latest = latest_version(folder)
        target = folder / str(int(latest.name) + 1 if latest else 1)
        try:
            os.rename(temporary, target)
        except OSError:
            # Another export may have taken the number in between; any other failure is real.
            if not target.exists():
                raise
        else:
            return target


def _versions(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if path.name.isascii() and path.name.isdecimal()]
