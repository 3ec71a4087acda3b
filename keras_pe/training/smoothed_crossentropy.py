"""Cross-entropy on class numbers, with part of the target spread over all classes."""

import keras

from keras_pe.training.targets import checked_smoothing, true_class


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
        self.label_smoothing = checked_smoothing(label_smoothing)

    def call(self, y_true, y_pred):
        return keras.losses.categorical_crossentropy(
            true_class(y_true, y_pred), y_pred, label_smoothing=self.label_smoothing
        )

    def get_config(self):
        return {**super().get_config(), "label_smoothing": self.label_smoothing}
