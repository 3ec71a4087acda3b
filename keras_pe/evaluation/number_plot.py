"""A picture of predicted numbers beside the true ones, drawn with matplotlib."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from keras_pe.files.atomic_file import atomic_file


def write_number_plot(points: Sequence[Sequence[float]], path: str | Path) -> Path:
    """Draws a point for each text, true number to the right and predicted one upwards, as a PNG.

    Args:
        points: pairs of a true and a predicted number, at least one.
        path: the PNG to write, in one step; its folder is made if it is missing.

    Returns:
        `path`.

    Raises:
        ImportError: if matplotlib is not installed.
    """
    figure = _draw(np.asarray(points, np.float64))
    path = Path(path)
    with atomic_file(path) as temporary:
        figure.savefig(temporary, format="png", bbox_inches="tight", pad_inches=0.15)
    return path


def _draw(points: np.ndarray):
    try:
        # pyplot is left alone: it would keep the figure and choose a backend for the whole process.
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ImportError(
            'Drawing predicted numbers needs matplotlib: pip install "keras_pe[plot]"'
        ) from error
    figure = Figure(figsize=(5, 5), dpi=120)
    axes = figure.add_subplot()
    axes.scatter(points[:, 0], points[:, 1], s=9, alpha=0.4, linewidths=0, color="#2b6cb0")
    ends = [float(points.min()), float(points.max())]
    axes.plot(ends, ends, color="0.4", linewidth=0.8, linestyle="--")
    axes.set_xlabel("true")
    axes.set_ylabel("predicted")
    axes.set_aspect("equal", adjustable="datalim")
    axes.grid(color="0.92", linewidth=0.6)
    axes.set_axisbelow(True)
    return figure
