"""The interface of all that changes rotary frequencies."""

import keras
import numpy as np


@keras.saving.register_keras_serializable(package="keras_pe")
class RotaryScaling:
    """Says how fast each pair of features turns; this base class leaves the paper's frequencies.

    Not a layer: it has no weights and nothing to build. A subclass overrides
    `inverse_frequencies` and `get_config`, and where it applies the other two.

    Example:
        >>> frequencies, attention_factor = RotaryScaling().inverse_frequencies(4, 10_000.0)
        >>> frequencies.tolist(), attention_factor
        ([1.0, 0.01], 1.0)

    Source: Su et al. (2021), section 3.4, https://arxiv.org/abs/2104.09864
    """

    @property
    def depends_on_length(self):
        """Whether the frequencies depend on how long a text is."""
        return False

    def inverse_frequencies(self, rotary_dim, max_wavelength, length=None, head_dim=None):
        """Returns the angle per token of each pair, and what cosines and sines are multiplied by.

        Args:
            rotary_dim: int. Features per head that are turned, d. Even.
            max_wavelength: float.
            length: [B or 1, T or 1], float32. Tokens of the text that each token belongs to; only
                read where `depends_on_length`.
            head_dim: int. All features per head. Default: `rotary_dim`.

        Returns:
            Tuple of the frequencies, a NumPy array [d / 2], float32, or a tensor
            [B or 1, T or 1, d / 2] where they depend on the length; and the attention factor, a
            float.
        """
        return rotary_frequencies(rotary_dim, max_wavelength).astype("float32"), 1.0

    def check_rotary_dim(self, rotary_dim):
        """Raises `ValueError` if so many features per head cannot be turned.

        Args:
            rotary_dim: int. d.
        """

    def get_config(self):
        return {}

    @classmethod
    def from_config(cls, config):
        return cls(**config)


def rotary_frequencies(rotary_dim, max_wavelength, denominator=None):
    """Returns the frequencies of the paper, max_wavelength ** (-2k / denominator), float64.

    Args:
        rotary_dim: int. d; there is one frequency for each k below d / 2.
        max_wavelength: float.
        denominator: int. Default: d.
    """
    exponents = np.arange(rotary_dim // 2, dtype="float64") * (-2.0 / (denominator or rotary_dim))
    return np.power(float(max_wavelength), exponents)


def check_factor(factor):
    """Raises `ValueError` if a text cannot be longer than the trained ones by this factor."""
    if factor < 1:
        raise ValueError(f"`factor` must be at least 1. Received: factor={factor!r}")


def check_original_length(original_length):
    """Raises `ValueError` if no model can have been trained at this length."""
    if original_length < 2:
        raise ValueError(
            f"`original_length` must be at least 2. Received: original_length={original_length!r}"
        )
