"""Huber's loss of a number, in standard deviations of the targets."""

import keras


@keras.saving.register_keras_serializable(package="keras_pe")
class ScaledHuber(keras.losses.Loss):
    """Half the squared error up to one standard deviation, then in proportion to the error.

    So a few targets that are far off count less than with squares. With z = (target - answer) /
    deviation: z^2 / 2 where |z| <= 1, else |z| - 1/2.

    Args:
        deviation: float, above 0. The standard deviation of the training targets.
        **kwargs: Of `keras.losses.Loss`.

    Example:
        >>> loss = ScaledHuber(deviation=2.0)
        >>> float(loss(keras.ops.array([3.0, 3.0]), keras.ops.array([[4.0], [9.0]])))
        1.3125

    Source: Huber (1964), Robust Estimation of a Location Parameter
    """

    def __init__(self, deviation, name="scaled_huber", **kwargs):
        super().__init__(name=name, **kwargs)
        self.deviation = deviation

    def call(self, y_true, y_pred):
        return keras.losses.huber(y_true / self.deviation, y_pred / self.deviation, delta=1.0)

    def get_config(self):
        return {**super().get_config(), "deviation": self.deviation}
