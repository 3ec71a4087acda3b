"""Cross-entropy on class numbers that looks at what is hard."""

import keras
from keras import ops

from keras_pe.training.targets import checked_smoothing, true_class

# Far below what softmax gives in float32 for a class that is as good as excluded.
_SMALLEST_PROBABILITY = 1e-30
# So that a power between 0 and 1 of what is left to a certain class has a slope.
_SMALLEST_REST = 1e-7


@keras.saving.register_keras_serializable(package="keras_pe")
class FocalCrossentropy(keras.losses.Loss):
    """Cross-entropy in which what a model is sure of already counts little.

    A text costs -sum_c q_c (1 - p_c)^gamma log p_c, with probabilities p and the target q that
    `SmoothedCrossentropy` has; without smoothing that is -(1 - p_y)^gamma log p_y of the true class
    y. gamma = 0 is cross-entropy. Its least value is not at p = q: probabilities come out less
    sure than those of cross-entropy.

    Deviations: softmax probabilities, where the paper has one sigmoid per class; no alpha, which
    class weights are. `keras.losses.CategoricalFocalCrossentropy` gives texts no gradient whose
    true class is less probable than 1e-7; here they have theirs.

    Args:
        gamma: float, at least 0. How much what is sure is held back.
        label_smoothing: float in [0, 1).
        **kwargs: Of `keras.losses.Loss`.

    Raises:
        ValueError: If an argument is out of its range.

    Example:
        >>> loss = FocalCrossentropy(gamma=2.0)
        >>> round(float(loss(keras.ops.array([1]), keras.ops.array([[0.75, 0.25]]))), 4)
        0.7798

    Source: Lin et al. (2017), equation 4, https://arxiv.org/abs/1708.02002
    """

    def __init__(self, gamma, label_smoothing=0.0, name="focal_crossentropy", **kwargs):
        super().__init__(name=name, **kwargs)
        if not gamma >= 0.0:
            raise ValueError(f"`gamma` must be at least 0. Received: gamma={gamma!r}")
        self.gamma = gamma
        self.label_smoothing = checked_smoothing(label_smoothing)

    def call(self, y_true, y_pred):
        share = self.label_smoothing
        target = (1.0 - share) * true_class(y_true, y_pred) + share / y_pred.shape[-1]
        unsure = ops.power(ops.maximum(1.0 - y_pred, _SMALLEST_REST), self.gamma)
        surprise = -ops.log(ops.maximum(y_pred, _SMALLEST_PROBABILITY))
        return ops.sum(target * unsure * surprise, axis=-1)

    def get_config(self):
        return {
            **super().get_config(),
            "gamma": self.gamma,
            "label_smoothing": self.label_smoothing,
        }
