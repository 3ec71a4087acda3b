"""All position encodings in one picture."""

from __future__ import annotations

import math
from pathlib import Path

from keras_pe.models import POSITIONS
from keras_pe.pictures.canvas import WIDTH, new_figure, write_png
from keras_pe.pictures.colours import colour_limits, paint
from keras_pe.pictures.position_view import position_view

_COLUMNS = 5
_COLOURS = 64  # noise of many shades would take many bytes
_LEGEND = (
    "Rows: 64 tokens, or queries,\n"
    "the first on top.\n"
    "Columns, where features: what\n"
    "is added to token vectors;\n"
    "where keys: what the logits of\n"
    "the first head get.\n"
    "Red above 0, blue below,\n"
    "grey: not seen.\n"
    "Weights as initialised."
)


def draw_overview(path: str | Path) -> Path:
    """Draws a small heat map of every encoding in `POSITIONS`.

    Args:
        path: the PNG to write, in one step; its folder is made if it is missing.

    Returns:
        `path`.

    Raises:
        ImportError: if matplotlib is not installed.
    """
    rows = math.ceil((len(POSITIONS) + 1) / _COLUMNS)
    side = WIDTH / _COLUMNS
    figure = new_figure(rows * (side + 0.25))
    for number, name in enumerate(POSITIONS):
        axes = figure.add_axes(_cell(number, rows))
        view = position_view(name)
        matrix = next(iter(view.matrices.values()))
        paint(axes, matrix, colour_limits([matrix]), aspect="auto")
        axes.set_title(name, fontsize=11)
        axes.set_xlabel(view.columns, fontsize=8, labelpad=2)
        axes.set_xticks([])
        axes.set_yticks([])
    left, bottom, _, height = _cell(len(POSITIONS), rows)
    figure.text(left, bottom + height, _LEGEND, fontsize=8, va="top", linespacing=1.5)
    return write_png(figure, path, colours=_COLOURS)


def _cell(number, rows):
    """Returns left, bottom, width and height as shares of the figure."""
    row, column = divmod(number, _COLUMNS)
    return (
        (column + 0.06) / _COLUMNS,
        (rows - 1 - row + 0.1) / rows,
        0.88 / _COLUMNS,
        0.78 / rows,
    )
