"""Which Python has the libraries of a contender."""

import functools
import subprocess
from pathlib import Path

from benchmarks.child import ROOT

_ASKED = """
import importlib.util, sys
print(*[name for name in sys.argv[1:] if not importlib.util.find_spec(name)])
"""
_VERSIONS = """
import importlib.metadata, sys
print(*[f"{name}: {importlib.metadata.version(name)}" for name in sys.argv[1:]], sep=", ")
"""
PEERS = str(ROOT / ".venv-backends" / "bin" / "python")


@functools.cache
def lacking(python: str, modules: tuple[str, ...]) -> str | None:
    """Says in one sentence what is missing, and how to get it.

    Args:
        python: str. Path of the interpreter.
        modules: names of what a contender imports.

    Returns:
        str, or None if all is there.

    Example:
        >>> lacking("/nowhere/python", ("torch",))
        'torch needs an environment: `make venv-backends` makes one, or name its Python with
        --peers_python. Received: --peers_python=/nowhere/python, which does not exist.'
    """
    said = f"Received: --peers_python={python}"
    if not Path(python).exists():
        return (
            f"{' and '.join(modules)} needs an environment: `make venv-backends` makes one, or "
            f"name its Python with --peers_python. {said}, which does not exist."
        )
    done = subprocess.run([python, "-c", _ASKED, *modules], capture_output=True, encoding="utf-8")
    missing = done.stdout.split() if done.returncode == 0 else list(modules)
    if not missing:
        return None
    return f"{' and '.join(missing)} must be installed there: `make venv-backends` does it. {said}."


def versions(python: str, packages: tuple[str, ...]) -> str:
    """Returns what is installed there, in one line: `torch: 2.13.0, jax: 0.10.2`.

    Args:
        python: str. Path of the interpreter.
        packages: names of packages that `lacking` does not miss.
    """
    command = [python, "-c", _VERSIONS, *packages]
    return subprocess.run(command, capture_output=True, encoding="utf-8").stdout.strip()
