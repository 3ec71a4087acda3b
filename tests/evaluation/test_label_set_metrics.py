"""Measures of sets of labels: by hand, and beside scikit-learn."""

import numpy as np
import pytest

from keras_pe.evaluation.label_set_metrics import label_set_metrics
from keras_pe.evaluation.label_set_plot import write_label_plot
from keras_pe.evaluation.report import markdown_report, text_report, write_report

NAMES = ["a|b", "体育", "never"]
TARGETS = np.array([[1, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, 0]])
SCORES = np.array([[0.9, 0.6, 0.1], [0.4, 0.7, 0.2], [0.3, 0.4, 0.1], [0.2, 0.1, 0.3]], "float32")


@pytest.fixture(scope="module")
def metrics():
    thresholds = np.array([0.4, 0.5, 0.5])
    found = label_set_metrics(TARGETS, SCORES, NAMES, thresholds=thresholds)
    return found | {"problem_type": "multi_label"}


def test_measures_by_hand(metrics):
    # Given: a, b, (none), (none) and a to the second text: three of four right, one too much.
    assert metrics["examples"] == 4
    assert metrics["subset_accuracy"] == 0.5
    assert metrics["micro"] == {"precision": 0.75, "recall": 0.75, "f1": 0.75}
    assert metrics["labels_per_text"] == {"true": 1.0, "given": 1.0}
    first, second, never = metrics["classes"]
    assert (first["precision"], first["recall"], first["support"]) == (1.0, 1.0, 2)
    assert (second["precision"], second["recall"], second["threshold"]) == (0.5, 0.5, 0.5)
    assert (never["f1"], never["average_precision"]) == (0.0, None)
    assert metrics["macro"]["f1"] == pytest.approx((1 + 0.5) / 3)
    # Second label, in order of scores: right at the first place, at the third of three.
    assert second["average_precision"] == pytest.approx((1 + 2 / 3) / 2)
    assert metrics["mean_average_precision"] == pytest.approx((1 + 5 / 6) / 2)


def test_measures_are_those_of_scikit_learn():
    measures = pytest.importorskip("sklearn.metrics")
    draw = np.random.default_rng(0)
    targets = draw.integers(0, 2, (80, 6))
    scores = np.round(draw.random((80, 6)), 1).astype("float32")  # many are equal
    found = label_set_metrics(targets, scores, list("abcdef"), thresholds=np.full(6, 0.45))
    given = scores >= 0.45
    for average in ("micro", "macro", "weighted"):
        expected = measures.precision_recall_fscore_support(
            targets, given, average=average, zero_division=0
        )
        np.testing.assert_allclose(list(found[average].values()), expected[:3])
    assert found["subset_accuracy"] == pytest.approx(measures.accuracy_score(targets, given))
    expected = measures.average_precision_score(targets, scores, average=None)
    np.testing.assert_allclose([row["average_precision"] for row in found["classes"]], expected)


def test_a_score_at_its_threshold_counts_as_given():
    found = label_set_metrics(
        np.array([[1, 0]]), np.array([[0.3, 0.2]], "float32"), "ab", thresholds=np.array([0.3, 0.3])
    )
    assert found["subset_accuracy"] == 1.0


def test_report_and_picture_show_every_label(metrics, tmp_path):
    said = text_report(metrics)
    for words in (
        "micro F1                    0.7500",
        "all labels of a text right  0.5000",
        "体育",
    ):
        assert words in said
    assert "| a\\|b | 1.0000 | 1.0000 | 1.0000 | 1.0000 | 2 | 0.400 |" in markdown_report(metrics)
    assert [path.name for path in write_report(metrics, tmp_path)] == ["report.json", "report.md"]
    path = write_label_plot(metrics["classes"], tmp_path / "labels.png")
    assert path.read_bytes()[:4] == b"\x89PNG"


@pytest.mark.parametrize(
    ("scores", "message"),
    [
        (SCORES[:, :2], r"must have the shape \(4, 3\).* Received: \(4, 3\) and \(4, 2\)"),
        (np.where(SCORES > 0.8, np.nan, SCORES), "`scores` must be finite"),
    ],
)
def test_scores_that_do_not_fit_are_refused(scores, message):
    with pytest.raises(ValueError, match=message):
        label_set_metrics(TARGETS, scores, NAMES, thresholds=np.full(3, 0.5))
