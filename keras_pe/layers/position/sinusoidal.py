"""Sines and cosines of the position, added to the token vectors."""

import keras
import numpy as np
from keras import ops

from keras_pe.layers.position.base import PositionEncoding


@keras.saving.register_keras_serializable(package="keras_pe")
class SinusoidalPositionEncoding(PositionEncoding):
    """Adds a fixed pattern of sines and cosines of the position to every token vector.

    With w_k = max_wavelength ** (-2k / D), channel 2k of position p gets sin(p * w_k) and channel
    2k + 1 gets cos(p * w_k) (`layout="interleaved"`, as in the paper), or all sines come first and
    all cosines after (`layout="concatenated"`). The two are not interchangeable for saved weights.
    No weights, no longest position. An odd D has one sine more than cosines. Unlike the paper,
    token vectors are not scaled by sqrt(D) here: that is the model's business.

    Args:
        max_wavelength: float. Wavelengths go from 2 pi towards 2 pi times this many tokens.
        layout: `"interleaved"` or `"concatenated"`.
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        embeddings: [B, T, D], float.
        positions: [B or 1, T], int or float; optional.
        mask: [B, T], bool, True where a token is; optional.

    Returns:
        [B, T, D], token vectors plus encoding, the compute dtype; the sum is rounded once.

    Raises:
        ValueError: If `max_wavelength` is not above 1 or `layout` is unknown.

    Example:
        >>> encoded = SinusoidalPositionEncoding()(keras.ops.zeros((1, 2, 4)))
        >>> keras.ops.convert_to_numpy(encoded)[0, 0].tolist()
        [0.0, 1.0, 0.0, 1.0]

    Source: Vaswani et al. (2017), section 3.5, https://arxiv.org/abs/1706.03762
    """

    def __init__(self, max_wavelength=10_000.0, layout="interleaved", **kwargs):
        super().__init__(**kwargs)
        if max_wavelength <= 1:
            raise ValueError(
                f"`max_wavelength` must be above 1. Received: max_wavelength={max_wavelength!r}"
            )
        if layout not in ("interleaved", "concatenated"):
            raise ValueError(
                f"`layout` must be 'interleaved' or 'concatenated'. Received: layout={layout!r}"
            )
        self.max_wavelength = max_wavelength
        self.layout = layout

    def build(self, embeddings_shape):
        dim = embeddings_shape[-1]
        # In float64, rounded once: float32 powers would bend the longest wavelengths.
        exponents = np.arange((dim + 1) // 2, dtype="float64") * (-2.0 / dim)
        self._frequencies = np.power(float(self.max_wavelength), exponents).astype("float32")
        self.built = True

    def add(self, embeddings, positions):
        return embeddings + self._encoding(positions, embeddings.shape[-1])

    def _encoding(self, positions, dim):
        angles = positions[..., None] * ops.convert_to_tensor(self._frequencies)
        if self.layout == "concatenated":
            return ops.concatenate([ops.sin(angles), ops.cos(angles)[..., : dim // 2]], axis=-1)
        pairs = ops.stack([ops.sin(angles), ops.cos(angles)], axis=-1)
        batch, length = ops.shape(positions)[0], ops.shape(positions)[1]
        return ops.reshape(pairs, (batch, length, 2 * len(self._frequencies)))[..., :dim]

    def get_config(self):
        config = super().get_config()
        return {**config, "max_wavelength": self.max_wavelength, "layout": self.layout}
