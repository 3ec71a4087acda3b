"""What TensorFlow's C++ code says of itself does not bury what the app says."""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).parents[2]
EXPORT = """
import sys
sys.argv = ["export"]
from apps._run import run
from apps._tensorflow import start_quietly

def main(arguments):
    start_quietly()
    import tensorflow as tf
    module = tf.Module()
    module.weight = tf.Variable(1.0)
    module.answer = tf.function(lambda x: x * module.weight, [tf.TensorSpec([], name="x")])
    tf.saved_model.save(module, "model")

run(main)
"""


def test_an_export_is_quiet(tmp_path):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TF_CPP")}
    done = subprocess.run(
        [sys.executable, "-c", EXPORT],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
    )
    assert (tmp_path / "model" / "saved_model.pb").exists(), done.stderr
    assert done.stderr == ""


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
