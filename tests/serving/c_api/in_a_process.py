"""Starts `python -m tests.serving.c_api`."""

import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).parents[3]
FRAMEWORKS = {"tensorflow", "tensorflow_text", "keras", "keras_pe", "jax", "torch"}


def answers_of(packages, version, texts):
    """Returns what the process found, once it has imported no framework."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.serving.c_api", str(packages), str(version)],
        input=json.dumps([text.hex() for text in texts]),
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    found = json.loads(done.stdout)
    assert FRAMEWORKS & set(found["imported"]) == set()
    assert "numpy" in found["imported"]
    return found
