"""prepare as a person runs it: prepare, train on it, evaluate, and what goes wrong."""

import pytest


def fails(app, name, *arguments):
    """Returns the one sentence that a failing app leaves on standard error."""
    done = app(name, *arguments)
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    return done.stderr.strip().splitlines()[-1]


@pytest.fixture(scope="module")
def prepared(app, tmp_path_factory, reviews_text):
    """A folder with reviews.csv, prepared/ made of it, and what prepare said."""
    folder = tmp_path_factory.mktemp("prepared")
    (folder / "reviews.csv").write_text(reviews_text, encoding="utf-8")
    files = (f"--train_file={folder}/reviews.csv", f"--test_file={folder}/reviews.csv")
    flags = ("--vocabulary_size=120", "--num_shards=2", f"--output_dir={folder}/prepared")
    done = app("prepare", *files, *flags, "--processes=2")
    assert done.returncode == 0, done.stderr
    return folder, done


@pytest.mark.slow
def test_prepare_train_evaluate(app, prepared, small, tmp_path):
    folder, done = prepared
    assert "180 texts" in done.stdout
    assert "leaks between parts: " in done.stdout
    assert f"train --prepared_dir={folder}/prepared" in done.stdout
    flags = [flag for flag in small if not flag.startswith("--vocabulary_size")]
    run = f"--run_dir={tmp_path}/run"
    trained = app("train", f"--prepared_dir={folder}/prepared", run, *flags)
    assert trained.returncode == 0, trained.stderr
    evaluated = app("evaluate", run)
    assert evaluated.returncode == 0, evaluated.stderr
    assert "200" in evaluated.stdout
    exported = app("export", run, f"--saved_models_dir={tmp_path}/saved")
    assert exported.returncode == 0, exported.stderr
    card = (tmp_path / "saved" / "run" / "1" / "assets.extra" / "MODEL_CARD.md").read_text("utf-8")
    assert "--prepared_dir=" in card
    (folder / "prepared" / "manifest.json").unlink()
    assert "must be a folder that prepare finished" in fails(app, "evaluate", run)


@pytest.mark.slow
def test_what_goes_wrong_is_one_sentence(app, tmp_path):
    (tmp_path / "rows.csv").write_text("text,label\ngood,yes\nbad,no\n" * 2, encoding="utf-8")
    flags = (f"--train_file={tmp_path}/rows.csv", f"--output_dir={tmp_path}/out")
    sentence = fails(app, "prepare", *flags, "--text_column=body")
    assert "rows.csv:1: there must be a column 'body'" in sentence
    sentence = fails(app, "prepare", f"--output_dir={tmp_path}", "--verify", "--seed=1")
    assert "`seed` has no effect with --verify" in sentence
