"""A penalty on distance, steeper in some heads than in others."""

import math

import keras
import numpy as np
from keras import ops

from keras_pe.layers.position.base import PositionEncoding

DIRECTIONS = ("asymmetric", "symmetric", "causal")


@keras.saving.register_keras_serializable(package="keras_pe")
class ALiBi(PositionEncoding):
    """Lowers each logit in proportion to the distance between query and key.

    With slopes m_h = 2 ** (-8h / H) for h = 1..H (for H that is no power of two: those of the power
    below, then every second one of the power above), query i and key j get, by `direction`:

    - `"asymmetric"`: -m_h (|i - j| - 1/2 [j < i]). Keys before the query count half a token nearer.
    - `"symmetric"`: -m_h |i - j|. Such a model with mean pooling cannot tell a text from its
      reverse.
    - `"causal"`: -m_h (i - j) for j <= i, and the key is closed for j > i. The paper's form.

    Unlike the paper, which only has the causal form, the default sees both sides and their
    difference. Acts inside attention; an LSTM cannot use it. No weights, no longest position.

    Args:
        num_heads: int. Heads of the attention it acts in.
        direction: One of the three above.
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If an argument is out of range or the attention has another number of heads.

    Example:
        >>> positions = keras.ops.arange(3.0)[None]
        >>> heads = keras.ops.ones((1, 3, 2, 4))
        >>> alibi = ALiBi(num_heads=2, direction="symmetric")
        >>> bias = alibi.bias(positions, positions, heads, heads)
        >>> keras.ops.convert_to_numpy(bias)[0, 0, 0].tolist()
        [-0.0, -0.0625, -0.125]

    Source: Press et al. (2021), section 3, https://arxiv.org/abs/2108.12409; the asymmetric form:
        Ruoss et al. (2023), https://arxiv.org/abs/2305.16843
    """

    def __init__(self, num_heads, direction="asymmetric", **kwargs):
        super().__init__(**kwargs)
        if num_heads < 1:
            raise ValueError(f"`num_heads` must be at least 1. Received: num_heads={num_heads}")
        if direction not in DIRECTIONS:
            raise ValueError(
                f"`direction` must be one of: {', '.join(DIRECTIONS)}. "
                f"Received: direction={direction!r}"
            )
        self.num_heads = num_heads
        self.direction = direction

    def check_heads(self, num_heads, head_dim):
        if num_heads != self.num_heads:
            raise ValueError(
                "`num_heads` of ALiBi must be that of the attention. "
                f"Received: num_heads={self.num_heads}, attention with {num_heads} heads"
            )

    def bias(self, query_positions, key_positions, queries, keys):
        after = key_positions[:, None, None, :] - query_positions[:, None, :, None]
        slopes = ops.convert_to_tensor(alibi_slopes(self.num_heads).reshape(1, -1, 1, 1))
        penalty = -slopes * self._distance(after)
        if self.direction == "causal":
            return ops.where(after > 0, -1e9, penalty)
        return penalty

    def _distance(self, after):
        distance = ops.abs(after)
        if self.direction == "asymmetric":
            return distance - 0.5 * ops.cast(after < 0, "float32")
        return distance

    def get_config(self):
        config = super().get_config()
        return {**config, "num_heads": self.num_heads, "direction": self.direction}


def alibi_slopes(num_heads):
    """Returns one slope per head, [H] float32, for any number of heads."""
    below = 2 ** math.floor(math.log2(num_heads))
    slopes = [2.0 ** (-8.0 * h / below) for h in range(1, below + 1)]
    slopes += [2.0 ** (-4.0 * h / below) for h in range(1, 2 * below, 2)][: num_heads - below]
    return np.array(slopes, dtype="float32")
