"""The numbers that a picture shows."""

import dataclasses

import numpy as np


@dataclasses.dataclass(frozen=True)
class View:
    """What there is to see of a position encoding.

    Args:
        title: str. Name and class of the encoding.
        note: str. Where it acts, and how the numbers came about.
        matrices: dict from a caption to [rows, columns]; NaN where a head does not look. One or
            two.
        rows: str. What the rows are.
        columns: str. What the columns are.
        values: str. What the numbers in the matrices are.
        curves: dict from a caption to [2T - 1]: a value for each distance from 1 - T to T - 1; NaN
            where a head does not look.
        curve_values: str. What the numbers on the curves are.
        distance: str. What the distance is from, and what to.
        dashed: The same as `curves`, for a second case; empty if there is none.
        dashed_note: str. What that case is.
    """

    title: str
    note: str
    matrices: dict[str, np.ndarray]
    rows: str
    columns: str
    values: str
    curves: dict[str, np.ndarray]
    curve_values: str
    distance: str
    dashed: dict[str, np.ndarray] = dataclasses.field(default_factory=dict)
    dashed_note: str = ""


def by_distance(matrix):
    """Returns the mean of each diagonal: one number for each distance, column - row.

    Args:
        matrix: [T, T].

    Returns:
        [2T - 1], for the distances 1 - T to T - 1; NaN where a diagonal has one.

    Example:
        >>> by_distance(np.array([[1.0, 2.0], [5.0, 3.0]])).tolist()
        [5.0, 2.0, 2.0]
    """
    length = len(matrix)
    return np.array([np.diagonal(matrix, d).mean() for d in range(1 - length, length)])
