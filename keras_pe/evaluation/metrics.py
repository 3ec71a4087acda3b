"""Accuracy, precision, recall, F1, confusion matrix and log loss, in plain numpy."""

from collections.abc import Sequence

import numpy as np

from keras_pe.evaluation.ratio import ratio

# Probabilities are float32: below its epsilon a model cannot tell certainty from near certainty.
_SMALLEST_PROBABILITY = float(np.finfo(np.float32).eps)


def classification_metrics(
    true_ids: Sequence[int] | np.ndarray,
    predicted_ids: Sequence[int] | np.ndarray,
    label_names: Sequence[str],
    *,
    probabilities: np.ndarray | None = None,
) -> dict:
    """Compares predicted classes with the true ones.

    A ratio of nothing to nothing (the precision of a class that was never predicted, the recall of
    a class without examples) counts as 0.0. Macro averages run over all of `label_names`, absent
    classes included.

    Args:
        true_ids: N ints, indices into `label_names`.
        predicted_ids: N ints, indices into `label_names`.
        label_names: C names.
        probabilities: [N, C] floats; with them comes `log_loss`, in nats, of probabilities that
            are raised to 1.2e-7 where they are smaller.

    Returns:
        A dict that `json` can write: `examples`, `accuracy`, `log_loss` (optional), `macro`,
        `micro` and `weighted` (each with `precision`, `recall`, `f1`), `classes` (one dict per
        class with `label`, `precision`, `recall`, `f1`, `support`), `label_names`, and
        `confusion_matrix` (rows are true classes, columns predicted ones).

    Raises:
        ValueError: if lengths differ, or an id is no index into `label_names`.

    Example:
        >>> metrics = classification_metrics([0, 0, 1, 1], [0, 1, 1, 1], ["no", "yes"])
        >>> metrics["accuracy"], metrics["confusion_matrix"]
        (0.75, [[1, 1], [0, 2]])
    """
    true, predicted = _ids("true_ids", true_ids), _ids("predicted_ids", predicted_ids)
    _check_ids(true, predicted, len(label_names))
    matrix = _confusion_matrix(true, predicted, len(label_names))
    metrics = {"examples": len(true), "accuracy": float(ratio(np.trace(matrix), len(true)))}
    if probabilities is not None:
        metrics["log_loss"] = _log_loss(true, np.asarray(probabilities), len(label_names))
    return metrics | _scores(matrix, label_names)


def _ids(name: str, values: Sequence[int] | np.ndarray) -> np.ndarray:
    ids = np.asarray(values)
    if ids.size == 0:
        ids = ids.astype(np.int64)
    if ids.ndim != 1 or not np.issubdtype(ids.dtype, np.integer):
        raise ValueError(
            f"`{name}` must be a row of integers. Received: shape={ids.shape}, dtype={ids.dtype}"
        )
    return ids.astype(np.int64)


def _check_ids(true: np.ndarray, predicted: np.ndarray, num_classes: int) -> None:
    if len(true) != len(predicted):
        raise ValueError(
            "`true_ids` and `predicted_ids` must have the same length. "
            f"Received: {len(true)} and {len(predicted)} ids"
        )
    for name, ids in (("true_ids", true), ("predicted_ids", predicted)):
        wrong = ids[(ids < 0) | (ids >= num_classes)]
        if wrong.size:
            raise ValueError(
                f"`{name}` must be in [0, {num_classes}), one id per label name. "
                f"Received: {int(wrong[0])}"
            )


def _confusion_matrix(true: np.ndarray, predicted: np.ndarray, num_classes: int) -> np.ndarray:
    cells = np.bincount(true * num_classes + predicted, minlength=num_classes**2)
    return cells.reshape(num_classes, num_classes)


def _scores(matrix: np.ndarray, label_names: Sequence[str]) -> dict:
    hits, support, guesses = np.diag(matrix), matrix.sum(axis=1), matrix.sum(axis=0)
    per_class = {
        "precision": ratio(hits, guesses),
        "recall": ratio(hits, support),
        "f1": ratio(2 * hits, support + guesses),
    }
    # Each example has one class and one guess, so all three pooled ratios are the accuracy.
    micro = float(ratio(hits.sum(), support.sum()))
    return {
        "macro": {name: float(ratio(v.sum(), len(v))) for name, v in per_class.items()},
        "micro": dict.fromkeys(per_class, micro),
        "weighted": {
            name: float(ratio(v @ support, support.sum())) for name, v in per_class.items()
        },
        "classes": [
            {"label": label}
            | {name: float(values[index]) for name, values in per_class.items()}
            | {"support": int(support[index])}
            for index, label in enumerate(label_names)
        ],
        "label_names": list(label_names),
        "confusion_matrix": matrix.tolist(),
    }


def _log_loss(true: np.ndarray, probabilities: np.ndarray, num_classes: int) -> float:
    if probabilities.shape != (len(true), num_classes):
        raise ValueError(
            f"`probabilities` must have the shape ({len(true)}, {num_classes}), one row per "
            f"example and one column per label name. Received: shape={probabilities.shape}"
        )
    if not np.isfinite(probabilities).all():
        raise ValueError("`probabilities` must be finite. Received: NaN or infinity in them")
    chosen = probabilities[np.arange(len(true)), true].astype(np.float64)
    return float(ratio(-np.log(np.clip(chosen, _SMALLEST_PROBABILITY, 1.0)).sum(), len(true)))
