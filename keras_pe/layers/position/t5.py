"""A trained bias per bucket of distances."""

import math

import keras
from keras import ops

from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.position.distance_values import distance_values
from keras_pe.layers.position.heads import check_num_heads


@keras.saving.register_keras_serializable(package="keras_pe")
class T5RelativeBias(PositionEncoding):
    """Adds to each logit a trained number for the bucket that the distance falls into.

    Half of the n buckets are for keys up to the query, half for keys after it. In each half of
    m = n / 2, distances below m / 2 have a bucket of their own; from there on bucket
    m/2 + floor(ln(distance / (m/2)) / ln(max_distance / (m/2)) * m/2), at most m - 1: ever wider
    ones, and the last takes all from `max_distance` on. With `bidirectional=False` all n are for
    keys up to the query, and keys after it share the bucket of distance 0. One number per bucket
    and head. Sees direction. Unlike T5, logits are scaled by 1 / sqrt(d). Fractions of a token are
    rounded down. Acts inside attention; an LSTM cannot use it. No longest position, though all far
    distances look alike.

    Args:
        num_heads: int. Heads of the attention it acts in.
        num_buckets: int, n. At least 4, even if bidirectional.
        max_distance: int, in tokens. Above a quarter of `num_buckets` (half if not bidirectional).
        bidirectional: bool. Whether keys after the query are told apart.
        initializer: Of the numbers, [num_buckets, H].
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If an argument is out of range or the attention has another number of heads.

    Example:
        >>> bias = T5RelativeBias(num_heads=2, num_buckets=8, max_distance=16)
        >>> keras.ops.convert_to_numpy(bias.buckets(keras.ops.arange(-3.0, 4.0))).tolist()
        [2, 2, 1, 0, 5, 6, 6]

    Source: Raffel et al. (2019), section 2.1, https://arxiv.org/abs/1910.10683
    """

    def __init__(
        self,
        num_heads,
        num_buckets=32,
        max_distance=128,
        bidirectional=True,
        initializer="glorot_uniform",
        **kwargs,
    ):
        super().__init__(**kwargs)
        if num_heads < 1:
            raise ValueError(f"`num_heads` must be at least 1. Received: num_heads={num_heads}")
        if num_buckets < 4 or (bidirectional and num_buckets % 2):
            raise ValueError(
                "`num_buckets` must be at least 4, and even if bidirectional. "
                f"Received: num_buckets={num_buckets}, bidirectional={bidirectional}"
            )
        self.num_heads = num_heads
        self.num_buckets = num_buckets
        self.max_distance = max_distance
        self.bidirectional = bidirectional
        self.initializer = keras.initializers.get(initializer)
        if max_distance <= self._per_side // 2:
            raise ValueError(
                f"`max_distance` must be above {self._per_side // 2}, up to where each distance "
                f"has a bucket of its own. Received: max_distance={max_distance}, "
                f"num_buckets={num_buckets}"
            )

    @property
    def _per_side(self):
        return self.num_buckets // 2 if self.bidirectional else self.num_buckets

    def check_heads(self, num_heads, head_dim):
        check_num_heads(self, num_heads)

    def build(self, embeddings_shape):
        self.table = self.add_weight(
            shape=(self.num_buckets, self.num_heads),
            initializer=self.initializer,
            autocast=False,
            name="table",
        )
        self.built = True

    def buckets(self, distances):
        """Returns the bucket of each distance key - query, int32, of the same shape."""
        far = ops.floor(ops.abs(distances if self.bidirectional else ops.minimum(distances, 0.0)))
        own = self._per_side // 2
        steps = ops.log(ops.maximum(far, 1.0) / own) / math.log(self.max_distance / own)
        wide = own + ops.floor(steps * (self._per_side - own))
        found = ops.where(far < own, far, ops.minimum(wide, self._per_side - 1.0))
        if self.bidirectional:
            found = found + ops.where(distances >= 1, float(self._per_side), 0.0)
        return ops.cast(found, "int32")

    def prepare(self, query_positions, key_positions, head_dim, same_text=None, consecutive=False):
        return distance_values(self._values, query_positions, key_positions, consecutive)

    def bias(self, queries, keys, tables):
        return tables

    def _values(self, distances):
        return ops.take(ops.cast(self.table, "float32"), self.buckets(distances), axis=0)

    def get_config(self):
        return {
            **super().get_config(),
            "num_heads": self.num_heads,
            "num_buckets": self.num_buckets,
            "max_distance": self.max_distance,
            "bidirectional": self.bidirectional,
            "initializer": keras.initializers.serialize(self.initializer),
        }
