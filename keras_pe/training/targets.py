"""What losses compare probabilities with."""

from keras import ops


def true_class(y_true, y_pred):
    """Returns the classes as one-hot rows [B, C], of the dtype of the probabilities.

    Args:
        y_true: [B], class numbers.
        y_pred: [B, C], class probabilities.
    """
    return ops.one_hot(ops.cast(y_true, "int32"), y_pred.shape[-1], dtype=y_pred.dtype)


def checked_smoothing(label_smoothing):
    """Returns the share of a target that is spread over all classes.

    Raises:
        ValueError: If it is not in [0, 1).
    """
    if not 0.0 <= label_smoothing < 1.0:
        raise ValueError(
            "`label_smoothing` must be at least 0 and below 1. "
            f"Received: label_smoothing={label_smoothing!r}"
        )
    return label_smoothing
