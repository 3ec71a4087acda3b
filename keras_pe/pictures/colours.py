"""Which colour a number has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.image import AxesImage

CLOSED = "0.8"  # grey: a key that the head does not see
_SHADES = 65  # of a palette that also holds lines and letters; odd, so that 0 has one of its own


def paint(axes: Axes, matrix: np.ndarray, limits: tuple[float, float], **style) -> AxesImage:
    """Draws a matrix: white at 0, red above, blue below, grey where there is no number.

    Args:
        axes: where to.
        matrix: [rows, columns].
        limits: as of `colour_limits`.
        **style: Of `Axes.imshow`.

    Returns:
        The image, for a colour bar.
    """
    from matplotlib import colormaps

    axes.set_facecolor(CLOSED)
    return axes.imshow(
        np.ma.masked_invalid(matrix),
        cmap=colormaps["RdBu_r"].resampled(_SHADES),
        vmin=limits[0],
        vmax=limits[1],
        interpolation="nearest",
        **style,
    )


def colour_limits(matrices: Iterable[np.ndarray]) -> tuple[float, float]:
    """Returns the numbers of the darkest blue and of the darkest red: as far from 0 on both sides.

    Args:
        matrices: they share one scale. Not all may be without a number.

    Example:
        >>> colour_limits([np.array([[0.0, -3.0]]), np.array([[np.nan, 2.0]])])
        (-3.0, 3.0)
    """
    largest = float(max(np.nanmax(np.abs(matrix)) for matrix in matrices))
    largest = largest or 1.0
    return -largest, largest


def shown_limits(matrices: Iterable[np.ndarray]) -> tuple[float, float]:
    """Returns the part of the scale that a colour bar shows: one side of 0 if that is all there is.

    Args:
        matrices: as of `colour_limits`.

    Example:
        >>> shown_limits([np.array([[0.0, -3.0]]), np.array([[np.nan, -2.0]])])
        (-3.0, 0.0)
    """
    matrices = list(matrices)
    low, high = colour_limits(matrices)
    least = min(float(np.nanmin(matrix)) for matrix in matrices)
    most = max(float(np.nanmax(matrix)) for matrix in matrices)
    if least < 0 < most or least == most:
        return low, high
    return (0.0, high) if most > 0 else (low, 0.0)
