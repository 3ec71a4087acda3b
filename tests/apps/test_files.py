"""Files as people bring them, through train, evaluate and predict."""

import json

import pyarrow
import pytest
from pyarrow import parquet

SMALL = ("--model=lstm", "--lstm_units=8", "--hidden_dim=8", "--epochs=1", "--vocabulary_size=60")
LABELS = ("体育", "财经")


def rows(count, first=0):
    texts = ("北京队赢了比赛", "股市今天上涨")
    return [(texts[at % 2] + str(at), LABELS[at % 2]) for at in range(first, first + count)]


def csv_text(some):
    return "".join(f"{text},{label}\n" for text, label in [("text", "label"), *some])


@pytest.fixture(scope="module")
def folder(tmp_path_factory, app):
    """GBK text in two files, the same in other formats, and a run trained on the two files."""
    folder = tmp_path_factory.mktemp("files")
    for number in (1, 2):
        text = csv_text(rows(20, 20 * number))
        (folder / f"part-{number}.csv").write_text(text, encoding="gbk")
    table = pyarrow.table(dict(zip(("text", "label"), zip(*rows(6), strict=True), strict=True)))
    parquet.write_table(table, folder / "test.parquet")
    fasttext = "".join(f"__label__{label} {text}\n" for text, label in rows(6))
    (folder / "test.txt").write_text(fasttext, encoding="utf-8")
    done = app(
        "train", f"--train_file={folder}/part-*.csv", f"--test_file={folder}/test.parquet",
        f"--run_dir={folder}/run", "--encoding=gbk", *SMALL,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "36 training, 4 validation, 6 test" in done.stdout
    return folder


def evaluated(app, folder, path, *flags, report):
    done = app("evaluate", f"--run_dir={folder}/run", f"--test_file={path}", *flags)
    assert done.returncode == 0, done.stderr
    metrics = json.loads((folder / "run/evaluation" / report / "report.json").read_text("utf-8"))
    return sum(map(sum, metrics["confusion_matrix"]))


def test_evaluate_reads_as_the_run_did_and_names_the_report_after_a_pattern(folder, app):
    path = f"{folder}/test.parquet,{folder}/part-*.csv"
    assert evaluated(app, folder, path, report="part-") == 46


def test_evaluate_reads_as_it_is_told(folder, app):
    flags = ("--format=fasttext", "--encoding=utf-8")
    assert evaluated(app, folder, f"{folder}/test.txt", *flags, report="test") == 6


def test_predict_reads_several_files_of_an_encoding(folder, app):
    flags = [f"--input_file={folder}/part-*.csv", "--encoding=gbk"]
    done = app("predict", f"--run_dir={folder}/run", *flags)
    assert done.returncode == 0, done.stderr
    texts = [line.split("\t")[1] for line in done.stdout.splitlines()]
    assert texts == [text for text, _ in rows(40, 20)]


@pytest.mark.parametrize(
    ("app_name", "flags", "expected"),
    [
        ("train", ("--train_file={}/part-1.csv",), "Try --encoding=gb18030."),
        (
            "train",
            ("--train_file={}/test.parquet", "--encoding=gbk"),
            "`encoding` has no effect with the data given. Received: encoding='gbk'",
        ),
        (
            "evaluate",
            ("--test_file={}/test.parquet", "--encoding=utf-16"),
            "`encoding` has no effect on files of this kind",
        ),
    ],
)
def test_what_does_not_fit_is_told_in_one_sentence(folder, app, app_name, flags, expected):
    run = "new" if app_name == "train" else "run"
    flags = [flag.format(folder) for flag in flags]
    done = app(app_name, f"--run_dir={folder}/{run}", *flags)
    assert done.returncode == 1, done.stdout
    assert expected in done.stderr
    assert "Traceback" not in done.stderr
