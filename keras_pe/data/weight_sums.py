"""What is known of the weights of many texts once they have been added up."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, kw_only=True)
class WeightSums:
    """Holds the range of weights and their sums, whatever the order of the texts was.

    Sums are in units of the largest weight, so that no sum of large weights overflows.

    Args:
        least: float. The smallest weight.
        most: float. The largest one.
        sums: dict from the number of a class to the sum over its texts; where a text is not of
            exactly one class, all of it stands at 0.

    Example:
        >>> WeightSums.of(np.array([1.0, 4.0, 3.0]), np.array([0, 1, 0]))
        WeightSums(least=1.0, most=4.0, sums={0: 1.0, 1: 1.0})
    """

    least: float
    most: float
    sums: dict[int, float] = field(default_factory=dict)

    @classmethod
    def of(cls, weights: np.ndarray, targets: np.ndarray) -> "WeightSums":
        """Adds up weights.

        Args:
            weights: [N] float, at least 0; N is not 0.
            targets: [N, ...], as the numbering of labels gave them.
        """
        most = float(weights.max())
        shares = weights / most if most else weights
        one_class = targets.ndim == 1 and np.issubdtype(targets.dtype, np.integer)
        classes = targets if one_class else np.zeros(len(weights), np.int64)
        sums = {int(n): math.fsum(shares[classes == n].tolist()) for n in np.unique(classes)}
        return cls(least=float(weights.min()), most=most, sums=sums)

    @classmethod
    def joined(cls, several: Iterable["WeightSums"]) -> "WeightSums | None":
        """Returns the sums over all texts of several sums; None where there are none."""
        several = list(several)
        if not several:
            return None
        most = max(each.most for each in several)
        parts: dict[int, list[float]] = defaultdict(list)
        for each in several:
            for number, total in each.sums.items():
                parts[number].append(total * (each.most / most) if most else total)
        return cls(
            least=min(each.least for each in several),
            most=most,
            sums={number: math.fsum(own) for number, own in sorted(parts.items())},
        )
