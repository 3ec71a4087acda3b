"""Ctrl-C in the middle of a training."""

import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest

ROOT = pathlib.Path(__file__).parents[2]


def wait_for(path, process, seconds=300):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        if path.exists():
            return
        time.sleep(0.1)
    pytest.fail(f"no epoch was finished: {process.stderr.read()}")


def hear_ctrl_c():
    """What a shell runs in the background ignores it, and so do the programs that this starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.slow
def test_an_interrupted_training_says_how_to_go_on(trained, small, tmp_path):
    folder, _ = trained
    run_dir = tmp_path / "run"
    flags = [*small, "--epochs=1000", f"--train_file={folder}/reviews.csv", f"--run_dir={run_dir}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "apps.train", *flags], cwd=ROOT, env={**os.environ},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8",
        preexec_fn=hear_ctrl_c,
    )  # fmt: skip
    wait_for(run_dir / "last.weights.h5", process)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 130
    assert "Traceback" not in errors
    last = errors.strip().splitlines()[-1]
    assert last == f"train: stopped. Go on with: python -m apps.train --run_dir={run_dir} --resume"
    assert not list(run_dir.glob(".*")), "nothing half-written is left"
