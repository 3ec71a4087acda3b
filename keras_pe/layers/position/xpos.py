"""Rotation with a decay: the farther two tokens are apart, the less their features agree."""

import keras
import numpy as np
from keras import ops

from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.position.directed_bias import looking_left
from keras_pe.layers.position.heads import check_num_heads
from keras_pe.layers.position.rotary import check_even, check_rotation
from keras_pe.layers.position.rotary_scaling.base import rotary_frequencies
from keras_pe.layers.position.rotation import join_pairs, turn, turning_tables

DIRECTIONS = ("split", "causal")
# Where a head may not look, the decay grows instead: a logit of 1e9 would not be closed by -1e9.
CLOSED = -1e30


@keras.saving.register_keras_serializable(package="keras_pe")
class XPosPositionEncoding(PositionEncoding):
    """Turns pairs of features as rotary encodings do, and lets far tokens count less.

    Pair k of d / 2 is turned by p * max_wavelength ** (-2k / d); its part of the logit of query i
    and key j is multiplied by z_k ** ((i - j) / scale_base), z_k = (2k + 0.4d) / (1.4d): fast pairs
    fade first. Such a decay only works on one side, on the other it grows, so by `direction`:

    - `"causal"`: keys after the query are closed. The paper's form.
    - `"split"`: the first, third, ... head only sees keys up to the query, the second, fourth, ...
      only keys from the query on, with z_k ** ((j - i) / scale_base). Ours, for encoders.

    Queries are multiplied by z_k ** (i / scale_base) and keys by the inverse, counted from the
    middle of the keys' positions, which changes no logit. On the closed side logits grow up to
    3.5 ** (distance / scale_base): with scale_base=512 float32 and bfloat16 hold texts of 25,000
    tokens, float16 of 4,000; half the scale_base, half the tokens. Acts inside attention; an LSTM
    cannot use it. No weights.

    Args:
        num_heads: int. Heads of the attention it acts in; at least 2 for `"split"`.
        max_wavelength: float. Wavelengths go from 2 pi towards 2 pi times this many tokens.
        scale_base: float above 0, in tokens. The larger, the slower the decay.
        direction: `"split"` or `"causal"`.
        layout: `"half"` or `"interleaved"`, as of `RotaryPositionEncoding`.
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If an argument is out of range, the attention has another number of heads, or
            the features per head are odd.

    Example:
        >>> positions = keras.ops.array([[0.0, 512.0]])
        >>> heads = keras.ops.ones((1, 2, 2, 2))
        >>> xpos = XPosPositionEncoding(num_heads=2)
        >>> tables = xpos.prepare(positions, positions, head_dim=2)
        >>> queries, keys = xpos.rotate(heads, heads, tables)
        >>> round(float(keras.ops.sum(queries[0, 1, 0] * keys[0, 0, 0])), 4)  # 2 z_0 cos(512)
        -0.5696

    Source: Sun et al. (2022), https://arxiv.org/abs/2212.10554
    """

    def __init__(
        self,
        num_heads,
        max_wavelength=10_000.0,
        scale_base=512.0,
        direction="split",
        layout="half",
        **kwargs,
    ):
        super().__init__(**kwargs)
        check_rotation(max_wavelength, layout)
        if direction not in DIRECTIONS:
            raise ValueError(
                f"`direction` must be one of: {', '.join(DIRECTIONS)}. "
                f"Received: direction={direction!r}"
            )
        least = 2 if direction == "split" else 1
        if num_heads < least:
            raise ValueError(
                f"`num_heads` must be at least {least} for direction={direction!r}. "
                f"Received: num_heads={num_heads}"
            )
        if scale_base <= 0:
            raise ValueError(f"`scale_base` must be above 0. Received: scale_base={scale_base!r}")
        self.num_heads = num_heads
        self.max_wavelength = max_wavelength
        self.scale_base = scale_base
        self.direction = direction
        self.layout = layout

    def check_heads(self, num_heads, head_dim):
        check_num_heads(self, num_heads)
        check_even(head_dim)

    def prepare(self, query_positions, key_positions, head_dim, same_text=None, consecutive=False):
        first, last = (of(key_positions, axis=1, keepdims=True) for of in (ops.min, ops.max))
        middle = (first + last) / 2.0
        sides = looking_left(self.num_heads) if self.direction == "split" else 1.0
        after = key_positions[:, None, None, :] - query_positions[:, None, :, None]
        return (
            self._tables(query_positions, (query_positions - middle) / self.scale_base, head_dim),
            self._tables(key_positions, (middle - key_positions) / self.scale_base, head_dim),
            ops.where(after * sides > 0, CLOSED, 0.0),
        )

    def rotate(self, queries, keys, tables):
        of_queries, of_keys, _ = tables
        return turn(queries, *of_queries, self.layout), turn(keys, *of_keys, self.layout)

    def bias(self, queries, keys, tables):
        return tables[2]

    def _tables(self, positions, exponents, dim):
        """Returns cosines and signed sines with the decay in them, [B or 1, T, H or 1, d]."""
        frequencies = rotary_frequencies(dim, self.max_wavelength).astype("float32")
        angles = positions[..., None] * ops.convert_to_tensor(frequencies)
        sides = looking_left(self.num_heads) if self.direction == "split" else ops.ones((1, 1))
        logarithms = np.log((np.arange(0, dim, 2) + 0.4 * dim) / (1.4 * dim)).astype("float32")
        exponents = exponents[:, :, None, None] * ops.reshape(sides, (-1, 1))
        decay = ops.exp(exponents * ops.convert_to_tensor(logarithms))
        decay = join_pairs(decay, decay, self.layout)
        return tuple(table * decay for table in turning_tables(angles, self.layout))

    def get_config(self):
        return {
            **super().get_config(),
            "num_heads": self.num_heads,
            "max_wavelength": self.max_wavelength,
            "scale_base": self.scale_base,
            "direction": self.direction,
            "layout": self.layout,
        }
