"""Files of elsewhere, for libraries that read those of this machine."""

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from keras_pe.files.remote_path import RemotePath, as_path

_logger = logging.getLogger(__name__)


@contextmanager
def local_copy(path: str | os.PathLike[str] | RemotePath) -> Iterator[Path]:
    """Hands out a path of this machine; as a context manager.

    A file of another file system is copied to a temporary folder, which is removed afterwards.

    Args:
        path: str, path or `RemotePath`.

    Yields:
        The path as it is, or that of a copy of the same name.

    Raises:
        As `RemotePath.open` raises, and what it opens.

    Example:
        >>> with local_copy("vectors.txt") as path:
        ...     path
        PosixPath('vectors.txt')
    """
    path = as_path(path)
    if not isinstance(path, RemotePath):
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, path.name)
        _logger.info("Fetching %s.", path)
        with path.open() as source, open(copy, "wb") as target:
            shutil.copyfileobj(source, target)
        yield copy
