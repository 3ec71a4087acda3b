"""p-RoPE: the slowest pairs are not turned at all."""

import keras
import numpy as np

from keras_pe.layers.position.rotary_scaling.base import (
    RotaryScaling,
    check_factor,
    rotary_frequencies,
)


@keras.saving.register_keras_serializable(package="keras_pe")
class ProportionalScaling(RotaryScaling):
    """Turns only the fastest pairs, a fraction of all, and gives the slowest the frequency 0.

    Slow pairs say little about where a token stands, and are free for what it says. The others
    have the frequencies max_wavelength ** (-2k / D) / factor, D all features per head, where
    `rotary_fraction` of the encoding would spread the whole range over fewer pairs.

    Args:
        fraction: float in (0, 1]. Of the pairs that are turned; 0.25 as in Gemma 4.
        factor: float, at least 1. How many times as long as the trained ones texts may be.

    Raises:
        ValueError: If an argument is out of range, or no pair is left to turn.

    Example:
        >>> frequencies, _ = ProportionalScaling(fraction=0.5).inverse_frequencies(8, 10_000.0)
        >>> frequencies.round(2).tolist()
        [1.0, 0.1, 0.0, 0.0]

    Source: Barbero et al. (2024), https://arxiv.org/abs/2410.06205
    """

    def __init__(self, fraction=0.25, factor=1.0):
        if not 0 < fraction <= 1:
            raise ValueError(
                f"`fraction` must be above 0 and at most 1. Received: fraction={fraction!r}"
            )
        check_factor(factor)
        self.fraction = fraction
        self.factor = factor

    def inverse_frequencies(self, rotary_dim, max_wavelength, length=None, head_dim=None):
        frequencies = rotary_frequencies(rotary_dim, max_wavelength, head_dim) / self.factor
        turned = np.arange(rotary_dim // 2) < self._turned_pairs(rotary_dim)
        return np.where(turned, frequencies, 0.0).astype("float32"), 1.0

    def _turned_pairs(self, rotary_dim):
        return int(self.fraction * rotary_dim // 2)

    def check_rotary_dim(self, rotary_dim):
        if self._turned_pairs(rotary_dim) < 1:
            raise ValueError(
                "`fraction` must leave at least one pair of features per head to turn. "
                f"Received: fraction={self.fraction!r}, {rotary_dim // 2} pairs per head"
            )

    def get_config(self):
        return {"fraction": self.fraction, "factor": self.factor}
