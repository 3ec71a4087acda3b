"""Bad input gets one clear sentence and an exit code that is not zero."""

import json
import shutil

import pytest

ROWS = "text,label\n" + "good,positive\nbad,negative\n" * 6


def fails(app, *arguments):
    """Returns the one sentence that a failing app leaves on standard error."""
    done = app("train", *arguments)
    assert done.returncode not in (0, None), done.stdout
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("train: ")]
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "flags", "expected"),
    [
        (None, (), "data.csv"),
        (ROWS, ("--text_column=body",), "'text', 'label'"),
        (ROWS + 'so,"so\n', (), "data.csv:14"),
        (ROWS + "so so,mixed\n", (), "'mixed'"),
        (ROWS.encode() + b"caf\xe9,positive\n", (), "UTF-8"),
        (ROWS, ("--model=lstm", "--position=rotary"), "position='rotary' acts inside attention"),
        (ROWS, ("--model=lstm", "--num_heads=8"), "`num_heads` has no effect"),
        (ROWS, ("stray",), "'stray'"),
    ],
    ids=["no-file", "no-column", "open-quote", "single", "latin-1", "encoding", "setting", "stray"],
)
def test_bad_data_and_settings(app, tmp_path, content, flags, expected):
    path = tmp_path / "data.csv"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    run_dir = tmp_path / "run"
    sentence = fails(app, f"--train_file={path}", f"--run_dir={run_dir}", *flags)
    assert expected in sentence
    assert not run_dir.exists()


def test_a_leak_that_must_not_be_stops_the_run(app, tmp_path):
    path = tmp_path / "data.csv"
    path.write_text(ROWS, encoding="utf-8")
    flags = (f"--train_file={path}", f"--test_file={path}", "--on_leak=error")
    sentence = fails(app, *flags, f"--run_dir={tmp_path}/run")
    assert "data.csv:2: no text of training may also be held out" in sentence
    assert "Received: 12 of 12 rows" in sentence


def test_a_taken_folder_is_left_as_it_was(app, trained, small):
    folder, _ = trained
    before = {path: path.stat().st_mtime_ns for path in (folder / "run").rglob("*")}
    sentence = fails(app, f"--train_file={folder}/reviews.csv", f"--run_dir={folder}/run", *small)
    assert "must not hold another run" in sentence
    assert before == {path: path.stat().st_mtime_ns for path in (folder / "run").rglob("*")}


def test_predict_without_a_model_or_with_two_is_refused(app):
    for flags in ((), ("--run_dir=a", "--saved_model=b")):
        done = app("predict", *flags, "text")
        assert done.returncode == 1
        assert "One of --run_dir, --saved_model and --server must be given" in done.stderr


def test_evaluate_refuses_what_is_held_out_of_other_data(app, trained, tmp_path):
    folder, _ = trained
    others = shutil.ignore_patterns("evaluation")
    shutil.copytree(folder / "run", tmp_path / "run", ignore=others)
    text = (folder / "reviews.csv").read_text(encoding="utf-8")
    (tmp_path / "longer.csv").write_text(text + "good plot,positive\n", encoding="utf-8")
    config = json.loads((tmp_path / "run" / "config.json").read_text(encoding="utf-8"))
    config["train_file"] = str(tmp_path / "longer.csv")
    (tmp_path / "run" / "config.json").write_text(json.dumps(config), encoding="utf-8")
    done = app("evaluate", f"--run_dir={tmp_path}/run")
    assert done.returncode == 1
    assert "A run must see the data it was started on, but the examples have changed" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "run" / "evaluation").exists()
