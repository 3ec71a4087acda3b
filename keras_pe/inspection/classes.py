"""How many rows each class has in each part."""

from collections import Counter

from keras_pe.data.example import Example


def class_rows(parts: dict[str, list[Example]]) -> list[dict]:
    """Counts the rows of each class or label, the commonest of training first.

    Rows of which no label holds are those of a label of their own, "(none)".

    Args:
        parts: dict from the name of a part to its examples; "training" is one of them.

    Returns:
        One dict per class: `label`, `share` of the training rows, `rows` per part.

    Example:
        >>> rows = [Example("", label, "f", 1) for label in "aab"]
        >>> class_rows({"training": rows, "test": rows[:1]})[0]
        {'label': 'a', 'share': 0.666..., 'rows': {'training': 2, 'test': 1}}
    """
    counts = {
        name: Counter(label for example in part for label in _labels(example))
        for name, part in parts.items()
    }
    training = counts["training"]
    labels = sorted(set().union(*counts.values()), key=lambda label: (-training[label], label))
    return [
        {
            "label": label,
            "share": training[label] / len(parts["training"]),
            "rows": {name: count[label] for name, count in counts.items()},
        }
        for label in labels
    ]


def _labels(example):
    return ("(none)",) if example.label == () else example.labels
