"""The interface of biases that only know how far a key is, and how they are told the direction."""

import numpy as np
from keras import ops

from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.position.heads import check_num_heads

# What a key gets that the head may not see: finite, so that no row of logits is all infinite.
CLOSED = -1e9
DIRECTIONS = ("split", "asymmetric", "symmetric", "causal")


class DirectedBias(PositionEncoding):
    """A bias made of the distance |i - j| alone, which is told the direction in one of four ways.

    - `"split"`: the first, third, ... head only sees keys up to the query, the second, fourth, ...
      only keys from the query on.
    - `"asymmetric"`: keys before the query count half a token nearer. A weak hint of the direction:
      few texts do not suffice to learn from it.
    - `"symmetric"`: both sides alike. Such a model with mean pooling cannot tell a text from its
      reverse.
    - `"causal"`: keys after the query are closed in every head.

    Subclasses override `penalty`.

    Args:
        num_heads: int. Heads of the attention it acts in; at least 2 for `"split"`.
        direction: One of the four above.
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If an argument is out of range.
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
        check_num_heads(self, num_heads)

    def penalty(self, query_positions, key_positions):
        """Returns what keys at these distances get, whatever their side.

        Args:
            query_positions: [B or 1, Tq], float32.
            key_positions: [B or 1, Tk], float32.

        Returns:
            [B or 1, H, Tq, Tk], float32.
        """
        raise NotImplementedError

    def prepare(self, query_positions, key_positions, head_dim, same_text=None, consecutive=False):
        penalty = self.penalty(query_positions, key_positions)
        if self.direction == "symmetric":
            return penalty
        after = key_positions[:, None, None, :] - query_positions[:, None, :, None]
        if self.direction == "asymmetric":
            return ops.where(after < 0, self.penalty(query_positions - 0.5, key_positions), penalty)
        sides = looking_left(self.num_heads) if self.direction == "split" else 1.0
        return ops.where(after * sides > 0, CLOSED, penalty)

    def bias(self, queries, keys, tables):
        return tables

    def per_head(self, values_of):
        """Returns one number per head, [1, H, 1, 1]; the two heads of a split pair share theirs.

        Args:
            values_of: function from a number of heads H to an array [H].
        """
        values = values_of(self.num_heads)
        if self.direction == "split":
            values = np.repeat(values_of((self.num_heads + 1) // 2), 2)[: self.num_heads]
        return ops.convert_to_tensor(values.astype("float32").reshape(1, -1, 1, 1))

    def get_config(self):
        config = super().get_config()
        return {**config, "num_heads": self.num_heads, "direction": self.direction}


def distances(query_positions, key_positions):
    """Returns |i - j|, [B or 1, 1, Tq, Tk], float32."""
    return ops.abs(key_positions[:, None, None, :] - query_positions[:, None, :, None])


def looking_left(num_heads):
    """Returns [1, H, 1, 1]: 1 for the heads that only look left, -1 for those that look right."""
    sides = np.where(np.arange(num_heads) % 2, -1.0, 1.0).astype("float32")
    return ops.convert_to_tensor(sides.reshape(1, -1, 1, 1))
