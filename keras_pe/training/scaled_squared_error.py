"""Squared error of a number, in standard deviations of the targets."""

import keras


@keras.saving.register_keras_serializable(package="keras_pe")
class ScaledSquaredError(keras.losses.Loss):
    """Mean of ((target - answer) / deviation)^2: what always saying the mean costs is 1.

    Args:
        deviation: float, above 0. The standard deviation of the training targets.
        **kwargs: Of `keras.losses.Loss`.

    Example:
        >>> loss = ScaledSquaredError(deviation=2.0)
        >>> float(loss(keras.ops.array([3.0]), keras.ops.array([[6.0]])))
        2.25
    """

    def __init__(self, deviation, name="scaled_squared_error", **kwargs):
        super().__init__(name=name, **kwargs)
        self.deviation = deviation

    def call(self, y_true, y_pred):
        # It brings targets [B] and answers [B, 1] to one shape; a difference of both is [B, B].
        return keras.losses.mean_squared_error(y_true / self.deviation, y_pred / self.deviation)

    def get_config(self):
        return {**super().get_config(), "deviation": self.deviation}
