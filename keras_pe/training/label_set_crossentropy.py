"""Cross-entropy of each label by itself, focal if so wished."""

import keras
import numpy as np
from keras import ops

from keras_pe.training.targets import checked_smoothing

# Far below what a sigmoid gives in float32 for a label that is as good as excluded.
_SMALLEST_PROBABILITY = 1e-30
# So that a power between 0 and 1 of what is left to a certain label has a slope.
_SMALLEST_REST = 1e-7


@keras.saving.register_keras_serializable(package="keras_pe")
class LabelSetCrossentropy(keras.losses.Loss):
    """Mean over the labels of the cross-entropy between whether one holds and its probability.

    A label with the probability p and the target t costs
    -w t (1 - p)^gamma log p - (1 - t) p^gamma log(1 - p): gamma = 0 is cross-entropy, a larger one
    holds back what a model is sure of. t is 1 - s / 2 where the label holds and s / 2 where not. w
    is what a label that holds counts beside one that does not.

    Deviation from the focal loss of the paper: no alpha, which the weights are. Unlike
    `keras.losses.BinaryCrossentropy` it gives labels a gradient that hold and are less probable
    than 1e-7.

    Args:
        gamma: float, at least 0. How much what is sure is held back.
        positive_weights: [C] float, the weights w; None for 1.
        label_smoothing: float in [0, 1), the share s.
        **kwargs: Of `keras.losses.Loss`.

    Raises:
        ValueError: If an argument is out of its range.

    Example:
        >>> loss = LabelSetCrossentropy(positive_weights=[3.0, 1.0])
        >>> round(float(loss(keras.ops.array([[1, 0]]), keras.ops.array([[0.5, 0.75]]))), 4)
        1.7329

    Source: Lin et al. (2017), equation 4, https://arxiv.org/abs/1708.02002
    """

    def __init__(
        self,
        gamma=0.0,
        positive_weights=None,
        label_smoothing=0.0,
        name="label_set_crossentropy",
        **kwargs,
    ):
        super().__init__(name=name, **kwargs)
        if not gamma >= 0.0:
            raise ValueError(f"`gamma` must be at least 0. Received: gamma={gamma!r}")
        self.gamma = gamma
        self.positive_weights = (
            None if positive_weights is None else np.asarray(positive_weights, "float64").tolist()
        )
        self.label_smoothing = checked_smoothing(label_smoothing)

    def call(self, y_true, y_pred):
        share = self.label_smoothing
        target = (1.0 - share) * ops.cast(y_true, y_pred.dtype) + share / 2.0
        holds = target * self._surprise(y_pred, 1.0 - y_pred)
        if self.positive_weights is not None:
            holds *= ops.convert_to_tensor(self.positive_weights, dtype=y_pred.dtype)
        return ops.mean(holds + (1.0 - target) * self._surprise(1.0 - y_pred, y_pred), axis=-1)

    def _surprise(self, probability, rest):
        surprise = -ops.log(ops.maximum(probability, _SMALLEST_PROBABILITY))
        if self.gamma == 0.0:
            return surprise
        return surprise * ops.power(ops.maximum(rest, _SMALLEST_REST), self.gamma)

    def get_config(self):
        return {
            **super().get_config(),
            "gamma": self.gamma,
            "positive_weights": self.positive_weights,
            "label_smoothing": self.label_smoothing,
        }
