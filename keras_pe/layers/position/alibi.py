"""A penalty on distance, steeper in some heads than in others."""

import math

import keras
import numpy as np

from keras_pe.layers.position.directed_bias import DirectedBias, distances


@keras.saving.register_keras_serializable(package="keras_pe")
class ALiBi(DirectedBias):
    """Lowers each logit in proportion to the distance between query and key.

    With slopes m_h = 2 ** (-8h / H) for h = 1..H (for H that is no power of two: those of the power
    below, then every second one of the power above), query i and key j get, by `direction`:

    - `"split"`: -m_h |i - j|, and the first, third, ... head only sees keys up to the query, the
      second, fourth, ... only keys from the query on. The two of a pair share a slope: those of
      half as many heads.
    - `"asymmetric"`: -m_h |i - j - 1/2| for j < i, otherwise -m_h |i - j|. Keys before the query
      count half a token nearer. A weak hint of the direction: few texts do not suffice to learn
      from it.
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
        super().__init__(num_heads, direction, **kwargs)

    def penalty(self, query_positions, key_positions):
        return distances(query_positions, key_positions) * -self.per_head(alibi_slopes)


def alibi_slopes(num_heads):
    """Returns one slope per head, [H] float32, for any number of heads."""
    below = 2 ** math.floor(math.log2(num_heads))
    slopes = [2.0 ** (-8.0 * h / below) for h in range(1, below + 1)]
    slopes += [2.0 ** (-4.0 * h / below) for h in range(1, 2 * below, 2)][: num_heads - below]
    return np.array(slopes, dtype="float32")
