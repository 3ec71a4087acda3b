"""Data of which only the order matters, through the apps."""

import json

SMALL = ("--model=lstm", "--lstm_units=8", "--hidden_dim=8", "--epochs=1")


def test_a_generated_task_trains_and_is_evaluated_on_its_test_part(app, tmp_path):
    run = f"--run_dir={tmp_path}/run"
    task = ("--dataset=parity", "--task_examples=200", "--max_length=12")
    done = app("train", run, *task, *SMALL)
    assert done.returncode == 0, done.stderr
    assert "200 training, 20 validation, 20 test" in done.stdout
    done = app("evaluate", run)
    assert done.returncode == 0, done.stderr
    assert "odd" in done.stdout


def test_a_file_in_word_order_trains_and_so_is_the_file_it_is_evaluated_on(app, trained, tmp_path):
    folder, _ = trained
    run, reviews = f"--run_dir={tmp_path}/run", f"{folder}/reviews.csv"
    done = app("train", run, f"--train_file={reviews}", "--shuffle_distance=3", *SMALL)
    assert done.returncode == 0, done.stderr
    assert "2 classes: " in done.stdout
    done = app("evaluate", run, f"--test_file={reviews}")
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "run/evaluation/reviews/report.json").read_text("utf-8"))
    assert report["label_names"] == ["original", "shuffled"]


def test_a_generated_task_in_word_order_is_refused_in_one_sentence(app, tmp_path):
    done = app("train", f"--run_dir={tmp_path}/run", "--dataset=even_pairs", "--shuffle_distance=3")
    assert done.returncode == 1
    assert "`shuffle_distance` must be left out with a generated task" in done.stderr
    assert "Traceback" not in done.stderr
