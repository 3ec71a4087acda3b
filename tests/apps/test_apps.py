"""One tiny real run through all apps."""

import csv
import json
import re
import shlex

import pytest


def test_train_says_what_it_does_and_what_comes_next(trained):
    folder, done = trained
    for words in ("2 classes", "parameters", "Training on CPU", "accuracy", "apps.export"):
        assert words in done.stdout + done.stderr
    assert (folder / "run" / "best.keras").exists()


def test_dry_run_shows_the_settings_and_writes_nothing(app, small, trained, tmp_path):
    folder, _ = trained
    done = app(
        "train", f"--train_file={folder}/reviews.csv", f"--run_dir={tmp_path}/run", "--dry_run",
        *small,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert '"hidden_dim": 16' in done.stdout
    assert "parameters" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_evaluate_writes_a_new_report_each_time(app, trained):
    folder, _ = trained
    for name in ("reviews", "reviews-2"):
        done = app("evaluate", f"--run_dir={folder}/run", f"--test_file={folder}/reviews.csv")
        assert done.returncode == 0, done.stderr
        written = {path.name for path in (folder / "run" / "evaluation" / name).iterdir()}
        assert written == {"report.json", "report.md", "confusion.png"}
    assert "macro" in done.stdout


def test_evaluate_leaves_out_rows_with_unknown_labels_if_so_told(app, trained, tmp_path):
    folder, _ = trained
    path = tmp_path / "mixed.csv"
    path.write_text("text,label\ngood,positive\nso so,mixed\nbad,negative\n", encoding="utf-8")
    flags = [f"--run_dir={folder}/run", f"--test_file={path}", f"--output_dir={tmp_path}/report"]
    done = app("evaluate", *flags)
    assert done.returncode == 1
    assert "mixed.csv:3: the label must be one of the 2 that training saw" in done.stderr
    done = app("evaluate", *flags, "--unknown_labels=drop")
    assert done.returncode == 0, done.stderr
    assert "Left out 1 test row with a label that training never saw: 'mixed' (1)" in done.stderr
    report = json.loads((tmp_path / "report" / "report.json").read_text(encoding="utf-8"))
    assert report["examples"] == 2


def test_predict_labels_arguments(app, trained):
    folder, _ = trained
    done = app("predict", f"--run_dir={folder}/run", "--top_k=2", "good good film", "bad film")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("positive ")
    assert lines[1].startswith("negative ")
    assert "negative" in lines[0]


def test_predict_labels_lines_of_standard_input_empty_ones_too(app, trained):
    folder, _ = trained
    done = app("predict", f"--run_dir={folder}/run", stdin="好看 good\n\nbad\n")
    assert len(done.stdout.splitlines()) == 3
    assert done.stdout.splitlines()[2].endswith("\tbad")


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_predict_writes_files(app, trained, tmp_path, ending):
    folder, _ = trained
    output = tmp_path / f"out.{ending}"
    texts = tmp_path / "texts.jsonl"
    texts.write_text('{"body": "good, \\"very\\"\\ngood"}\n{"body": "bad"}\n', encoding="utf-8")
    flags = [f"--input_file={texts}", "--text_column=body", f"--output_file={output}"]
    done = app("predict", f"--run_dir={folder}/run", *flags)
    assert done.returncode == 0, done.stderr
    with open(output, encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines)) if ending == "csv" else [json.loads(r) for r in lines]
    assert [row["label"] for row in rows] == ["positive", "negative"]
    assert rows[0]["text"] == 'good, "very"\ngood'
    assert 0.5 <= float(rows[0]["probability"]) <= 1.0
    again = app("predict", f"--run_dir={folder}/run", *flags)
    assert again.returncode == 1
    assert "`output_file` must be new" in again.stderr


