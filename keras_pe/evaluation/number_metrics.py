"""How far off numbers are, in plain numpy."""

import numpy as np


def number_metrics(targets: np.ndarray, values: np.ndarray) -> dict:
    """Compares predicted numbers with the true ones.

    Args:
        targets: [N] float.
        values: [N] float.

    Returns:
        A dict that `json` can write: `examples`, `mae` and `rmse` in the units of the targets,
        `r2`, the share of the targets' variance that is explained (below 0 where their own mean
        would do better), `pearson` and `spearman`, correlations of the numbers and of their ranks.
        What is not defined (there is no example, or all numbers are the same) is None.

    Raises:
        ValueError: if lengths differ, or a number is not finite.

    Example:
        >>> metrics = number_metrics(np.array([1.0, 2.0, 4.0]), np.array([1.0, 3.0, 4.0]))
        >>> round(metrics["mae"], 4), round(metrics["r2"], 4), round(metrics["spearman"], 4)
        (0.3333, 0.7857, 1.0)
    """
    targets, values = np.asarray(targets, np.float64), np.asarray(values, np.float64)
    if targets.shape != values.shape or targets.ndim != 1:
        raise ValueError(
            "`targets` and `values` must be rows of the same length. "
            f"Received: {targets.shape} and {values.shape}"
        )
    if not (np.isfinite(targets).all() and np.isfinite(values).all()):
        raise ValueError("`targets` and `values` must be finite. Received: NaN or infinity")
    if not len(targets):
        return {"examples": 0} | dict.fromkeys(("mae", "rmse", "r2", "pearson", "spearman"))
    errors = values - targets
    return {
        "examples": len(targets),
        "mae": float(np.abs(errors).mean()),
        "rmse": float(np.sqrt(np.square(errors).mean())),
        "r2": _explained(errors, targets),
        "pearson": _correlation(targets, values),
        "spearman": _correlation(_ranks(targets), _ranks(values)),
    }


def _explained(errors: np.ndarray, targets: np.ndarray) -> float | None:
    spread = np.square(targets - targets.mean()).sum()
    return float(1 - np.square(errors).sum() / spread) if spread > 0 else None


def _correlation(left: np.ndarray, right: np.ndarray) -> float | None:
    left, right = left - left.mean(), right - right.mean()
    size = np.sqrt(np.square(left).sum() * np.square(right).sum())
    return float((left * right).sum() / size) if size > 0 else None


def _ranks(numbers: np.ndarray) -> np.ndarray:
    """Returns the place of each number in their order; equal ones share the mean of theirs."""
    _, group, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[group]
