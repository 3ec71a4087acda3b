"""Any number of labels: how many are right, of each and of all."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from keras_pe.evaluation.evaluation import Evaluation, ReportTable, four, three
from keras_pe.evaluation.label_set_metrics import label_set_metrics
from keras_pe.evaluation.label_set_plot import write_label_plot
from keras_pe.evaluation.text_table import report_label


def _measure(targets: np.ndarray, scores: np.ndarray, labels, thresholds) -> dict:
    return label_set_metrics(targets, scores, labels.names, thresholds=thresholds)


def _summary(metrics: Mapping) -> list[list[str]]:
    counts = metrics["labels_per_text"]
    return [
        ["examples", f"{metrics['examples']:,}"],
        ["labels", f"{len(metrics['classes']):,}"],
        ["micro F1", four(metrics["micro"]["f1"])],
        ["macro F1", four(metrics["macro"]["f1"])],
        ["all labels of a text right", four(metrics["subset_accuracy"])],
        ["mean average precision", four(metrics["mean_average_precision"])],
        ["labels per text, true", f"{counts['true']:.2f}"],
        ["labels per text, given", f"{counts['given']:.2f}"],
    ]


def _tables(metrics: Mapping) -> list[ReportTable]:
    rows = [
        [report_label(row["label"]), *three(row), four(row["average_precision"])]
        + [f"{row['support']:,}", f"{row['threshold']:.3f}"]
        for row in metrics["classes"]
    ]
    for average in ("macro", "micro", "weighted"):
        rows.append([f"{average} average", *three(metrics[average]), "", "", ""])
    header = ["label", "precision", "recall", "F1", "average precision", "support", "threshold"]
    return [ReportTable("Per label", header, rows, [0])]


def _draw(metrics: Mapping, folder: Path) -> Path:
    return write_label_plot(metrics["classes"], folder / "labels.png")


LABEL_SET_EVALUATION = Evaluation(
    measure=_measure,
    summary=_summary,
    tables=_tables,
    draw=_draw,
    headline="validation_micro_f1",
    measures={
        "micro F1": lambda metrics: metrics["micro"]["f1"],
        "macro F1": lambda metrics: metrics["macro"]["f1"],
        "all labels right": lambda metrics: metrics["subset_accuracy"],
        "mean average precision": lambda metrics: metrics["mean_average_precision"],
    },
)
