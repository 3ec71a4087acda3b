"""A study, started and gone on with by a command."""

import json

import pytest

TINY = (
    "--dataset=even_pairs", "--model=lstm", "--positions=none,sinusoidal", "--seeds=1", "--steps=3",
    "--train_length=6", "--test_lengths=7:12:5", "--samples=16", "--batch_size=8",
    "--hidden_dim=8", "--lstm_units=8", "--dense_dim=8",
)  # fmt: skip
ROWS = "text,label\n" + "good film,a\nbad film,b\n" * 6 + "good film it is by far,a\n" * 2


@pytest.mark.slow
def test_a_study_is_run_once_and_then_only_told_again(app, tmp_path):
    folder = tmp_path / "study"
    first = app("extrapolate", *TINY, f"--output_dir={folder}")
    assert first.returncode == 0, first.stderr
    assert "2 runs of 3 steps, of which 0 are finished; on tensorflow" in first.stdout
    assert "| `sinusoidal` | `counted` |" in first.stdout
    assert first.stdout.endswith(f"Everything is in {folder}.\n")
    names = {path.name for path in folder.iterdir()}
    made = {"about.json", "results.csv", "results.md", "curves.png"}
    assert names == made | {"study.json", "runs.jsonl"}
    runs = (folder / "runs.jsonl").read_bytes()
    assert [json.loads(line)["seed"] for line in runs.splitlines()] == [0, 0]

    again = app("extrapolate", *TINY, f"--output_dir={folder}")
    assert again.returncode == 0, again.stderr
    assert "of which 2 are finished" in again.stdout
    assert (folder / "runs.jsonl").read_bytes() == runs

    other = app("extrapolate", *TINY, "--steps=4", f"--output_dir={folder}")
    assert other.returncode == 1
    assert "Received: steps=4, while" in other.stderr
    assert "Traceback" not in other.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ((*TINY, "--positions=none,rotory"), "`position` must be one of: none, sinusoidal"),
        ((*TINY, "--test_lengths=41-500"), "`test_lengths` must be first:last or first:last:step"),
        ((*TINY, "--long_texts=cut"), "`long_texts` has no effect with dataset='even_pairs'"),
        (("--train_file=data.csv", "--test_lengths=7:9"), "`test_lengths` has no effect with lab"),
    ],
    ids=["typo", "lengths", "long_texts", "test_lengths"],
)  # fmt: skip
def test_what_cannot_be_gets_one_sentence(app, tmp_path, flags, expected):
    (tmp_path / "data.csv").write_text(ROWS, encoding="utf-8")
    done = app("extrapolate", *flags, f"--output_dir={tmp_path}/study", folder=tmp_path)
    assert done.returncode == 1
    lines = [line for line in done.stderr.splitlines() if line.startswith("extrapolate: ")]
    assert len(lines) == 1, done.stderr
    assert expected in lines[0]
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "study").exists()
