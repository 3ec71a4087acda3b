"""LongRoPE: a searched divisor for every pair, one list for short texts and one for long ones."""

import math

import keras
from keras import ops

from keras_pe.layers.position.rotary_scaling.base import (
    RotaryScaling,
    check_factor,
    check_original_length,
    rotary_frequencies,
)
from keras_pe.layers.position.rotary_scaling.yarn import check_attention_factor


@keras.saving.register_keras_serializable(package="keras_pe")
class LongRoPEScaling(RotaryScaling):
    """Divides the frequency of pair k by number k of a list that was found by search.

    Texts up to the trained length N take the short list, longer ones the long list; the length is
    that of the text itself, without padding or other texts of the batch or of a packed row, but in
    causal attention with later tokens. Cosines and sines are multiplied by
    sqrt(1 + ln(factor) / ln(N)) at every length. The lists come from a published model: there is no
    search here.

    Args:
        short_factor: list of floats above 0, one for each pair.
        long_factor: list of floats above 0, one for each pair.
        original_length: int, in tokens. The trained length, N.
        factor: float, at least 1. The longest length over N; None where `attention_factor` is
            given.
        attention_factor: float; None for the one above.

    Raises:
        ValueError: If an argument is out of range, both or neither of the last two are given, or
            the lists do not have one number for each pair.

    Example:
        >>> lengths = keras.ops.array([[8.0], [9.0]])
        >>> scaling = LongRoPEScaling([1.0], [4.0], original_length=8, attention_factor=1.0)
        >>> frequencies, _ = scaling.inverse_frequencies(2, 10_000.0, lengths)
        >>> keras.ops.convert_to_numpy(frequencies)[:, 0, 0].tolist()
        [1.0, 0.25]

    Source: Ding et al. (2024), https://arxiv.org/abs/2402.13753; the factor on cosines and sines:
        Abdin et al. (2024), https://arxiv.org/abs/2404.14219
    """

    def __init__(
        self, short_factor, long_factor, original_length, factor=None, attention_factor=None
    ):
        self.short_factor = [float(divisor) for divisor in short_factor]
        self.long_factor = [float(divisor) for divisor in long_factor]
        check_original_length(original_length)
        if (factor is None) == (attention_factor is None):
            raise ValueError(
                "Either `factor` or `attention_factor` must be given, and not both. "
                f"Received: factor={factor!r}, attention_factor={attention_factor!r}"
            )
        if factor is not None:
            check_factor(factor)
        check_attention_factor(attention_factor)
        self._check_lists()
        self.original_length = original_length
        self.factor = factor
        self.attention_factor = attention_factor

    def _check_lists(self):
        short, long = self.short_factor, self.long_factor
        if len(short) != len(long) or min(short + long, default=0.0) <= 0:
            raise ValueError(
                "`short_factor` and `long_factor` must be equally many numbers above 0. "
                f"Received: short_factor={short}, long_factor={long}"
            )

    @property
    def depends_on_length(self):
        return True

    def inverse_frequencies(self, rotary_dim, max_wavelength, length=None, head_dim=None):
        plain = rotary_frequencies(rotary_dim, max_wavelength)
        short, long = (
            ops.convert_to_tensor((plain / divisors).astype("float32"))
            for divisors in (self.short_factor, self.long_factor)
        )
        frequencies = ops.where(length[..., None] > float(self.original_length), long, short)
        return frequencies, self._attention_factor()

    def _attention_factor(self):
        if self.attention_factor is not None:
            return self.attention_factor
        return math.sqrt(1.0 + math.log(self.factor) / math.log(self.original_length))

    def check_rotary_dim(self, rotary_dim):
        if len(self.short_factor) != rotary_dim // 2:
            raise ValueError(
                "`short_factor` and `long_factor` must have one number for each pair of features. "
                f"Received: {len(self.short_factor)} numbers, {rotary_dim // 2} pairs per head"
            )

    def get_config(self):
        return {
            "short_factor": self.short_factor,
            "long_factor": self.long_factor,
            "original_length": self.original_length,
            "factor": self.factor,
            "attention_factor": self.attention_factor,
        }
