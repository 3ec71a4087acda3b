"""Measures of numbers: by hand, and beside scipy."""

import json

import numpy as np
import pytest

from keras_pe.data.target_scale import TargetScale
from keras_pe.evaluation.evaluations import EVALUATIONS
from keras_pe.evaluation.number_metrics import number_metrics
from keras_pe.evaluation.report import text_report, write_report


def test_measures_by_hand():
    found = number_metrics([1.0, 2.0, 4.0, 5.0], [2.0, 2.0, 3.0, 7.0])
    assert found["mae"] == 1.0
    assert found["rmse"] == pytest.approx((6 / 4) ** 0.5)
    assert found["r2"] == pytest.approx(1 - 6 / 10)
    # Deviations from the means 3 and 3.5: -2 -1 1 2 and -1.5 -1.5 -0.5 3.5.
    assert found["pearson"] == pytest.approx(11 / (10 * 17) ** 0.5)
    # Ranks 1 2 3 4 and 1.5 1.5 3 4.
    assert found["spearman"] == pytest.approx(4.5 / (5 * 4.5) ** 0.5)


def test_correlations_are_those_of_scipy():
    stats = pytest.importorskip("scipy.stats")
    draw = np.random.default_rng(0)
    targets, values = draw.integers(0, 9, 50).astype(float), draw.integers(0, 9, 50) / 2
    found = number_metrics(targets, values)
    assert found["pearson"] == pytest.approx(stats.pearsonr(targets, values).statistic)
    assert found["spearman"] == pytest.approx(stats.spearmanr(targets, values).statistic)


def test_what_is_not_defined_is_none():
    found = number_metrics([1.0, 1.0], [2.0, 3.0])
    assert (found["r2"], found["pearson"], found["spearman"]) == (None, None, None)
    assert number_metrics([], [])["mae"] is None


@pytest.mark.parametrize(
    ("values", "message"), [([1.0], "rows of the same length"), ([1.0, np.nan], "must be finite")]
)
def test_numbers_that_do_not_fit_are_refused(values, message):
    with pytest.raises(ValueError, match=message):
        number_metrics([1.0, 2.0], values)


def test_the_report_stands_beside_the_mean_of_training(tmp_path):
    targets = np.linspace(0, 10, 3_000, dtype=np.float32)
    evaluation, scale = EVALUATIONS["regression"], TargetScale(mean=4.0, deviation=2.0)
    metrics = evaluation.measure(targets, targets[:, None] + 1, scale, None)
    metrics |= {"problem_type": "regression"}
    assert metrics["baseline"]["value"] == 4.0
    assert metrics["baseline"]["mae"] == pytest.approx(np.abs(targets - 4).mean(), rel=1e-5)
    said = text_report(metrics)
    assert "mean absolute error" in said
    assert "Beside always saying 4, the mean of the training targets" in said
    assert len(metrics["points"]) == 1_000
    assert metrics["points"][0] == [0.0, 1.0]
    assert metrics["points"][-1] == [10.0, 11.0]
    write_report(metrics, tmp_path)
    text = (tmp_path / "report.json").read_text(encoding="utf-8")
    assert json.loads(text) == metrics
    assert "[ 0.0, 1.0 ]" in text
    assert evaluation.draw(metrics, tmp_path).read_bytes()[:4] == b"\x89PNG"
