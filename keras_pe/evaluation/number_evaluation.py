"""A number: how far off it is, beside always saying the mean of the training targets."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from keras_pe.evaluation.evaluation import Evaluation, ReportTable
from keras_pe.evaluation.number_metrics import number_metrics
from keras_pe.evaluation.number_plot import write_number_plot

_POINTS = 1_000
_MEASURES = {
    "mae": "mean absolute error",
    "rmse": "root of the mean squared error",
    "r2": "R², the share of the variance explained",
    "pearson": "Pearson's correlation",
    "spearman": "Spearman's correlation of ranks",
}


def _measure(targets: np.ndarray, scores: np.ndarray, labels, thresholds=None) -> dict:
    values = scores[:, 0]
    mean = number_metrics(targets, np.full(len(targets), labels.mean))
    return number_metrics(targets, values) | {
        "baseline": {"value": labels.mean} | {name: mean[name] for name in ("mae", "rmse", "r2")},
        "points": _points(targets, values),
    }


def _points(targets: np.ndarray, values: np.ndarray) -> list[list[float]]:
    """Returns up to a thousand pairs of a true and a predicted number, all over their range."""
    order = np.lexsort((values, targets))
    shown = order[np.linspace(0, len(order) - 1, min(len(order), _POINTS)).round().astype(int)]
    return [[float(targets[at]), float(values[at])] for at in shown]


def _summary(metrics: Mapping) -> list[list[str]]:
    rows = [[said, _short(metrics[name])] for name, said in _MEASURES.items()]
    return [["examples", f"{metrics['examples']:,}"], *rows]


def _tables(metrics: Mapping) -> list[ReportTable]:
    baseline = metrics["baseline"]
    rows = [
        [said, _short(metrics[name]), _short(baseline[name])]
        for name, said in _MEASURES.items()
        if name in baseline
    ]
    title = f"Beside always saying {baseline['value']:.4g}, the mean of the training targets"
    return [ReportTable(title, ["measure", "model", "mean"], rows, [0])]


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}"


def _draw(metrics: Mapping, folder: Path) -> Path:
    return write_number_plot(metrics["points"], folder / "predicted.png")


NUMBER_EVALUATION = Evaluation(
    measure=_measure,
    summary=_summary,
    tables=_tables,
    draw=_draw,
    headline="validation_mae",
    measures={
        "mean absolute error": lambda metrics: metrics["mae"],
        "RMSE": lambda metrics: metrics["rmse"],
        "R²": lambda metrics: metrics["r2"],
        "Spearman": lambda metrics: metrics["spearman"],
    },
)
