"""YaRN: slow pairs interpolated, fast ones left, and sharper attention."""

import math

import keras
import numpy as np

from keras_pe.layers.position.rotary_scaling.base import (
    RotaryScaling,
    check_factor,
    check_original_length,
    rotary_frequencies,
)


@keras.saving.register_keras_serializable(package="keras_pe")
class YaRNScaling(RotaryScaling):
    """Divides frequencies by `factor` as far as their wavelength is long beside the trained length.

    A pair that turns more than `beta_fast` times within the trained length N keeps its frequency,
    one that turns less than `beta_slow` times is divided by `factor`, and those between are mixed
    by a ramp over their numbers: the pair that turns r times has the number
    d ln(N / (2 pi r)) / (2 ln max_wavelength), rounded outwards to whole pairs at both ends.
    Cosines and sines are multiplied by 0.1 ln(factor) + 1, so logits by its square.

    Args:
        factor: float, at least 1. How many times as long as the trained ones texts may be.
        original_length: int, in tokens. The trained length, N.
        beta_fast: float, in turns.
        beta_slow: float, in turns, below `beta_fast`.
        attention_factor: float; None for the one above.
        truncate: bool. Whether the ends of the ramp are rounded to whole pairs.

    Raises:
        ValueError: If an argument is out of range.

    Example:
        >>> frequencies, attention_factor = YaRNScaling(4.0, 64).inverse_frequencies(4, 100.0)
        >>> frequencies.tolist(), attention_factor
        ([1.0, 0.0625], 1.138)

    Source: Peng et al. (2023), section 3, https://arxiv.org/abs/2309.00071
    """

    def __init__(
        self,
        factor,
        original_length,
        beta_fast=32.0,
        beta_slow=1.0,
        attention_factor=None,
        truncate=True,
    ):
        check_factor(factor)
        check_original_length(original_length)
        if not beta_fast > beta_slow > 0:
            raise ValueError(
                "`beta_fast` must be above `beta_slow`, and that above 0. "
                f"Received: beta_fast={beta_fast!r}, beta_slow={beta_slow!r}"
            )
        check_attention_factor(attention_factor)
        self.factor = factor
        self.original_length = original_length
        self.beta_fast = beta_fast
        self.beta_slow = beta_slow
        self.attention_factor = attention_factor
        self.truncate = truncate

    def inverse_frequencies(self, rotary_dim, max_wavelength, length=None, head_dim=None):
        plain = rotary_frequencies(rotary_dim, max_wavelength)
        low, high = self._ends(rotary_dim, max_wavelength)
        ramp = np.clip((np.arange(rotary_dim // 2) - low) / (high - low), 0.0, 1.0)
        frequencies = plain / self.factor * ramp + plain * (1.0 - ramp)
        attention_factor = self.attention_factor
        if attention_factor is None:
            attention_factor = 0.1 * math.log(self.factor) + 1.0
        return frequencies.astype("float32"), attention_factor

    def _ends(self, dim, max_wavelength):
        """Returns the pairs where the ramp begins and where it ends."""

        def pair(turns):
            within = math.log(self.original_length / (2.0 * math.pi * turns))
            return dim * within / (2.0 * math.log(max_wavelength))

        low, high = pair(self.beta_fast), pair(self.beta_slow)
        if self.truncate:
            low, high = math.floor(low), math.ceil(high)
        low, high = max(low, 0), min(high, dim - 1)
        # A step instead of a ramp where both ends fall together.
        return low, max(high, low + 1e-3)

    def get_config(self):
        return {
            "factor": self.factor,
            "original_length": self.original_length,
            "beta_fast": self.beta_fast,
            "beta_slow": self.beta_slow,
            "attention_factor": self.attention_factor,
            "truncate": self.truncate,
        }


def check_attention_factor(attention_factor):
    """Raises `ValueError` if cosines and sines cannot be multiplied by this, or None."""
    if attention_factor is not None and attention_factor <= 0:
        raise ValueError(
            f"`attention_factor` must be above 0. Received: attention_factor={attention_factor!r}"
        )
