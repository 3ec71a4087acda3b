"""Llama 3's scaling: long wavelengths interpolated, short ones left."""

import keras
import numpy as np

from keras_pe.layers.position.rotary_scaling.base import (
    RotaryScaling,
    check_factor,
    check_original_length,
    rotary_frequencies,
)


@keras.saving.register_keras_serializable(package="keras_pe")
class Llama3Scaling(RotaryScaling):
    """Divides a frequency by `factor` if fewer than a few of its waves fit in the trained length.

    With N / w waves of length w = 2 pi / frequency within the trained length N: fewer than
    `low_frequency_factor` are divided, more than `high_frequency_factor` are kept, and between the
    two the share that is kept grows linearly with their number.

    Args:
        factor: float, at least 1. How many times as long as the trained ones texts may be.
        original_length: int, in tokens. The trained length, N.
        low_frequency_factor: float, in waves.
        high_frequency_factor: float, in waves, above `low_frequency_factor`.

    Raises:
        ValueError: If an argument is out of range.

    Example:
        >>> Llama3Scaling(8.0, 64).inverse_frequencies(4, 10_000.0)[0].tolist()
        [1.0, 0.00125]

    Source: Dubey et al. (2024), https://arxiv.org/abs/2407.21783; Meta (2024), `apply_scaling` in
        https://github.com/meta-llama/llama-models
    """

    def __init__(
        self, factor, original_length, low_frequency_factor=1.0, high_frequency_factor=4.0
    ):
        check_factor(factor)
        check_original_length(original_length)
        if not high_frequency_factor > low_frequency_factor > 0:
            raise ValueError(
                "`high_frequency_factor` must be above `low_frequency_factor`, and that above 0. "
                f"Received: high_frequency_factor={high_frequency_factor!r}, "
                f"low_frequency_factor={low_frequency_factor!r}"
            )
        self.factor = factor
        self.original_length = original_length
        self.low_frequency_factor = low_frequency_factor
        self.high_frequency_factor = high_frequency_factor

    def inverse_frequencies(self, rotary_dim, max_wavelength, length=None, head_dim=None):
        plain = rotary_frequencies(rotary_dim, max_wavelength)
        waves = self.original_length * plain / (2.0 * np.pi)
        width = self.high_frequency_factor - self.low_frequency_factor
        kept = np.clip((waves - self.low_frequency_factor) / width, 0.0, 1.0)
        frequencies = plain / self.factor * (1.0 - kept) + plain * kept
        return frequencies.astype("float32"), 1.0

    def get_config(self):
        return {
            "factor": self.factor,
            "original_length": self.original_length,
            "low_frequency_factor": self.low_frequency_factor,
            "high_frequency_factor": self.high_frequency_factor,
        }
