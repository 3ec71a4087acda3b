"""Position interpolation: all frequencies divided by the same factor."""

import keras

from keras_pe.layers.position.rotary_scaling.base import (
    RotaryScaling,
    check_factor,
    rotary_frequencies,
)


@keras.saving.register_keras_serializable(package="keras_pe")
class LinearScaling(RotaryScaling):
    """Divides every frequency by `factor`, as if positions stood that much closer.

    Texts `factor` times as long as the trained ones stay within the trained angles, but neighbours
    come closer too: meant for a model that is trained a little further with it.

    Args:
        factor: float, at least 1. How many times as long as the trained ones texts may be.

    Raises:
        ValueError: If `factor` is below 1.

    Example:
        >>> LinearScaling(4.0).inverse_frequencies(2, 10_000.0)[0].tolist()
        [0.25]

    Source: Chen et al. (2023), https://arxiv.org/abs/2306.15595
    """

    def __init__(self, factor):
        check_factor(factor)
        self.factor = factor

    def inverse_frequencies(self, rotary_dim, max_wavelength, length=None, head_dim=None):
        frequencies = rotary_frequencies(rotary_dim, max_wavelength) / self.factor
        return frequencies.astype("float32"), 1.0

    def get_config(self):
        return {"factor": self.factor}
