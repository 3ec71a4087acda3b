"""What is known of the labels of many texts once they have been counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, kw_only=True)
class TargetCounts:
    """Holds how often labels stand at texts, or from where to where their numbers reach.

    Args:
        texts: int.
        classes: dict from the number of a class to the texts that have it; empty for numbers.
        unlabelled: int. Texts that have none of several labels.
        least: float. The smallest number; None where there are classes, or no texts.
        most: float. The largest one.

    Example:
        >>> TargetCounts.of(np.array([[1, 1], [0, 0], [0, 1]], np.uint8))
        TargetCounts(texts=3, classes={0: 1, 1: 2}, unlabelled=1, least=None, most=None)
    """

    texts: int = 0
    classes: dict[int, int] = field(default_factory=dict)
    unlabelled: int = 0
    least: float | None = None
    most: float | None = None

    @classmethod
    def of(cls, targets: np.ndarray) -> "TargetCounts":
        """Counts what the numbering of labels gave.

        Args:
            targets: [N] int class numbers, [N, C] of 0 and 1, or [N] float numbers.
        """
        texts = len(targets)
        if targets.ndim > 1:
            holds = targets.sum(axis=0, dtype=np.int64)
            classes = {int(at): int(holds[at]) for at in np.flatnonzero(holds)}
            return cls(texts=texts, classes=classes, unlabelled=int((~targets.any(axis=1)).sum()))
        if np.issubdtype(targets.dtype, np.integer):
            numbers, rows = np.unique(targets, return_counts=True)
            return cls(texts=texts, classes=dict(zip(numbers.tolist(), rows.tolist(), strict=True)))
        return cls(texts=texts, least=float(targets.min()), most=float(targets.max()))

    @classmethod
    def joined(cls, several: Iterable["TargetCounts"]) -> "TargetCounts":
        """Returns the counts of all texts of several counts."""
        several = list(several)
        classes: Counter = Counter()
        for each in several:
            classes.update(each.classes)
        return cls(
            texts=sum(each.texts for each in several),
            classes=dict(sorted(classes.items())),
            unlabelled=sum(each.unlabelled for each in several),
            least=min((e.least for e in several if e.least is not None), default=None),
            most=max((e.most for e in several if e.most is not None), default=None),
        )

    def per_class(self, num_classes: int) -> np.ndarray:
        """Returns the texts of each class, [C] int64."""
        counts = np.zeros(num_classes, np.int64)
        counts[list(self.classes)] = list(self.classes.values())
        return counts
