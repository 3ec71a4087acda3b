"""Where the libraries whose docstrings are read lie on this machine."""

import dataclasses
import importlib.metadata
import importlib.util
import logging
import os
import platform
import sysconfig
from collections.abc import Iterator
from pathlib import Path

_logger = logging.getLogger(__name__)

# What `pip install` calls each package. The order matters: of two near duplicates in different
# libraries the copy of the one named first is kept.
DISTRIBUTIONS = {
    "numpy": "numpy",
    "keras": "keras",
    "keras_hub": "keras-hub",
    "tensorflow": "tensorflow",
}

# Tests are written for their authors, not for readers; idlelib and turtledemo are programs.
_SKIPPED_FOLDERS = frozenset({"test", "tests", "idlelib", "turtledemo"})

# Inside the folder of the standard library, but not of it.
_OTHER_FOLDERS = frozenset({"site-packages", "dist-packages"})

# A copy of an old Keras inside tensorflow.
_SKIPPED_SOURCES = frozenset({"tensorflow/python/keras"})


@dataclasses.dataclass(frozen=True, slots=True)
class Library:
    """A folder of Python files that share one label.

    Args:
        label: what the texts are labelled with.
        folder: the files are looked for in here and below.
        root: sources are named relative to this folder.
        version: of the library, if known; it names the cache file.
    """

    label: str
    folder: Path
    root: Path
    version: str = ""

    def files(self) -> Iterator[tuple[str, Path]]:
        """Yields (source, path) of each file that is no test, in a fixed order."""
        for folder, subfolders, names in os.walk(self.folder):
            subfolders[:] = sorted(name for name in subfolders if self._is_read(folder, name))
            for name in sorted(names):
                if name.endswith(".py") and not _is_test(name):
                    yield self._source(folder, name), Path(folder, name)

    def _is_read(self, folder: str, name: str) -> bool:
        return (
            name not in _SKIPPED_FOLDERS | _OTHER_FOLDERS
            and self._source(folder, name) not in _SKIPPED_SOURCES
        )

    def _source(self, folder: str, name: str) -> str:
        return Path(folder, name).relative_to(self.root).as_posix()


def installed_libraries() -> list[Library]:
    """Finds the standard library and the packages without importing them.

    Returns:
        The libraries found, in the order of preference among copies; a missing package is
        left out with a warning that names it.
    """
    standard = Path(sysconfig.get_paths()["stdlib"])
    libraries = [Library("python", standard, standard, platform.python_version())]
    for name, distribution in DISTRIBUTIONS.items():
        folder = _package_folder(name)
        if folder is None:
            _logger.warning(
                "%s is not installed, so its docstrings are left out. To have them: pip install %s",
                name,
                distribution,
            )
        else:
            libraries.append(Library(name, folder, folder.parent, _version(distribution)))
    return libraries


def _package_folder(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    # Without an origin it is only a folder of that name, such as an uninstall leaves behind.
    if spec is None or spec.origin is None or not spec.submodule_search_locations:
        return None
    return Path(spec.origin).parent


def _version(distribution: str) -> str:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _is_test(name: str) -> bool:
    return name.startswith("test_") or name.endswith("_test.py") or name == "conftest.py"
