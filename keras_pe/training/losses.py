"""The names of the losses, and which settings each reads: all on class numbers, with smoothing."""

import keras
from keras import ops

LOSSES = {
    "crossentropy": lambda c: SmoothedCrossentropy(c.label_smoothing),
    "focal": lambda c: FocalCrossentropy(c.focal_gamma, c.label_smoothing),
}
# Far below what softmax gives in float32 for a class that is as good as excluded.
_SMALLEST_PROBABILITY = 1e-30
# So that a power between 0 and 1 of what is left to a certain class has a slope.
_SMALLEST_REST = 1e-7


def build_loss(settings):
    """Returns the loss of a run.

    Args:
        settings: `TrainingConfig`, or a config that has its fields.

    Returns:
        A `keras.losses.Loss` of class numbers [B] and class probabilities [B, C]: the mean over the
        B texts; with sample weights the weighted sum, divided by B too.

    Example:
        >>> from keras_pe.config import TrainingConfig
        >>> build_loss(TrainingConfig(loss="focal", focal_gamma=1.0)).gamma
        1.0
    """
    return LOSSES[settings.loss](settings)


@keras.saving.register_keras_serializable(package="keras_pe")
class SmoothedCrossentropy(keras.losses.Loss):
    """Cross-entropy of class probabilities against class numbers, with label smoothing.

    The target is 1 - s + s / C for the true class and s / C for the others. Keras smooths one-hot
    targets only.

    Args:
        label_smoothing: float in [0, 1), the share s.
        **kwargs: Of `keras.losses.Loss`.

    Example:
        >>> loss = SmoothedCrossentropy(label_smoothing=0.0)
        >>> round(float(loss(keras.ops.array([1]), keras.ops.array([[0.75, 0.25]]))), 4)
        1.3863

    Source: Szegedy et al. (2016), section 7, https://arxiv.org/abs/1512.00567
    """

    def __init__(self, label_smoothing, name="smoothed_crossentropy", **kwargs):
        super().__init__(name=name, **kwargs)
        self.label_smoothing = _checked_smoothing(label_smoothing)

    def call(self, y_true, y_pred):
        return keras.losses.categorical_crossentropy(
            _true_class(y_true, y_pred), y_pred, label_smoothing=self.label_smoothing
        )

    def get_config(self):
        return {**super().get_config(), "label_smoothing": self.label_smoothing}


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
        self.label_smoothing = _checked_smoothing(label_smoothing)

    def call(self, y_true, y_pred):
        share = self.label_smoothing
        target = (1.0 - share) * _true_class(y_true, y_pred) + share / y_pred.shape[-1]
        unsure = ops.power(ops.maximum(1.0 - y_pred, _SMALLEST_REST), self.gamma)
        surprise = -ops.log(ops.maximum(y_pred, _SMALLEST_PROBABILITY))
        return ops.sum(target * unsure * surprise, axis=-1)

    def get_config(self):
        return {
            **super().get_config(),
            "gamma": self.gamma,
            "label_smoothing": self.label_smoothing,
        }


def _true_class(y_true, y_pred):
    return ops.one_hot(ops.cast(y_true, "int32"), y_pred.shape[-1], dtype=y_pred.dtype)


def _checked_smoothing(label_smoothing):
    if not 0.0 <= label_smoothing < 1.0:
        raise ValueError(
            "`label_smoothing` must be at least 0 and below 1. "
            f"Received: label_smoothing={label_smoothing!r}"
        )
    return label_smoothing
