"""What is started, and what counts as begun."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.child import ROOT

APPS = sorted(path.stem for path in ROOT.glob("apps/[!_]*.py"))
_IMPORTED = """
import time
import keras
began = time.perf_counter()
import {}
print(time.perf_counter() - began)
"""
_FIRST_STEP = re.compile(r"First training step after ([\d.]+) s")


@dataclass(frozen=True)
class Start:
    """Something that should begin soon.

    Args:
        name: str. What a table calls it.
        goal_s: float. Seconds it may take.
        seconds: function that starts it once and returns how long it took.
    """

    name: str
    goal_s: float
    seconds: Callable[[], float]


def starts() -> list[Start]:
    """Returns all starts that have a goal: imports, help and flag errors of every app, training."""
    packages = ("keras_pe", "keras_pe.layers", "keras_pe.models")
    found = [Start(f"import {name}, after keras", 0.05, _import(name)) for name in packages]
    for app in APPS:
        found.append(Start(f"{app} --help", 2.0, _command(app, "--help", code=0)))
        found.append(Start(f"{app} --nope", 2.0, _command(app, "--nope", code=2)))
    return [*found, Start("the demo's first training step", 10.0, first_step)]


def first_step(arguments: Sequence[str] = ("--dataset=docstrings", "--max_length=256")) -> float:
    """Returns the seconds from the start of `train` to its word that the first step is done.

    The run is ended then: what follows is not measured.

    Args:
        arguments: flags of `train`; by default those of the demo.

    Raises:
        RuntimeError: it ended without that word.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "apps.train", f"--run_dir={folder}/run", *arguments]
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            encoding="utf-8", env=_quiet(),
        )  # fmt: skip
        try:
            last = ""
            for line in process.stderr:
                if _FIRST_STEP.search(line):
                    return time.perf_counter() - began
                last = line.strip() or last
        finally:
            process.kill()
            process.wait()
            process.stderr.close()
    raise RuntimeError(f"Training must begin. Received: {last}")


def _import(name) -> Callable[[], float]:
    return lambda: float(_output([sys.executable, "-c", _IMPORTED.format(name)], code=0))


def _command(app, flag, code) -> Callable[[], float]:
    def seconds():
        began = time.perf_counter()
        _output([sys.executable, "-m", f"apps.{app}", flag], code=code)
        return time.perf_counter() - began

    return seconds


def _output(command, code):
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", env=_quiet(),
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode != code:
        said = " ".join(done.stderr.split()[-20:])
        raise RuntimeError(
            f"{command[1:]} must end with {code}. Received: {done.returncode}, {said}"
        )
    return done.stdout


def _quiet():
    return {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONPATH": str(Path(ROOT))}
