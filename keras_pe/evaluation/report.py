"""An evaluation as text for the terminal, as JSON and as Markdown."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from keras_pe.evaluation.evaluations import evaluation_of
from keras_pe.evaluation.text_table import aligned_table
from keras_pe.files.atomic_file import atomic_file


def text_report(metrics: Mapping) -> str:
    """Lays out metrics for the terminal.

    Args:
        metrics: what an `Evaluation` measured, and its `problem_type`; single_label without.

    Returns:
        Several lines, without a line break at the end.
    """
    evaluation = evaluation_of(metrics)
    parts = [aligned_table(["measure", "value"], evaluation.summary(metrics))]
    for table in evaluation.tables(metrics):
        parts.append(f"{table.title}\n{aligned_table(table.header, table.rows, left=table.left)}")
    return "\n\n".join(parts)


def markdown_report(metrics: Mapping, *, title: str = "Evaluation") -> str:
    """Lays out metrics as a Markdown page; same arguments as `text_report`, and a title."""
    evaluation = evaluation_of(metrics)
    parts = [f"# {title}", _pipe_table(["measure", "value"], evaluation.summary(metrics), [0])]
    for table in evaluation.tables(metrics):
        parts += [f"## {table.title}", _pipe_table(table.header, table.rows, table.left)]
    return "\n\n".join(parts) + "\n"


def write_report(
    metrics: Mapping, folder: str | Path, *, title: str = "Evaluation"
) -> tuple[Path, Path]:
    """Writes `report.json` and `report.md`, each in one step.

    Args:
        metrics: as for `text_report`; further JSON values in it are kept.
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
    # One line per matrix row or point. A string holds no bare line break, so none can match.
    return re.sub(r"\[\n[\d,.e+\-\s]+\]", lambda row: " ".join(row[0].split()), text) + "\n"


def _pipe_table(header: Sequence[str], rows: Sequence[Sequence[str]], left: Sequence[int]) -> str:
    rule = [":--" if column in left else "--:" for column in range(len(header))]
    lines = [header, rule, *([_escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _escaped(cell: str) -> str:
    """Keeps Markdown from reading a label as markup."""
    return re.sub(r"([\\`*_\[\]<>|~#&$])", r"\\\1", cell)
