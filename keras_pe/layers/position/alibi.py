"""A penalty on distance, steeper in some heads than in others."""

import math

import keras
import numpy as np
from keras import ops

from keras_pe.layers.position.base import PositionEncoding

# What a key gets that the head may not see: finite, so that no row of logits is all infinite.
CLOSED = -1e9
DIRECTIONS = ("split", "asymmetric", "symmetric", "causal")


@keras.saving.register_keras_serializable(package="keras_pe")
class ALiBi(PositionEncoding):
    """Lowers each logit in proportion to the distance between query and key.

    With slopes m_h = 2 ** (-8h / H) for h = 1..H (for H that is no power of two: those of the power
    below, then every second one of the power above), query i and key j get, by `direction`:

    - `"split"`: -m_h |i - j|, and the first, third, ... head only sees keys up to the query, the
      second, fourth, ... only keys from the query on. The two of a pair share a slope: those of
      half as many heads.
    - `"asymmetric"`: -m_h (|i - j| - 1/2 [j < i]). Keys before the query count half a token nearer.
      A weak hint of the direction: few texts do not suffice to learn from it.
    - `"symmetric"`: -m_h |i - j|. Such a model with mean pooling cannot tell a text from its
      reverse.
    - `"causal"`: -m_h (i - j) for j <= i, and the key is closed for j > i. The paper's form.

    Unlike the paper, which only has the causal form, the default sees both sides and tells them
    apart. Acts inside attention; an LSTM cannot use it. No weights, no longest position.

    Args:
        num_heads: int. Heads of the attention it acts in; at least 2 for `"split"`.
        direction: One of the four above.
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If an argument is out of range or the attention has another number of heads.

    Example:
        >>> positions = keras.ops.arange(3.0)[None]
        >>> alibi = ALiBi(num_heads=2, direction="symmetric")
        >>> bias = alibi.prepare(positions, positions, head_dim=4)
        >>> keras.ops.convert_to_numpy(bias)[0, 0, 0].tolist()
        [-0.0, -0.0625, -0.125]

    Source: Press et al. (2021), section 3, https://arxiv.org/abs/2108.12409; the asymmetric form:
        Ruoss et al. (2023), https://arxiv.org/abs/2305.16843
    """

    def __init__(self, num_heads, direction="split", **kwargs):
        super().__init__(**kwargs)
        if num_heads < 1:
            raise ValueError(f"`num_heads` must be at least 1. Received: num_heads={num_heads}")
        if direction not in DIRECTIONS:
            raise ValueError(
                f"`direction` must be one of: {', '.join(DIRECTIONS)}. "
                f"Received: direction={direction!r}"
            )
        if direction == "split" and num_heads < 2:
            raise ValueError(
                "`num_heads` must be at least 2 for direction='split', so that some heads look "
                f"left and some look right. Received: num_heads={num_heads}"
            )
        self.num_heads = num_heads
        self.direction = direction

    def check_heads(self, num_heads, head_dim):
        if num_heads != self.num_heads:
            raise ValueError(
                "`num_heads` of ALiBi must be that of the attention. "
                f"Received: num_heads={self.num_heads}, attention with {num_heads} heads"
            )

    def prepare(self, query_positions, key_positions, head_dim, visible=None):
        after = key_positions[:, None, None, :] - query_positions[:, None, :, None]
        if self.direction == "split":
            return ops.where(after * self._sides() > 0, CLOSED, self._penalty(ops.abs(after)))
        if self.direction == "asymmetric":
            return self._penalty(ops.abs(after) - 0.5 * ops.cast(after < 0, "float32"))
        if self.direction == "symmetric":
            return self._penalty(ops.abs(after))
        return ops.where(after > 0, CLOSED, self._penalty(-after))

    def bias(self, queries, keys, tables):
        return tables

    def _penalty(self, distance):
        """Returns [B or 1, H, Tq, Tk] from the distance that all heads share."""
        slopes = alibi_slopes(self.num_heads)
        if self.direction == "split":
            slopes = np.repeat(alibi_slopes((self.num_heads + 1) // 2), 2)[: self.num_heads]
        return distance * ops.convert_to_tensor(-slopes.reshape(1, -1, 1, 1))

    def _sides(self):
        """Returns [1, H, 1, 1]: 1 for heads that only look left, -1 for those that look right."""
        sides = np.where(np.arange(self.num_heads) % 2, -1.0, 1.0).astype("float32")
        return ops.convert_to_tensor(sides.reshape(1, -1, 1, 1))

    def get_config(self):
        config = super().get_config()
        return {**config, "num_heads": self.num_heads, "direction": self.direction}


def alibi_slopes(num_heads):
    """Returns one slope per head, [H] float32, for any number of heads."""
    below = 2 ** math.floor(math.log2(num_heads))
    slopes = [2.0 ** (-8.0 * h / below) for h in range(1, below + 1)]
    slopes += [2.0 ** (-4.0 * h / below) for h in range(1, 2 * below, 2)][: num_heads - below]
    return np.array(slopes, dtype="float32")
