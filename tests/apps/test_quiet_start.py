"""What TensorFlow's C++ code says of itself does not bury what the app says."""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).parents[2]


def test_only_the_apps_own_lines_are_shown(trained, small, tmp_path):
    folder, _ = trained
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TF_CPP")}
    flags = [f"--train_file={folder}/reviews.csv", f"--run_dir={tmp_path}/run", "--dry_run", *small]
    done = subprocess.run(
        [sys.executable, "-m", "apps.train", *flags],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    shown = [line for line in done.stderr.replace("\r", "\n").splitlines() if line.strip()]
    assert [line for line in shown if not line.startswith("tokenising:")] == []
