"""Folders that are either complete or not there."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def new_folder(folder: str | os.PathLike[str]) -> Iterator[Path]:
    """Hands out a temporary folder beside `folder`, which takes its place if the block succeeds.

    Args:
        folder: str or path. Must not exist, or be an empty folder.

    Yields:
        The path of the temporary folder. If the block fails, it is removed.

    Raises:
        ValueError: there is something at `folder` already.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as parent:
        ...     with new_folder(Path(parent, "built")) as building:
        ...         _ = (building / "part").write_text("done")
        ...     Path(parent, "built", "part").read_text()
        'done'
    """
    folder = Path(folder)
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise ValueError(
            f"`folder` must be new or empty. Received: folder={str(folder)!r}. "
            "Remove what is there, or choose another folder."
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir()
    try:
        yield building
        os.replace(building, folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
