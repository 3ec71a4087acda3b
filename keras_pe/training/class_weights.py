"""How much a training text of each class counts in the loss."""

import json
import pathlib
import sys

import numpy as np

from keras_pe.files.remote_path import as_path


def class_weights(wanted, counts, label_names):
    """Returns the weight of each class, or None where all texts count alike.

    The training loss of a batch is the sum of w(y_i) l_i over its B texts, divided by B, not by the
    sum of the weights: what a text counts does not depend on the texts beside it. Weights are
    scaled so that their mean over the N training texts is 1. So only their ratios matter: a class
    that weighs twice as much counts as if each of its texts stood there twice, and learning rate
    and clipping keep their meaning.

    `balanced` gives class c with n_c texts the weight N / (C n_c), as scikit-learn does; C counts
    the classes that have texts, and one without texts weighs 0.

    Args:
        wanted: `"none"`, `"balanced"`, or the path of a JSON file {label: weight}.
        counts: `TargetCounts` of the training texts.
        label_names: Sequence of str, the labels in the order of their numbers.

    Returns:
        [C] float64, or None.

    Raises:
        ValueError: If the file lacks a label or has another one, a weight is negative or not
            finite, or no training text weighs anything.
        FileNotFoundError: If there is no such file.

    Example:
        >>> from keras_pe.data.target_counts import TargetCounts
        >>> counts = TargetCounts(texts=4, classes={0: 3, 1: 1})
        >>> class_weights("balanced", counts, ["no", "yes"]).round(3).tolist()
        [0.667, 2.0]

    Source: King and Zeng (2001), Logistic regression in rare events data, section 4.2.
    """
    if wanted == "none":
        return None
    counts = counts.per_class(len(label_names))
    if wanted == "balanced":
        return _balanced(counts)
    return _scaled(load_class_weights(wanted, label_names), counts, wanted)


def load_class_weights(path, label_names):
    """Reads the weights of a JSON file as they stand there.

    Args:
        path: File that holds {label: weight}, each label once; also of another file system, such as
            `gs://bucket/weights.json`.
        label_names: Sequence of str, the labels in the order of their numbers.

    Returns:
        [C] float64.

    Raises:
        ValueError: As `class_weights`.
        FileNotFoundError: If there is no such file.
    """
    weights = _read(path)
    unknown = [label for label, _ in weights if label not in set(label_names)]
    if unknown:
        raise ValueError(
            f"{path}: class weights must be of labels that there are: {_listed(label_names)}. "
            f"Received: {unknown[0]!r}. Take it out."
        )
    labels = [label for label, _ in weights]
    for label in label_names:
        if labels.count(label) != 1:
            raise ValueError(
                f"{path}: every label must have one class weight. "
                f"Received: {labels.count(label)} for {label!r}."
            )
    for label, weight in weights:
        _check(path, label, weight)
    by_label = dict(weights)
    return np.array([float(by_label[label]) for label in label_names])


def save_class_weights(path, weights, label_names):
    """Writes weights to a file that `load_class_weights` reads back, to the last bit."""
    by_label = dict(zip(label_names, np.asarray(weights).tolist(), strict=True))
    text = json.dumps(by_label, ensure_ascii=False, indent=1)
    pathlib.Path(path).write_text(text + "\n", encoding="utf-8")


def _balanced(counts):
    present = np.count_nonzero(counts)
    return np.where(counts > 0, counts.sum() / (present * np.maximum(counts, 1)), 0.0)


def _scaled(weights, counts, path):
    used = weights[counts > 0].max()
    if used == 0:
        raise ValueError(
            f"{path}: a class with training texts must have a weight above 0. "
            "Received: 0 for all of them."
        )
    weights = weights / used  # First, so that no sum of large weights overflows.
    return weights / (weights @ counts / counts.sum())


def _read(path):
    """Returns the pairs of a JSON object, those with the same key too."""
    path = as_path(path)
    if not path.is_file():
        raise FileNotFoundError(
            "`class_weights` must be none, balanced, or a JSON file {label: weight}. "
            f"Received: class_weights={str(path)!r}, which is no file."
        )
    try:
        pairs = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_Pairs)
    except ValueError as error:
        raise ValueError(f"{path}: class weights must be JSON text. {error}") from error
    if not isinstance(pairs, _Pairs):
        raise ValueError(
            f"{path}: class weights must be one JSON object, {{label: weight}}. Received: {pairs!r}"
        )
    return pairs


class _Pairs(list):
    """The pairs of a JSON object, which are no JSON list."""


def _check(path, label, weight):
    number = isinstance(weight, int | float) and not isinstance(weight, bool)
    # A whole number may be too large for a float; a number that is none is in no order.
    if not number or not 0 <= weight <= sys.float_info.max:
        raise ValueError(
            f"{path}: a class weight must be a finite number of at least 0. "
            f"Received: {weight!r} for {label!r}."
        )


def _listed(names, shown=10):
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(map(repr, names[:shown])) + more
