"""A picture of a confusion matrix, drawn with matplotlib (an optional dependency)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from keras_pe.evaluation.label_fonts import drawable_labels
from keras_pe.evaluation.text_table import one_line
from keras_pe.files.atomic_file import atomic_file

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_COUNTED_CLASSES = 20  # with more, numbers in cells can no longer be read
_LABEL_COLUMNS = 40
_SMALLEST_CELL = 0.16  # inches: a line of 7-point text
_LARGEST_SIDE = 24.0  # inches: 150 cells with a label each


def write_confusion_plot(
    confusion_matrix: Sequence[Sequence[int]] | np.ndarray,
    label_names: Sequence[str],
    path: str | Path,
    *,
    title: str = "",
) -> Path:
    """Draws a confusion matrix as a PNG, coloured by the share of each true class.

    Colours follow the square root of the share, so that rare confusions show. Up to 20 classes the
    counts stand in the cells. A label that no installed font can draw is replaced by the number of
    its class. With more than 150 classes only every n-th has a label.

    Args:
        confusion_matrix: [C, C] counts; rows are true classes.
        label_names: C names.
        path: the PNG to write, in one step; its folder is made if it is missing.
        title: a line above the picture, left out if no font can draw it.

    Returns:
        `path`.

    Raises:
        ImportError: if matplotlib is not installed.
        ValueError: if there is not one name per row and column.
    """
    counts = np.asarray(confusion_matrix)
    if not len(label_names) or counts.shape != (len(label_names), len(label_names)):
        raise ValueError(
            "`confusion_matrix` must have one row and one column per label name. "
            f"Received: shape={counts.shape}, {len(label_names)} names"
        )
    figure = _draw(counts, label_names, title)
    path = Path(path)
    with atomic_file(path) as temporary:
        figure.savefig(temporary, format="png", bbox_inches="tight", pad_inches=0.15)
    return path


def _draw(counts: np.ndarray, label_names: Sequence[str], title: str) -> Figure:
    try:
        # pyplot is left alone: it would keep the figure and choose a backend for the whole process.
        from matplotlib.colors import PowerNorm
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ImportError(
            'Drawing the confusion matrix needs matplotlib: pip install "keras_pe[plot]"'
        ) from error
    cell = _cell_size(len(counts))
    side = max(cell * len(counts), 2.5)
    figure = Figure(figsize=(side, side), dpi=120)
    axes = figure.add_axes((0, 0, 1, 1))
    image = axes.imshow(_shares(counts), "Blues", PowerNorm(0.5, 0, 1), interpolation="nearest")
    bar = figure.colorbar(image, cax=axes.inset_axes((1.0 + 0.15 / side, 0, 0.15 / side, 1)))
    bar.set_label("share of the true class", fontsize=_font_size(side / 8))
    bar.ax.tick_params(labelsize=_font_size(side / 10))
    _label_axes(axes, label_names, side / len(counts), title)
    if len(counts) <= _COUNTED_CLASSES:
        _write_counts(axes, counts, side / len(counts))
    elif len(counts) * _SMALLEST_CELL <= _LARGEST_SIDE:
        _rule_cells(axes, len(counts))
    return figure


def _cell_size(num_classes: int) -> float:
    """Returns inches per cell."""
    roomy = min(max(7.0 / num_classes, 0.5), 1.2)
    if num_classes <= _COUNTED_CLASSES:
        return roomy
    return min(max(11.0 / num_classes, _SMALLEST_CELL), _LARGEST_SIDE / num_classes)


def _shares(counts: np.ndarray) -> np.ndarray:
    totals = counts.sum(axis=1, keepdims=True)
    return counts / np.maximum(totals, 1)


def _label_axes(axes: Axes, label_names: Sequence[str], cell: float, title: str) -> None:
    step = math.ceil(_SMALLEST_CELL / cell - 1e-9)
    shown = range(0, len(label_names), step)
    short = [one_line(label_names[index], max_width=_LABEL_COLUMNS) for index in shown]
    (*labels, title), families = drawable_labels(
        [*short, one_line(title, max_width=80)], [*shown, ""]
    )
    style = {"fontfamily": families, "fontsize": _font_size(cell * step), "parse_math": False}
    axes.set_xticks(shown, labels, **style, **_slant(labels, cell))
    axes.set_yticks(shown, labels, **style)
    axes.tick_params(length=2)
    size = _font_size(cell * len(label_names) / 7)
    kind = "class" if labels == short else "class (number)"
    axes.set_xlabel(f"predicted {kind}", fontsize=size)
    axes.set_ylabel(f"true {kind}", fontsize=size)
    axes.set_title(title, fontsize=size, parse_math=False, fontfamily=families)


def _rule_cells(axes: Axes, num_classes: int) -> None:
    """Draws faint lines that lead the eye from a cell to its labels."""
    edges = np.arange(num_classes + 1) - 0.5
    axes.set_xticks(edges, minor=True)
    axes.set_yticks(edges, minor=True)
    axes.grid(which="minor", color="0.85", linewidth=0.4)
    axes.tick_params(which="minor", length=0)


def _slant(labels: Sequence[str], cell: float) -> dict:
    """Turns the labels below the picture as far as they need to stay apart."""
    if max(map(len, labels)) * 0.1 < cell:
        return {}
    if len(labels) <= _COUNTED_CLASSES:
        return {"rotation": 45, "ha": "right", "rotation_mode": "anchor"}
    return {"rotation": 90}


def _font_size(inches: float) -> float:
    """Returns the points of text that is comfortable in a line of so many inches."""
    return min(max(inches * 72 * 0.6, 5.0), 11.0)


def _write_counts(axes: Axes, counts: np.ndarray, cell: float) -> None:
    longest = len(f"{counts.max():,}")
    size = min(11.0, cell * 72 * 1.3 / max(longest, 2))
    for (row, column), share in np.ndenumerate(_shares(counts)):
        axes.text(
            column,
            row,
            f"{counts[row, column]:,}",
            ha="center",
            va="center",
            fontsize=size,
            color="white" if share > 0.35 else "black",
        )
