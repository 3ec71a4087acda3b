"""Every defect is measured on both sides, ours is right, and a mended one is called so."""

import pathlib
import warnings

import keras
import numpy as np
import pytest

from benchmarks.defects.defect import Defect, at_most, exactly, near, outcome
from benchmarks.defects.table import HEADER, all_defects
from tests.programs import run_module

ROOT = pathlib.Path(__file__).parents[2]
DEFECTS = all_defects()


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_ours_is_right_and_both_sides_were_measured(defect):
    found = defect.measure()
    assert found.right, found
    # An error where a number is due, or the reverse, would mean that nothing was measured.
    assert type(found.theirs) is type(found.ours), found
    assert found.theirs != ""
    if isinstance(found.theirs, float | int):
        assert np.isfinite([found.theirs, found.ours]).all()
    # Whether theirs is mended by now is theirs to decide.
    assert found.mended == defect.right(found.theirs)
    assert len(found.cells()) == len(HEADER)


def test_no_two_rows_have_one_name():
    assert len({defect.name for defect in DEFECTS}) == len(DEFECTS) > 15


def defect(theirs, ours, right):
    return Defect("name", theirs=lambda: theirs, ours=lambda: ours, right=right)


@pytest.mark.parametrize(
    ("theirs", "ours", "right", "cells"),
    [
        (2.0, 0.00123, at_most(0.01), ["2", "0.0012"]),
        (0.005, 0.005, at_most(0.01), ["0.005, mended", "0.005"]),
        (897, 8192, exactly(8192), ["897", "8,192"]),
        (8192, 897, exactly(8192), ["8,192, mended", "897, wrong"]),
        ("no error", "ValueError", exactly("ValueError"), ["no error", "ValueError"]),
    ],
    ids=["a number", "mended", "a count", "wrong", "an error"],
)
def test_a_row_says_what_was_found_and_who_is_right(theirs, ours, right, cells):
    assert defect(theirs, ours, right).measure().cells() == ["name", *cells]


def test_an_error_is_an_outcome_and_warnings_are_none():
    def warn():
        warnings.warn("mask lost", stacklevel=1)
        return 3

    def fail():
        raise KeyError("gone")

    assert outcome(warn) == 3
    assert outcome(fail) == "KeyError"


def test_both_sides_start_from_one_seed():
    draw = lambda: float(keras.random.normal((), seed=keras.random.SeedGenerator()))  # noqa: E731
    assert outcome(draw) == outcome(draw)


@pytest.mark.parametrize("right", [at_most(1.0), near(1.0), exactly(1.0)])
def test_an_error_is_no_right_number(right):
    assert right(1.0)
    assert not right(1.1)
    assert not right("ImportError")


def run(*arguments):
    return run_module("benchmarks.peer_defects", *arguments)


@pytest.mark.slow
def test_the_command_prints_and_writes_the_table(tmp_path):
    output = tmp_path / "results.md"
    done = run(f"--output={output}")
    assert done.returncode == 0, done.stderr
    lines = output.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("    python -m benchmarks.peer_defects --output=")
    assert "keras-hub: " in lines[2]
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("|")]
    assert rows[0] == HEADER
    assert [row[0] for row in rows[2:]] == [defect.name for defect in DEFECTS]
    assert {len(row) for row in rows} == {len(HEADER)}
    assert all(defect.name in done.stdout for defect in DEFECTS)
    assert "wrong" not in done.stdout


@pytest.mark.parametrize(
    ("argument", "sentence"),
    [
        ("all", "benchmarks.peer_defects: Arguments must be flags. Received: 'all'"),
        ("--output=a.json", "`output` must end in .md. Received: output='a.json'"),
    ],
)
def test_a_fault_is_told_before_anything_is_measured(argument, sentence):
    done = run(argument)
    assert done.returncode == 1
    assert sentence in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert HEADER[0] not in done.stdout
