"""From which score on a label is given."""

import numpy as np

TUNED = "tuned"
STANDARD = 0.5


def fixed_threshold(setting):
    """Returns the threshold that a setting names, or None where each label gets its own.

    Args:
        setting: str, a number above 0 and below 1, or `"tuned"`.

    Returns:
        float, or None.

    Raises:
        ValueError: If it is neither.

    Example:
        >>> fixed_threshold("0.3"), fixed_threshold("tuned")
        (0.3, None)
    """
    if setting == TUNED:
        return None
    try:
        threshold = float(setting)
    except ValueError:
        threshold = np.nan
    if not 0.0 < threshold < 1.0:
        raise ValueError(
            "`threshold` must be a number above 0 and below 1, or tuned. "
            f"Received: threshold={setting!r}"
        )
    return threshold


def tuned_thresholds(targets, scores):
    """Returns for each label the threshold with the best F1; of equals, the highest.

    It lies halfway between two scores, so that it does not depend on the last bits of one. A label
    that holds nowhere gets 0.5.

    Args:
        targets: [N, C], 1 where the label holds, else 0; of the validation part, never of test.
        scores: [N, C] float, probabilities.

    Returns:
        [C] float64.

    Example:
        >>> targets = np.array([[1], [0], [1], [0]])
        >>> tuned_thresholds(targets, np.array([[0.4], [0.1], [0.3], [0.2]])).tolist()
        [0.25]
    """
    return np.array([_best(*pair) for pair in zip(targets.T, scores.T, strict=True)])


def _best(holds, scores):
    if not holds.any():
        return STANDARD
    order = np.argsort(-scores, kind="stable")
    ordered = scores[order].astype(np.float64)
    hits, given = np.cumsum(holds[order], dtype=np.int64), np.arange(1, len(order) + 1)
    f1 = 2 * hits / (given + int(holds.sum()))
    below = np.append(ordered[1:], 0.0)
    # Texts of the same score are given the label together.
    f1[below == ordered] = -1.0
    at = f1.argmax()
    return (ordered[at] + below[at]) / 2
