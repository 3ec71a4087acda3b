"""How much each training text counts in the loss."""

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class TextWeights:
    """Gives texts their weights, scaled to a mean of 1 over all training texts.

    A text counts what its row says times what its class does.

    Args:
        most: float. The largest weight of a row; None where rows say nothing.
        mean: float. The mean of what texts count before it is scaled, in units of `most`.
        class_weights: [C] float; None where classes say nothing.

    Example:
        >>> from keras_pe.data.weight_sums import WeightSums
        >>> rows, classes = np.array([1.0, 3.0, 2.0]), np.array([0, 0, 1])
        >>> weights = TextWeights.scaled(WeightSums.of(rows, classes), 3, np.array([1.0, 0.0]))
        >>> weights(rows, classes).tolist()
        [0.75, 2.25, 0.0]
    """

    most: float | None = None
    mean: float = 1.0
    class_weights: np.ndarray | None = None

    @classmethod
    def scaled(cls, weight_sums, texts, class_weights=None) -> "TextWeights | None":
        """Returns what gives texts their weights, or None where all count alike.

        Args:
            weight_sums: `WeightSums` of the training texts, or None.
            texts: int. How many training texts there are.
            class_weights: [C] float, those of texts, with a mean of 1; or None.

        Raises:
            ValueError: If no text weighs anything.
        """
        if weight_sums is None:
            return None if class_weights is None else cls(class_weights=class_weights)
        of_class = (lambda number: 1.0) if class_weights is None else class_weights.__getitem__
        total = math.fsum(share * of_class(number) for number, share in weight_sums.sums.items())
        if not total:
            raise ValueError(
                "A training text must weigh more than 0. Received: `weight_column` with 0 in all "
                "rows that count."
            )
        return cls(weight_sums.most, total / texts, class_weights)

    def __call__(self, row_weights, classes):
        """Returns the weights of some texts, [N] float32.

        Args:
            row_weights: [N] float, or None where rows say nothing.
            classes: [N] int; of no use without class weights.
        """
        # Divided first, so that no product of large weights overflows.
        weights = 1.0 if row_weights is None else row_weights / self.most
        if self.class_weights is not None:
            weights = weights * self.class_weights[classes]
        return (weights / self.mean).astype(np.float32)
