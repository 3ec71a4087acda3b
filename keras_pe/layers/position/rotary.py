"""Rotation of queries and keys by an angle that grows with the position."""

import keras
import numpy as np
from keras import ops

from keras_pe.layers.position.base import PositionEncoding

LAYOUTS = ("half", "interleaved")


@keras.saving.register_keras_serializable(package="keras_pe")
class RotaryPositionEncoding(PositionEncoding):
    """Turns pairs of query and key features by an angle proportional to the position.

    Pair k of a head of d features is turned by p * max_wavelength ** (-2k / d), so a logit depends
    on the content and on the distance i - j with its sign. Pairs are (k, k + d/2) with
    `layout="half"` and (2k, 2k + 1) with `layout="interleaved"`; the two are equal up to a
    permutation of the projections, hence not interchangeable for saved weights. Acts inside
    attention; an LSTM cannot use it. No weights, no longest position, though accuracy past the
    trained length is not promised by the paper.

    Args:
        max_wavelength: float. Wavelengths go from 2 pi towards 2 pi times this many tokens.
        layout: `"half"` or `"interleaved"`.
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If an argument is out of range or the features per head are odd.

    Example:
        >>> positions = keras.ops.arange(3.0)[None]
        >>> heads = keras.ops.ones((1, 3, 2, 4))
        >>> rotary = RotaryPositionEncoding()
        >>> tables = rotary.prepare(positions, positions, head_dim=4)
        >>> queries, keys = rotary.rotate(heads, heads, tables)
        >>> tuple(queries.shape)
        (1, 3, 2, 4)

    Source: Su et al. (2021), section 3.4, https://arxiv.org/abs/2104.09864
    """

    def __init__(self, max_wavelength=10_000.0, layout="half", **kwargs):
        super().__init__(**kwargs)
        if max_wavelength <= 1:
            raise ValueError(
                f"`max_wavelength` must be above 1. Received: max_wavelength={max_wavelength!r}"
            )
        if layout not in LAYOUTS:
            raise ValueError(
                f"`layout` must be one of: {', '.join(LAYOUTS)}. Received: layout={layout!r}"
            )
        self.max_wavelength = max_wavelength
        self.layout = layout

    def check_heads(self, num_heads, head_dim):
        if head_dim % 2:
            raise ValueError(
                "Features per head must be even to be turned in pairs. "
                f"Received: {head_dim} features per head. "
                "Choose another `num_heads` or another width of the token vectors."
            )

    def prepare(self, query_positions, key_positions, head_dim, visible=None):
        queries = self._turns(query_positions, head_dim)
        same = key_positions is query_positions
        return queries, queries if same else self._turns(key_positions, head_dim)

    def rotate(self, queries, keys, tables):
        return self._turn(queries, *tables[0]), self._turn(keys, *tables[1])

    def _turn(self, heads, cosines, sines):
        first, second = self._split(ops.cast(heads, "float32"))
        turned = (first * cosines - second * sines, second * cosines + first * sines)
        return ops.cast(self._join(turned, heads), heads.dtype)

    def _turns(self, positions, dim):
        """Returns cosines and sines, each [B or 1, T, 1, d / 2], float32."""
        exponents = np.arange(dim // 2, dtype="float64") * (-2.0 / dim)
        frequencies = np.power(float(self.max_wavelength), exponents).astype("float32")
        angles = (positions[..., None] * ops.convert_to_tensor(frequencies))[:, :, None, :]
        return ops.cos(angles), ops.sin(angles)

    def _split(self, heads):
        if self.layout == "half":
            return ops.split(heads, 2, axis=-1)
        return heads[..., 0::2], heads[..., 1::2]

    def _join(self, turned, heads):
        if self.layout == "half":
            return ops.concatenate(turned, axis=-1)
        return ops.reshape(ops.stack(turned, axis=-1), ops.shape(heads))

    def get_config(self):
        config = super().get_config()
        return {**config, "max_wavelength": self.max_wavelength, "layout": self.layout}
