"""What evaluation must know of a type of problem."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class ReportTable(NamedTuple):
    """A table of a report: title, header, cells that are already formatted, columns flush left."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    left: Sequence[int]


@dataclass(frozen=True)
class Evaluation:
    """Says what is measured and shown where problems are of one type.

    Args:
        measure: function of targets [N] or [N, C], scores [N, C], what numbers the labels, and
            thresholds [C] or None, that returns a dict that `json` can write.
        summary: function of metrics that returns rows of a name and a value.
        tables: function of metrics that returns `ReportTable`s.
        draw: function of metrics and a folder that writes a picture there.
        headline: str. The key under which reports keep the first of `measures` on validation.
        measures: dict from what stands for all in a model card to a function of metrics.
    """

    measure: Callable[..., dict]
    summary: Callable[[Mapping], list[list[str]]]
    tables: Callable[[Mapping], list[ReportTable]]
    draw: Callable[[Mapping, Path], Path]
    headline: str
    measures: Mapping[str, Callable[[Mapping], float | None]]

    def headline_of(self, metrics: Mapping) -> float | None:
        """Returns the first of the measures."""
        return next(iter(self.measures.values()))(metrics)


def four(value: float | None) -> str:
    """Returns a number with four decimals, or a dash where there is none."""
    return "–" if value is None else f"{value:.4f}"


def three(scores: Mapping) -> list[str]:
    """Returns precision, recall and F1 with four decimals."""
    return [four(scores[name]) for name in ("precision", "recall", "f1")]
