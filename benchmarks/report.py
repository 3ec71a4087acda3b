"""The results for a terminal, a README and a program."""

import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measurement import HEADER, Measurement
from keras_pe.evaluation.text_table import aligned_table
from keras_pe.files.atomic_file import atomic_file

FORMATS = (".json", ".md")

# A header and rows.
Table = tuple[list[str], list[list[str]]]


def check_output(path: Path, formats: Sequence[str] = FORMATS) -> None:
    """Raises before anything is measured if the results could not be written afterwards.

    Args:
        path: Path. A file that does not exist yet.
        formats: endings it may have.

    Raises:
        ValueError: the file exists, or its ending is none of `formats`.
    """
    if path.suffix not in formats:
        endings = " or ".join(formats)
        raise ValueError(f"`output` must end in {endings}. Received: output={str(path)!r}")
    if path.exists():
        raise ValueError(f"`output` must be new. Received: output={str(path)!r}")


def terminal_table(measurement: Measurement) -> str:
    """Returns one measurement as aligned columns."""
    return aligned_table([measurement.title, *HEADER], measurement.rows())


def terminal_tables(tables: Sequence[Table]) -> str:
    """Returns tables as aligned columns, with an empty line before each and after the last."""
    return "\n".join(["", *(f"{aligned_table(*table)}\n" for table in tables)])


def facts_line(facts: dict) -> str:
    """Returns what a dict says in one line: `cores: 2, load: 0.1`."""
    return ", ".join(f"{name}: {_short(value)}" for name, value in facts.items())


def write_results(path: Path, facts: dict, measurements: list[Measurement]) -> None:
    """Writes all results to a JSON or Markdown file.

    Args:
        path: Path that `check_output` let pass.
        facts: dict. `date`, `command`, `machine` and `data`.
        measurements: list of `Measurement`.
    """
    if path.suffix == ".json":
        results = {**facts, "measurements": [each.as_dict() for each in measurements]}
        text = json.dumps(results, indent=1, ensure_ascii=False) + "\n"
    else:
        text = _markdown(facts, measurements)
    with atomic_file(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def write_tables(path: Path, command: str, facts: Sequence[str], tables: Sequence[Table]) -> None:
    """Writes tables to a Markdown file, below what they come from.

    Args:
        path: Path that `check_output` let pass.
        command: str. What was typed.
        facts: lines to stand between the command and the tables.
        tables: pairs of a header and rows; the first column holds names.
    """
    lines = [f"    {command}", "", *facts]
    for header, rows in tables:
        lines += ["", *_markdown_table(header, rows)]
    with atomic_file(path) as temporary:
        temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _markdown(facts, measurements):
    lines = [
        f"    {facts['command']}",
        "",
        f"{facts['date']}. {facts_line(facts['machine'])}.",
        f"Texts: {facts_line(facts['data'])}.",
    ]
    for measurement in measurements:
        lines += ["", *_markdown_table([measurement.title, *HEADER], measurement.rows())]
    return "\n".join(lines) + "\n"


def _markdown_table(header, rows):
    rule = ["---", *["---:"] * (len(header) - 1)]
    return [f"| {' | '.join(cells)} |" for cells in (header, rule, *rows)]


def _short(value):
    return f"{value:.3g}" if isinstance(value, float) else str(value)
