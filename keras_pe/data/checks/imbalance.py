"""How unequal the classes of the training part are."""

from collections import Counter

from keras_pe.data.checks.finding import Finding
from keras_pe.data.checks.parts import Parts

# From here on accuracy says little of the small class, and macro F1 is the number to read.
_UNEQUAL = 10.0


def imbalance(parts: Parts) -> Finding:
    """Compares the largest and the smallest class of training.

    Args:
        parts: `Parts`.

    Returns:
        `Finding`. It is worth a look where the largest class has ten times the rows of the
        smallest. Its numbers: classes, largest and smallest with their rows, ratio, and the share
        of the rows that the largest has, which is the accuracy of always saying it.
    """
    rows = parts.examples.get("training", [])
    counts = Counter(label for example in rows for label in example.labels)
    if not counts:
        return Finding(check="imbalance", found=False, sentence="no labels in training")
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    (largest, most), (smallest, fewest) = ordered[0], ordered[-1]
    share = most / sum(example.label is not None for example in rows)
    return Finding(
        check="imbalance",
        found=most / fewest >= _UNEQUAL,
        sentence=(
            f"{most:,} rows of {largest!r} ({share:.1%}) and {fewest:,} of {smallest!r}: "
            f"{most / fewest:.1f} to 1"
        ),
        numbers={
            "classes": len(counts),
            "largest": largest,
            "largest rows": most,
            "smallest": smallest,
            "smallest rows": fewest,
            "ratio": most / fewest,
            "share of the largest": share,
        },
    )
