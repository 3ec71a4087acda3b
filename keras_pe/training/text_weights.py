"""How much each training text counts in the loss."""

import numpy as np


def text_weights(row_weights, class_weights=None):
    """Returns the weights of texts, scaled to a mean of 1, or None where all count alike.

    A text counts what its row says times what its class does.

    Args:
        row_weights: [N] float, or None.
        class_weights: [N] float, those of the texts' classes, with a mean of 1; or None.

    Returns:
        [N] float32, or None.

    Raises:
        ValueError: If no text weighs anything.

    Example:
        >>> text_weights(np.array([1.0, 3.0, 2.0]), np.array([1.0, 1.0, 0.0])).tolist()
        [0.75, 2.25, 0.0]
    """
    if row_weights is None:
        return None if class_weights is None else class_weights.astype(np.float32)
    most = row_weights.max()
    # Divided first, so that no sum of large weights overflows.
    weights = row_weights / most if most else row_weights
    weights = weights if class_weights is None else weights * class_weights
    if not weights.any():
        raise ValueError(
            "A training text must weigh more than 0. Received: `weight_column` with 0 in all rows "
            "that count."
        )
    return (weights / weights.mean()).astype(np.float32)
