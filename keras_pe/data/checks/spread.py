"""How the targets of a regression are spread."""

import numpy as np

from keras_pe.data.checks.finding import Finding, count_of
from keras_pe.data.checks.parts import Parts

# What half of the rows have in common, a model learns to say first, and squares of what lies so
# many deviations off are most of the loss.
_MOST, _FAR = 0.5, 10.0


def spread(parts: Parts) -> Finding:
    """Looks at the targets of training: one that most rows have, and some that are far off.

    Args:
        parts: `Parts`.

    Returns:
        `Finding`. It is worth a look where half of the rows have the same target, or one lies ten
        standard deviations from the mean. Its numbers: smallest, median, largest, mean, deviation,
        different targets, the commonest with its share, and the rows that are far off.
    """
    rows = parts.examples.get("training", [])
    targets = np.array([example.label for example in rows], np.float64)
    values, counts = np.unique(targets, return_counts=True)
    share = float(counts.max() / len(targets))
    mean, deviation = float(targets.mean()), float(targets.std())
    far = np.flatnonzero(np.abs(targets - mean) > _FAR * deviation)
    sentence = f"targets from {values[0]:g} to {values[-1]:g}, mean {mean:.4g}, {share:.1%} of them"
    sentence += f" {values[counts.argmax()]:g}"
    if far.size:
        sentence += (
            f"; {count_of(far.size, 'row')} more than {_FAR:g} standard deviations from the mean, "
            f"first {rows[far[0]].place}"
        )
    return Finding(
        check="spread of the targets",
        found=share >= _MOST or bool(far.size),
        sentence=sentence,
        numbers={
            "smallest": float(values[0]),
            "median": float(np.median(targets)),
            "largest": float(values[-1]),
            "mean": mean,
            "deviation": deviation,
            "different": len(values),
            "commonest": float(values[counts.argmax()]),
            "share of the commonest": share,
            "rows far off": int(far.size),
        },
        examples=tuple(f"{rows[at].place}: {targets[at]:g}" for at in far[:5]),
    )
