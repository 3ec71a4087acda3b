"""Every app says how it is used, at once."""

import pathlib
import subprocess
import sys

import pytest

from keras_pe.models import POSITIONS

APPS = sorted(path.stem for path in pathlib.Path("apps").glob("[!_]*.py"))


def test_the_apps_are_found():
    assert {"demo", "evaluate", "export", "predict", "train"} <= set(APPS)


@pytest.mark.parametrize("name", APPS)
def test_help_starts_with_a_command(app, name):
    done = app(name, "--help")
    assert f"python -m apps.{name}" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_help_lists_every_position_encoding(app):
    shown = app("train", "--help").stdout
    choices = shown[shown.index("--position:") :].split(">")[0]
    assert all(name in choices for name in POSITIONS)


def test_help_and_flag_errors_do_not_wait_for_tensorflow(app):
    program = """
import atexit, sys
sys.argv = ["train", "--position=nope", "--run_dir=x"]
atexit.register(lambda: print("tensorflow" in sys.modules, "keras" in sys.modules))
import apps.train
apps.train.run()
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "False False", done.stderr
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        ("--position=nope", "sinusoidal"),
        ("--epochs=many", "epochs"),
        ("--lerning_rate=0.1", "learning_rate"),
    ],
)
def test_a_mistyped_flag_gets_one_line_that_helps(app, flag, expected):
    done = app("train", "--run_dir=x", flag)
    assert done.returncode == 2
    assert expected in done.stderr
    assert done.stderr.count("\n") <= 3
    assert "Traceback" not in done.stderr
