"""How much a label that holds counts in the loss, beside one that does not."""

import numpy as np

from keras_pe.training.class_weights import load_class_weights


def positive_weights(wanted, counts, label_names):
    """Returns the weight of each label where it holds, or None where all count alike.

    `balanced` gives a label that holds in n_c of N texts the weight (N - n_c) / n_c, so that the
    texts with it count as much as those without; one that holds in none has 1. Weights are not
    scaled: 1 means that a label counts the same whether it holds or not.

    Args:
        wanted: `"none"`, `"balanced"`, or the path of a JSON file {label: weight}.
        counts: `TargetCounts` of the training texts.
        label_names: Sequence of str, the labels in the order of their numbers.

    Returns:
        [C] float64, or None.

    Raises:
        ValueError: If the file lacks a label or has another one, or a weight is negative or not
            finite.
        FileNotFoundError: If there is no such file.

    Example:
        >>> from keras_pe.data.target_counts import TargetCounts
        >>> counts = TargetCounts(texts=4, classes={0: 3, 1: 1}, unlabelled=1)
        >>> positive_weights("balanced", counts, ["a", "b"])
        array([0.333..., 3. ])
    """
    if wanted == "none":
        return None
    if wanted != "balanced":
        return load_class_weights(wanted, label_names)
    holds = counts.per_class(len(label_names))
    return np.where(holds > 0, (counts.texts - holds) / np.maximum(holds, 1), 1.0)
