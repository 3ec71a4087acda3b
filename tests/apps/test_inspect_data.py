"""Labelled text, looked at by a command."""

import json


def test_the_summary_is_printed_and_the_page_written(app, reviews, tmp_path):
    folder = tmp_path / "inspection"
    flags = [f"--train_file={reviews}", f"--test_file={reviews}", f"--output_dir={folder}"]
    done = app("inspect_data", *flags)
    assert done.returncode == 0, done.stderr
    assert "look  leaks between parts: " in done.stdout
    assert done.stdout.splitlines()[-1] == f"The page is {folder / 'inspection.html'}."
    assert "near duplicates: 100%" in done.stderr
    assert json.loads((folder / "inspection.json").read_text(encoding="utf-8"))["classes"]
    again = app("inspect_data", *flags)
    assert again.returncode == 1
    assert "inspect_data: `output_dir` must be new or empty" in again.stderr


def test_without_data_it_says_what_is_missing(app):
    done = app("inspect_data")
    assert done.returncode == 1
    assert "One of `dataset` and `train_file` must be set" in done.stderr
    assert "Traceback" not in done.stderr
