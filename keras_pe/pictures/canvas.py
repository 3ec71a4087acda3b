"""An empty figure, and a small PNG of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from keras_pe.files.atomic_file import atomic_file

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH = 10.0  # inches; 100 dots each


def new_figure(height: float) -> Figure:
    """Returns an empty figure.

    Args:
        height: float. Inches of 100 dots.

    Raises:
        ImportError: if matplotlib is not installed.
    """
    try:
        # pyplot is left alone: it would keep the figure and choose a backend for the whole process.
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ImportError(
            'Drawing position encodings needs matplotlib: pip install "keras_pe[plot]"'
        ) from error
    return Figure(figsize=(WIDTH, height), dpi=100)


def write_png(figure: Figure, path: str | Path, *, colours: int = 256) -> Path:
    """Writes a figure in one step, with the same bytes whenever the same versions draw it.

    With a palette, as few bytes as a quarter of what matplotlib would write.

    Args:
        figure: the figure.
        path: the PNG to write; its folder is made if it is missing.
        colours: how many there may be, at most 256.

    Returns:
        `path`.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    palette, indices = palette_of(np.asarray(canvas.buffer_rgba())[..., :3], colours)
    image = Image.fromarray(indices, mode="L")
    image.putpalette(palette.tobytes())
    path = Path(path)
    with atomic_file(path) as temporary:
        image.save(temporary, format="png", optimize=True)
    return path


def palette_of(dots: np.ndarray, limit: int) -> tuple[np.ndarray, np.ndarray]:
    """Returns few colours that come near all of a picture, and for each dot the number of its own.

    Begins with the commonest colour; then comes, time and again, the one whose dots are the worst
    off. (The commonest alone would leave a part of a colour bar without its colour.)

    Args:
        dots: [rows, columns, 3], uint8.
        limit: how many colours, at most 256.

    Returns:
        [at most `limit`, 3] and [rows, columns], uint8.

    Example:
        >>> white, black = [255, 255, 255], [0, 0, 0]
        >>> palette_of(np.array([[white, black, white]], "uint8"), limit=2)[1].tolist()
        [[0, 1, 0]]
    """
    colours, of_dot, counts = np.unique(
        dots.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True
    )
    chosen = []
    nearest = np.zeros(len(colours), "uint8")
    errors = np.full(len(colours), 2.0**20)  # above any distance of two colours, squared
    while len(chosen) < limit and errors.any():
        chosen.append(np.argmax(counts * errors))
        steps = colours.astype("float64") - colours[chosen[-1]]
        of_new = np.sum(steps**2, axis=1)
        nearest[of_new < errors] = len(chosen) - 1
        errors = np.minimum(errors, of_new)
    return colours[chosen], nearest[of_dot].reshape(dots.shape[:2])
