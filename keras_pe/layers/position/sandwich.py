"""A fixed penalty: how much less two sinusoids of the paper agree the farther apart they are."""

import keras
import numpy as np
from keras import ops

from keras_pe.layers.position.directed_bias import DirectedBias


@keras.saving.register_keras_serializable(package="keras_pe")
class Sandwich(DirectedBias):
    """Lowers each logit by what the sinusoids of two positions lack to the product of equal ones.

    Query i and key j get (sum over k = 1..E/2 of cos((i - j) w_k) - E/2) / (8h / H) in head
    h = 1..H, with w_k = max_wavelength ** (-2k / E) and E = `encoding_dim`; and the direction by
    `direction`, as `ALiBi` does (the two heads of a split pair share h, of half as many heads).
    Falls steeply near by and ever more slowly far off. Unlike the paper, which is causal, the
    default sees both sides and tells them apart. Acts inside attention; an LSTM cannot use it. No
    weights, no longest position.

    Args:
        num_heads: int. Heads of the attention it acts in; at least 2 for `direction="split"`.
        encoding_dim: int, even. Width of the sinusoids, E.
        max_wavelength: float. The longest wavelength, in tokens / 2 pi.
        direction: `"split"`, `"asymmetric"`, `"symmetric"` or `"causal"`.
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If an argument is out of range or the attention has another number of heads.

    Example:
        >>> positions = keras.ops.arange(3.0)[None]
        >>> sandwich = Sandwich(num_heads=2, encoding_dim=2, max_wavelength=2, direction="causal")
        >>> bias = sandwich.prepare(positions, positions, head_dim=4)
        >>> keras.ops.convert_to_numpy(bias)[0, 1, 2].round(3).tolist()
        [-0.057, -0.015, 0.0]

    Source: Chi et al. (2023), section 4, https://arxiv.org/abs/2212.10356
    """

    def __init__(
        self, num_heads, encoding_dim=128, max_wavelength=10_000.0, direction="split", **kwargs
    ):
        super().__init__(num_heads, direction, **kwargs)
        if encoding_dim < 2 or encoding_dim % 2:
            raise ValueError(
                f"`encoding_dim` must be even and at least 2. Received: encoding_dim={encoding_dim}"
            )
        if max_wavelength <= 1:
            raise ValueError(
                f"`max_wavelength` must be above 1. Received: max_wavelength={max_wavelength!r}"
            )
        self.encoding_dim = encoding_dim
        self.max_wavelength = max_wavelength

    def penalty(self, query_positions, key_positions):
        # cos((i - j) w) = cos(iw) cos(jw) + sin(iw) sin(jw): a matrix product of two thin tables.
        queries, keys = self._sinusoids(query_positions), self._sinusoids(key_positions)
        agreement = ops.matmul(queries, ops.transpose(keys, (0, 2, 1)))[:, None]
        lack = agreement - self.encoding_dim / 2
        # Rounding may not make a distance of 0 better than perfect.
        return ops.minimum(lack, 0.0) / self.per_head(_compressions)

    def _sinusoids(self, positions):
        """Returns [B or 1, T, E], float32."""
        exponents = np.arange(1, self.encoding_dim // 2 + 1) * (-2.0 / self.encoding_dim)
        frequencies = np.power(float(self.max_wavelength), exponents).astype("float32")
        angles = positions[..., None] * ops.convert_to_tensor(frequencies)
        return ops.concatenate([ops.cos(angles), ops.sin(angles)], axis=-1)

    def get_config(self):
        return {
            **super().get_config(),
            "encoding_dim": self.encoding_dim,
            "max_wavelength": self.max_wavelength,
        }


def _compressions(num_heads):
    """Returns 8h / H for h = 1..H."""
    return 8.0 / num_heads * np.arange(1, num_heads + 1)
