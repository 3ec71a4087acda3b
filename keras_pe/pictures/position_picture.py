"""The picture of one position encoding: a heat map, and values over distance."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from keras_pe.pictures.canvas import new_figure, write_png
from keras_pe.pictures.colours import colour_limits, paint, shown_limits
from keras_pe.pictures.position_view import position_view
from keras_pe.pictures.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_HEIGHT = 4.2  # inches
_BOTTOM, _TALL = 0.14, 0.62  # of the height
# Left edge and width of each heat map, then of the colour bar, of the curves.
_ONE_SQUARE = ([(0.07, 0.26)], 0.345, (0.515, 0.47))
_TWO_SQUARES = ([(0.06, 0.23), (0.305, 0.23)], 0.548, (0.735, 0.25))
_TABLE = ([(0.07, 0.4)], 0.485, (0.65, 0.335))


def draw_position(name: str, path: str | Path) -> Path:
    """Draws what an encoding does to a text of 64 tokens, as a PNG of 1000 x 420 dots.

    Left, a heat map: the vectors that are added to the tokens, or what attention logits get from
    positions alone, of two heads if heads differ. Right, the same over the distance: how alike two
    position vectors are, or the logit. Weights are as initialised, with seed 0; the note in the
    picture says so. Grey stands for keys that a head does not see.

    Args:
        name: one of `POSITIONS`.
        path: the PNG to write, in one step; its folder is made if it is missing.

    Returns:
        `path`.

    Raises:
        ImportError: if matplotlib is not installed.
        ValueError: if the name is unknown.
    """
    figure = new_figure(_HEIGHT)
    fill(figure, position_view(name))
    return write_png(figure, path)


def fill(figure: Figure, view: View) -> None:
    """Draws a view into an empty figure.

    Args:
        figure: the figure.
        view: the numbers.
    """
    figure.text(0.02, 0.93, view.title, fontsize=14, fontweight="bold")
    figure.text(0.02, 0.86, view.note, fontsize=10.5)
    first = next(iter(view.matrices.values()))
    square = first.shape[0] == first.shape[1]
    one = _ONE_SQUARE if square else _TABLE
    places, bar, (left, width) = one if len(view.matrices) == 1 else _TWO_SQUARES
    _draw_matrices(figure, view, places, bar)
    _draw_curves(figure.add_axes((left, _BOTTOM, width, _TALL)), view)


def _draw_matrices(figure, view, places, bar):
    matrices = list(view.matrices.values())
    limits = colour_limits(matrices)
    for number, ((caption, matrix), (left, width)) in enumerate(
        zip(view.matrices.items(), places, strict=True)
    ):
        axes = figure.add_axes((left, _BOTTOM, width, _TALL))
        image = paint(axes, matrix, limits, aspect="auto")
        axes.set_title(caption, fontsize=10.5)
        axes.set_xlabel(view.columns)
        if number == 0:
            axes.set_ylabel(view.rows)
        else:
            axes.set_yticklabels([])
    colours = figure.colorbar(image, cax=figure.add_axes((bar, _BOTTOM, 0.012, _TALL)))
    colours.set_label(view.values)
    colours.ax.set_ylim(shown_limits(matrices))


def _draw_curves(axes: Axes, view: View) -> None:
    for number, (caption, values) in enumerate(view.curves.items()):
        distances = np.arange(len(values)) - len(values) // 2
        style = {"color": f"C{number}", "linewidth": 1.6}
        axes.plot(distances, values, label=caption, **style)
        if caption in view.dashed:
            axes.plot(distances, view.dashed[caption], "--", **{**style, "linewidth": 1.1})
    axes.axvline(0, color="0.75", linewidth=0.8, zorder=0)
    axes.axhline(0, color="0.75", linewidth=0.8, zorder=0)
    axes.set_xlabel(view.distance)
    axes.set_ylabel(view.curve_values)
    axes.set_title(view.dashed_note, fontsize=10.5)
    axes.margins(x=0)
    if not any(np.nanmax(np.abs(values)) for values in view.curves.values()):
        axes.set_ylim(-1, 1)
    if len(view.curves) > 1:
        axes.legend(fontsize=8.5, framealpha=0.85, handlelength=1.2)
