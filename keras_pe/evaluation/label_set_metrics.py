"""Precision, recall, F1 and average precision of sets of labels, in plain numpy."""

from collections.abc import Sequence

import numpy as np

from keras_pe.evaluation.ratio import ratio


def label_set_metrics(
    targets: np.ndarray,
    scores: np.ndarray,
    label_names: Sequence[str],
    *,
    thresholds: np.ndarray,
) -> dict:
    """Compares the labels that are given with those that hold.

    A ratio of nothing to nothing (the precision of a label that was never given) counts as 0.0.
    Macro averages run over all of `label_names`; average precision, which is not defined for a
    label that holds nowhere, over the others.

    Args:
        targets: [N, C], 1 where the label holds, else 0.
        scores: [N, C] float, probabilities.
        label_names: C names.
        thresholds: [C] float. A label is given from this score on.

    Returns:
        A dict that `json` can write: `examples`, `subset_accuracy` (the share of texts of which all
        labels are right), `mean_average_precision` (None where no label holds), `labels_per_text`
        (`true` and `given`), `macro`, `micro` and `weighted` (each with `precision`, `recall`,
        `f1`), `classes` (one dict per label with `label`, `precision`, `recall`, `f1`,
        `average_precision`, `support`, `threshold`), `label_names`.

    Raises:
        ValueError: if the shapes do not fit together, or a score is not finite.

    Example:
        >>> targets, scores = np.array([[1, 0], [1, 1]]), np.array([[0.9, 0.6], [0.2, 0.8]])
        >>> metrics = label_set_metrics(targets, scores, ["a", "b"], thresholds=np.full(2, 0.5))
        >>> metrics["micro"]["f1"], metrics["subset_accuracy"]
        (0.666..., 0.0)
    """
    _check(targets, scores, label_names)
    holds, given = targets.astype(bool), scores >= np.asarray(thresholds, np.float32)
    hits, support, guesses = (part.sum(axis=0) for part in (holds & given, holds, given))
    per_label = _three(hits, support, guesses)
    ranked = [_average_precision(*pair) for pair in zip(holds.T, scores.T, strict=True)]
    defined = [value for value in ranked if value is not None]
    return {
        "examples": len(targets),
        "subset_accuracy": float(ratio((holds == given).all(axis=1).sum(), len(targets))),
        "mean_average_precision": float(np.mean(defined)) if defined else None,
        "labels_per_text": {
            "true": float(ratio(support.sum(), len(targets))),
            "given": float(ratio(guesses.sum(), len(targets))),
        },
        "macro": {name: float(values.mean()) for name, values in per_label.items()},
        "micro": {
            name: float(value)
            for name, value in _three(hits.sum(), support.sum(), guesses.sum()).items()
        },
        "weighted": {
            name: float(ratio(values @ support, support.sum()))
            for name, values in per_label.items()
        },
        "classes": [
            {"label": label}
            | {name: float(values[at]) for name, values in per_label.items()}
            | {"average_precision": ranked[at], "support": int(support[at])}
            | {"threshold": float(thresholds[at])}
            for at, label in enumerate(label_names)
        ],
        "label_names": list(label_names),
    }


def _three(hits, support, guesses) -> dict:
    return {
        "precision": ratio(hits, guesses),
        "recall": ratio(hits, support),
        "f1": ratio(2 * hits, support + guesses),
    }


def _average_precision(holds: np.ndarray, scores: np.ndarray) -> float | None:
    """Returns the mean over the texts with the label of the precision down to each of them.

    Texts of the same score are taken together. Manning, Raghavan and Schütze (2008), chapter 8.4.
    """
    if not holds.any():
        return None
    order = np.argsort(-scores, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(scores[order]) != 0, True))
    hits = np.cumsum(holds[order])[ends]
    found = np.diff(hits, prepend=0)
    return float((found * hits / (ends + 1)).sum() / holds.sum())


def _check(targets: np.ndarray, scores: np.ndarray, label_names: Sequence[str]) -> None:
    wanted = (len(targets), len(label_names))
    if targets.shape != wanted or scores.shape != wanted:
        raise ValueError(
            f"`targets` and `scores` must have the shape {wanted}, one row per example and one "
            f"column per label name. Received: {targets.shape} and {scores.shape}"
        )
    if not np.isfinite(scores).all():
        raise ValueError("`scores` must be finite. Received: NaN or infinity in them")
