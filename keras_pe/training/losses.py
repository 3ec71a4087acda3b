"""Cross-entropy on class numbers, with part of the target spread over all classes."""

import keras
from keras import ops


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
        if not 0.0 <= label_smoothing < 1.0:
            raise ValueError(
                "`label_smoothing` must be at least 0 and below 1. "
                f"Received: label_smoothing={label_smoothing!r}"
            )
        self.label_smoothing = label_smoothing

    def call(self, y_true, y_pred):
        true_class = ops.one_hot(ops.cast(y_true, "int32"), y_pred.shape[-1], dtype=y_pred.dtype)
        return keras.losses.categorical_crossentropy(
            true_class, y_pred, label_smoothing=self.label_smoothing
        )

    def get_config(self):
        return {**super().get_config(), "label_smoothing": self.label_smoothing}