def test_the_exported_model_answers_like_the_run(app, trained, tmp_path):
    folder, _ = trained
    exported = app("export", f"--run_dir={folder}/run", f"--saved_models_dir={tmp_path}/models")
    assert exported.returncode == 0, exported.stderr
    assert "docker run" in exported.stdout
    texts = ["good film", "bad film", "", "很好看"]
    ours = app("predict", f"--run_dir={folder}/run", *texts)
    served = app("predict", f"--saved_model={tmp_path}/models/run", *texts)
    assert served.returncode == 0, served.stderr
    assert served.stdout == ours.stdout


@pytest.mark.slow
def test_exports_to_other_runtimes_answer_like_the_run(app, trained, tmp_path):
    folder, _ = trained
    flags = [f"--run_dir={folder}/run", f"--saved_models_dir={tmp_path}", "--name=film"]
    done = app("export", *flags, "--target=litert,onnx")
    assert done.returncode == 0, done.stderr
    line = r"^(\w+): [\d.]+ MB, (\d+) of 64 answers as Keras, .* ms a text$"
    reports = re.findall(line, done.stdout, re.MULTILINE)
    assert reports == [("litert", "64"), ("onnx", "64")]
    texts = ["good film", "bad film", "", "很好看"]
    ours = app("predict", f"--run_dir={folder}/run", *texts).stdout
    for target in ("litert", "onnx"):
        asked = app("predict", f"--saved_model={tmp_path}/film/{target}", *texts)
        assert asked.stdout == ours, asked.stderr


def test_export_settings_without_effect_are_told_at_once(app, trained, tmp_path):
    folder, _ = trained
    flags = [f"--run_dir={folder}/run", f"--saved_models_dir={tmp_path}"]
    done = app("export", *flags, "--quantization=float16")
    assert done.returncode == 1
    assert "`quantization` has no effect without the target litert" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_card_of_an_export_names_the_run_and_how_to_repeat_it(app, trained, tmp_path):
    folder, _ = trained
    done = app("export", f"--run_dir={folder}/run", f"--saved_models_dir={tmp_path}", "--name=film")
    extra = tmp_path / "film" / "1" / "assets.extra"
    assert f"{extra}/MODEL_CARD.md" in done.stdout
    card = (extra / "MODEL_CARD.md").read_text(encoding="utf-8")
    report = json.loads((folder / "run" / "report.json").read_text(encoding="utf-8"))
    assert f"| test | 200 | {report['accuracy']:.4f} |" in card
    assert json.loads((folder / "run" / "data.json").read_text())["train"]["blake2b"] in card
    (line,) = re.findall(r"^keras-pe-train (.*)$", card, re.MULTILINE)
    *flags, run_dir = shlex.split(line)
    assert run_dir == "--run_dir=runs/film"
    again = app("train", *flags, f"--run_dir={tmp_path}/again", "--dry_run")
    assert (folder / "run" / "config.json").read_text(encoding="utf-8") in again.stdout


def test_resume_of_a_finished_run_needs_only_the_folder(app, trained):
    folder, _ = trained
    done = app("train", f"--run_dir={folder}/run", "--resume")
    assert done.returncode == 0, done.stderr
    changed = app("train", f"--run_dir={folder}/run", "--resume", "--batch_size=8")
    assert changed.returncode == 1
    assert "batch_size=8, while the run has batch_size=16" in changed.stderr


@pytest.mark.slow
def test_an_export_with_rounded_activations_says_how_many_answers_stay(app, trained, tmp_path):
    folder, _ = trained
    flags = [f"--run_dir={folder}/run", f"--saved_models_dir={tmp_path}", "--name=film"]
    done = app("export", *flags, "--target=litert", "--quantization=calibrated_int8")
    assert done.returncode == 0, done.stderr
    (same, texts) = re.search(r"(\d+) of (\d+) training texts that calib", done.stdout).groups()
    assert 0.95 * int(texts) <= int(same) <= int(texts)
    assert 50 <= int(texts) <= 200
    told = json.loads((tmp_path / "film" / "litert" / "1" / "keras_pe.json").read_text("utf-8"))
    assert (told["agreement"]["same"], told["agreement"]["texts"]) == (int(same), int(texts))
