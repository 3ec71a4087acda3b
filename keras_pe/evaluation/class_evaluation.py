"""One of several classes: accuracy, F1, and which are taken for which."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from keras_pe.evaluation.confusion_plot import write_confusion_plot
from keras_pe.evaluation.evaluation import Evaluation, ReportTable, four, three
from keras_pe.evaluation.metrics import classification_metrics
from keras_pe.evaluation.text_table import report_label

_MATRIX_CLASSES = 12  # more make a table wider than a page; report.json and the picture have all
_CONFUSIONS = 10


def _measure(targets: np.ndarray, scores: np.ndarray, labels, thresholds=None) -> dict:
    return classification_metrics(
        targets, scores.argmax(axis=1), labels.names, probabilities=scores
    )


def _summary(metrics: Mapping) -> list[list[str]]:
    rows = [
        ["examples", f"{metrics['examples']:,}"],
        ["classes", f"{len(metrics['classes']):,}"],
        ["accuracy", four(metrics["accuracy"])],
        ["macro F1", four(metrics["macro"]["f1"])],
    ]
    if "log_loss" in metrics:
        rows.append(["log loss", four(metrics["log_loss"])])
    return rows


def _tables(metrics: Mapping) -> list[ReportTable]:
    tables = [_per_class(metrics)]
    if len(metrics["classes"]) <= _MATRIX_CLASSES:
        tables.append(_matrix(metrics))
    confusions = _confusions(metrics)
    return [*tables, confusions] if confusions.rows else tables


def _per_class(metrics: Mapping) -> ReportTable:
    rows = [
        [str(number), report_label(row["label"]), *three(row), f"{row['support']:,}"]
        for number, row in enumerate(metrics["classes"])
    ]
    for average in ("macro", "micro", "weighted"):
        rows.append(["", f"{average} average", *three(metrics[average]), ""])
    header = ["#", "class", "precision", "recall", "F1", "support"]
    return ReportTable("Per class", header, rows, [1])


def _matrix(metrics: Mapping) -> ReportTable:
    header = ["#", "true class", *(f"→{number}" for number in range(len(metrics["classes"])))]
    rows = [
        [str(number), report_label(label), *(f"{count:,}" for count in counts)]
        for number, (label, counts) in enumerate(
            zip(metrics["label_names"], metrics["confusion_matrix"], strict=True)
        )
    ]
    return ReportTable("Confusion matrix (rows: true, columns: predicted)", header, rows, [1])


def _confusions(metrics: Mapping) -> ReportTable:
    cells = [
        (count, true, predicted)
        for true, counts in enumerate(metrics["confusion_matrix"])
        for predicted, count in enumerate(counts)
        if true != predicted and count
    ]
    worst = sorted(cells, key=lambda cell: (-cell[0], *cell[1:]))[:_CONFUSIONS]
    names = [report_label(name) for name in metrics["label_names"]]
    rows = [
        [names[true], names[predicted], f"{count:,}", _share(metrics, true, count)]
        for count, true, predicted in worst
    ]
    header = ["true", "predicted", "examples", "of the class"]
    return ReportTable("Most frequent confusions", header, rows, [0, 1])


def _share(metrics: Mapping, true: int, count: int) -> str:
    return f"{100 * count / metrics['classes'][true]['support']:.1f} %"


def _draw(metrics: Mapping, folder: Path) -> Path:
    matrix, names = metrics["confusion_matrix"], metrics["label_names"]
    return write_confusion_plot(matrix, names, folder / "confusion.png")


CLASS_EVALUATION = Evaluation(
    measure=_measure,
    summary=_summary,
    tables=_tables,
    draw=_draw,
    headline="validation_accuracy",
    measures={
        "accuracy": lambda metrics: metrics["accuracy"],
        "macro F1": lambda metrics: metrics["macro"]["f1"],
        "log loss": lambda metrics: metrics["log_loss"],
    },
)
