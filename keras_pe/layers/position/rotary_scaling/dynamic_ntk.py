"""NTK-aware scaling that grows with the text."""

import keras
import numpy as np
from keras import ops

from keras_pe.layers.position.rotary_scaling.base import (
    RotaryScaling,
    check_factor,
    check_original_length,
    rotary_frequencies,
)
from keras_pe.layers.position.rotary_scaling.ntk import check_two_pairs


@keras.saving.register_keras_serializable(package="keras_pe")
class DynamicNTKScaling(RotaryScaling):
    """Makes `max_wavelength` longer the longer a text is, and not at all up to the trained length.

    A text of L > N tokens gets max_wavelength * (s L / N - (s - 1)) ** (d / (d - 2)), with
    s = `factor`, N = `original_length` and d features per head being turned. L is the length of the
    text itself, its last position plus 1: padding and other texts of the batch or of a packed row
    do not count, and nothing is kept from one call to the next. In causal attention L counts later
    tokens too.

    Args:
        factor: float, at least 1. How steeply the base grows.
        original_length: int, in tokens. The trained length.

    Raises:
        ValueError: If an argument is out of range, or only two features per head are turned.

    Example:
        >>> lengths = keras.ops.array([[8.0], [16.0]])
        >>> scaling = DynamicNTKScaling(factor=2.0, original_length=8)
        >>> frequencies, _ = scaling.inverse_frequencies(4, 10_000.0, lengths)
        >>> keras.ops.convert_to_numpy(frequencies)[:, 0, 1].round(6).tolist()
        [0.01, 0.003333]

    Source: emozilla (2023), https://www.reddit.com/r/LocalLLaMA/comments/14mrgpr/; Peng et al.
        (2023), section 3.3, https://arxiv.org/abs/2309.00071
    """

    def __init__(self, factor, original_length):
        check_factor(factor)
        check_original_length(original_length)
        self.factor = factor
        self.original_length = original_length

    @property
    def depends_on_length(self):
        return True

    def inverse_frequencies(self, rotary_dim, max_wavelength, length=None, head_dim=None):
        beyond = ops.maximum(length - float(self.original_length), 0.0)
        # The form in the class docstring, written so that it is exactly 1 for a short text.
        stretch = 1.0 + beyond * (self.factor / self.original_length)
        # max_wavelength may become very large; its small powers do not.
        exponents = np.arange(rotary_dim // 2) * (-2.0 / (rotary_dim - 2))
        change = ops.exp(ops.log(stretch)[..., None] * ops.convert_to_tensor(_float32(exponents)))
        plain = _float32(rotary_frequencies(rotary_dim, max_wavelength))
        return change * ops.convert_to_tensor(plain), 1.0

    def check_rotary_dim(self, rotary_dim):
        check_two_pairs(self, rotary_dim)

    def get_config(self):
        return {"factor": self.factor, "original_length": self.original_length}


def _float32(values):
    return values.astype("float32")
