"""NTK-aware scaling: a longer base, so that slow pairs stretch and fast ones stay."""

import keras

from keras_pe.layers.position.rotary_scaling.base import (
    RotaryScaling,
    check_factor,
    rotary_frequencies,
)


@keras.saving.register_keras_serializable(package="keras_pe")
class NTKScaling(RotaryScaling):
    """Makes `max_wavelength` longer: by factor ** (d / (d - 2)), d features per head being turned.

    The fastest pair keeps its frequency, the slowest is divided by exactly `factor`, and those
    between by powers of it. Works on a trained model without more training, at every length alike.

    Args:
        factor: float, at least 1. How many times as long as the trained ones texts may be.

    Raises:
        ValueError: If `factor` is below 1, or only two features per head are turned.

    Example:
        >>> NTKScaling(4.0).inverse_frequencies(4, 10_000.0)[0].tolist()
        [1.0, 0.0025]

    Source: bloc97 (2023), https://www.reddit.com/r/LocalLLaMA/comments/14lz7j5/; Peng et al.
        (2023), section 3.1, https://arxiv.org/abs/2309.00071
    """

    def __init__(self, factor):
        check_factor(factor)
        self.factor = factor

    def inverse_frequencies(self, rotary_dim, max_wavelength, length=None, head_dim=None):
        longer = max_wavelength * self.factor ** (rotary_dim / (rotary_dim - 2))
        return rotary_frequencies(rotary_dim, longer).astype("float32"), 1.0

    def check_rotary_dim(self, rotary_dim):
        check_two_pairs(self, rotary_dim)

    def get_config(self):
        return {"factor": self.factor}


def check_two_pairs(scaling, rotary_dim):
    """Raises `ValueError` if there is no slowest pair beside the fastest one."""
    if rotary_dim < 4:
        raise ValueError(
            f"{type(scaling).__name__} must have at least 4 features per head to turn. "
            f"Received: {rotary_dim} features per head to turn"
        )
