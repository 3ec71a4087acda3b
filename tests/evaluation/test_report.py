import json
import re

import numpy as np
import pytest

from keras_pe.evaluation.metrics import classification_metrics
from keras_pe.evaluation.report import markdown_report, text_report, write_report
from keras_pe.evaluation.text_table import display_width


def _random_metrics(names):
    rng = np.random.default_rng(0)
    true, predicted = rng.integers(0, len(names), (2, 10 * len(names)))
    return classification_metrics(true, predicted, names)


def _small_metrics():
    return classification_metrics([0, 0, 0, 0, 1], [0, 0, 0, 1, 1], ["体育", "other"])


def test_text_report_in_full():
    assert text_report(_small_metrics()).split("\n") == [
        "measure    value",
        "examples       5",
        "classes        2",
        "accuracy  0.8000",
        "macro F1  0.7619",
        "",
        "Per class",
        "#  class             precision  recall      F1  support",
        "0  体育                 1.0000  0.7500  0.8571        4",
        "1  other                0.5000  1.0000  0.6667        1",
        "   macro average        0.7500  0.8750  0.7619",
        "   micro average        0.8000  0.8000  0.8000",
        "   weighted average     0.9000  0.8000  0.8190",
        "",
        "Confusion matrix (rows: true, columns: predicted)",
        "#  true class  →0  →1",
        "0  体育         3   1",
        "1  other        0   1",
        "",
        "Most frequent confusions",
        "true  predicted  examples  of the class",
        "体育  other             1        25.0 %",
    ]


def test_log_loss_is_shown_where_there_is_one():
    metrics = classification_metrics([0], [0], ["a", "b"], probabilities=np.array([[0.5, 0.5]]))

    assert "log loss  0.6931" in text_report(metrics)
    assert "| log loss | 0.6931 |" in markdown_report(metrics)


def test_a_perfect_classifier_has_no_table_of_confusions():
    assert "confusions" not in text_report(classification_metrics([0, 1], [0, 1], ["a", "b"]))


@pytest.mark.parametrize("script", ["a long english label ", "很长的中文标签"])
def test_77_long_labels_keep_a_sensible_width(script):
    text = text_report(_random_metrics([f"{number} {script * 9}" for number in range(77)]))

    assert max(map(display_width, text.split("\n"))) <= 100
    assert sum(bool(re.match(r" ?\d+  ", line)) for line in text.split("\n")) == 77
    assert "Confusion matrix" not in text


def test_confusions_are_sorted_and_at_most_ten():
    metrics = classification_metrics([0] * 2 + [1] * 6, [1, 2] + [0] + [2] * 5, ["a", "b", "c"])
    rows = text_report(metrics).split("of the class\n")[1].split("\n")

    assert [row.split() for row in rows] == [
        ["b", "c", "5", "83.3", "%"],
        ["a", "b", "1", "50.0", "%"],
        ["a", "c", "1", "50.0", "%"],
        ["b", "a", "1", "16.7", "%"],
    ]
    many = text_report(_random_metrics([str(number) for number in range(12)]))
    assert len(many.split("of the class\n")[1].split("\n")) == 10


def test_markdown_keeps_labels_from_becoming_markup():
    metrics = classification_metrics([0, 1], [0, 1], ["a|b_c_", "<x>\n`y`"])
    page = markdown_report(metrics, title="News")

    assert page.startswith("# News\n\n| measure | value |\n| :-- | --: |\n")
    assert r"| 0 | a\|b\_c\_ | 1.0000 |" in page
    assert r"| 1 | \<x\> \`y\` | 1.0000 |" in page


def test_written_files_hold_the_metrics(tmp_path):
    metrics = _small_metrics() | {"seconds": 1.5}
    json_path, markdown_path = write_report(metrics, tmp_path / "new", title="测试")

    assert json.loads(json_path.read_text(encoding="utf-8")) == metrics
    assert markdown_path.read_text(encoding="utf-8") == markdown_report(metrics, title="测试")
    assert sorted(path.name for path in json_path.parent.iterdir()) == ["report.json", "report.md"]


def test_json_is_readable(tmp_path):
    names = ["体育", "[\n1,\n2\n]", "c"]
    json_path, _ = write_report(_random_metrics(names), tmp_path)
    text = json_path.read_text(encoding="utf-8")

    assert '"体育"' in text
    assert len(re.findall(r"^ *\[ \d+, \d+, \d+ \],?$", text, re.MULTILINE)) == 3
    assert json.loads(text)["label_names"] == names


def test_a_report_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    (tmp_path / "report.json").write_text("old")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_report(_small_metrics(), tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
    assert (tmp_path / "report.json").read_text() == "old"


def test_nan_is_not_written_as_json(tmp_path):
    with pytest.raises(ValueError, match="JSON"):
        write_report(_small_metrics() | {"seconds": float("nan")}, tmp_path)

    assert not list(tmp_path.iterdir())
