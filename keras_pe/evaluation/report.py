"""An evaluation as text for the terminal, as JSON and as Markdown."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from keras_pe.evaluation.text_table import aligned_table, one_line
from keras_pe.files.atomic_file import atomic_file

_LABEL_COLUMNS = 32  # terminal columns; the longest of banking77's 77 labels takes 49
_MATRIX_CLASSES = 12  # more make a table wider than a page; report.json and the picture have all
_CONFUSIONS = 10


class _Table(NamedTuple):
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    left: Sequence[int]


def text_report(metrics: Mapping) -> str:
    """Lays out metrics for the terminal.

    Args:
        metrics: what `classification_metrics` returns.

    Returns:
        Several lines, without a line break at the end.
    """
    parts = [aligned_table(["measure", "value"], _summary(metrics))]
    for table in _tables(metrics):
        parts.append(f"{table.title}\n{aligned_table(table.header, table.rows, left=table.left)}")
    return "\n\n".join(parts)


def markdown_report(metrics: Mapping, *, title: str = "Evaluation") -> str:
    """Lays out metrics as a Markdown page; same arguments as `text_report`, and a title."""
    parts = [f"# {title}", _pipe_table(["measure", "value"], _summary(metrics), [0])]
    for table in _tables(metrics):
        parts += [f"## {table.title}", _pipe_table(table.header, table.rows, table.left)]
    return "\n\n".join(parts) + "\n"


def write_report(
    metrics: Mapping, folder: str | Path, *, title: str = "Evaluation"
) -> tuple[Path, Path]:
    """Writes `report.json` and `report.md`, each in one step.

    Args:
        metrics: what `classification_metrics` returns; further JSON values in it are kept.
        folder: where to write; made if it is missing.
        title: the heading of the Markdown page.

    Returns:
        The paths of `report.json` and `report.md`.
    """
    folder = Path(folder)
    contents = {
        "report.json": _json(metrics),
        "report.md": markdown_report(metrics, title=title),
    }
    for name, content in contents.items():
        with atomic_file(folder / name) as temporary:
            temporary.write_text(content, encoding="utf-8")
    return folder / "report.json", folder / "report.md"


def _json(metrics: Mapping) -> str:
    text = json.dumps(metrics, ensure_ascii=False, allow_nan=False, indent=2)
    # One line per matrix row. A string holds no bare line break, so none can match.
    return re.sub(r"\[\n[\d,\s]+\]", lambda row: " ".join(row[0].split()), text) + "\n"


def _summary(metrics: Mapping) -> list[list[str]]:
    rows = [
        ["examples", f"{metrics['examples']:,}"],
        ["classes", f"{len(metrics['classes']):,}"],
        ["accuracy", _four(metrics["accuracy"])],
        ["macro F1", _four(metrics["macro"]["f1"])],
    ]
    if "log_loss" in metrics:
        rows.append(["log loss", _four(metrics["log_loss"])])
    return rows


def _tables(metrics: Mapping) -> list[_Table]:
    tables = [_per_class(metrics)]
    if len(metrics["classes"]) <= _MATRIX_CLASSES:
        tables.append(_matrix(metrics))
    confusions = _confusions(metrics)
    return [*tables, confusions] if confusions.rows else tables


def _per_class(metrics: Mapping) -> _Table:
    rows = [
        [str(number), _label(row["label"]), *_three(row), f"{row['support']:,}"]
        for number, row in enumerate(metrics["classes"])
    ]
    for average in ("macro", "micro", "weighted"):
        rows.append(["", f"{average} average", *_three(metrics[average]), ""])
    header = ["#", "class", "precision", "recall", "F1", "support"]
    return _Table("Per class", header, rows, [1])


def _matrix(metrics: Mapping) -> _Table:
    header = ["#", "true class", *(f"→{number}" for number in range(len(metrics["classes"])))]
    rows = [
        [str(number), _label(label), *(f"{count:,}" for count in counts)]
        for number, (label, counts) in enumerate(
            zip(metrics["label_names"], metrics["confusion_matrix"], strict=True)
        )
    ]
    return _Table("Confusion matrix (rows: true, columns: predicted)", header, rows, [1])


def _confusions(metrics: Mapping) -> _Table:
    cells = [
        (count, true, predicted)
        for true, counts in enumerate(metrics["confusion_matrix"])
        for predicted, count in enumerate(counts)
        if true != predicted and count
    ]
    worst = sorted(cells, key=lambda cell: (-cell[0], *cell[1:]))[:_CONFUSIONS]
    names = metrics["label_names"]
    rows = [
        [_label(names[true]), _label(names[predicted]), f"{count:,}", _share(metrics, true, count)]
        for count, true, predicted in worst
    ]
    header = ["true", "predicted", "examples", "of the class"]
    return _Table("Most frequent confusions", header, rows, [0, 1])


def _share(metrics: Mapping, true: int, count: int) -> str:
    return f"{100 * count / metrics['classes'][true]['support']:.1f} %"


def _three(scores: Mapping) -> list[str]:
    return [_four(scores[name]) for name in ("precision", "recall", "f1")]


def _four(value: float) -> str:
    return f"{value:.4f}"


def _label(label: str) -> str:
    return one_line(label, max_width=_LABEL_COLUMNS)


def _pipe_table(header: Sequence[str], rows: Sequence[Sequence[str]], left: Sequence[int]) -> str:
    rule = [":--" if column in left else "--:" for column in range(len(header))]
    lines = [header, rule, *([_escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _escaped(cell: str) -> str:
    """Keeps Markdown from reading a label as markup."""
    return re.sub(r"([\\`*_\[\]<>|~#&$])", r"\\\1", cell)
