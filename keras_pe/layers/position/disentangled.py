"""Trained vectors for distances: queries look for near keys, and keys for near queries."""

import math

import keras
import numpy as np
from keras import ops

from keras_pe.layers.position.another_draw import another_draw
from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.position.by_distance import ByDistance
from keras_pe.layers.position.heads import check_num_heads


@keras.saving.register_keras_serializable(package="keras_pe")
class DisentangledPosition(PositionEncoding):
    """Adds how much a query looks for a distance, and how much a key does (DeBERTa).

    The logit of query i and key j is (q_i . k_j + q_i . a_r + k_j . b_r) / sqrt(3 d), with the row
    r of the distance i - j. Of n = `position_buckets` rows a side, the nearest n / 2 distances have
    one each; further ones share them, logarithmically up to `max_distance`, and all beyond look
    alike. Sees direction. `rotate` divides queries by sqrt(3), for the first term.

    Buckets are those of DeBERTa v2 and v3. Unlike there, each head's vectors a and b are weights
    themselves, and not one table projected with the matrices of the content; with the projected
    table as weights the two are equal. Distances are rounded to the nearest whole token, halves to
    the even one. Acts inside attention; an LSTM cannot use it.

    Args:
        num_heads: int. Heads of the attention it acts in.
        position_buckets: int, n. Even, at least 4.
        max_distance: int, in tokens. Above `position_buckets` / 2 + 1.
        initializer: Of the tables of a and b, [2n, D] each.
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If an argument is out of range or the attention has another number of heads.

    Example:
        >>> encoding = DisentangledPosition(num_heads=2, position_buckets=8, max_distance=16)
        >>> keras.ops.convert_to_numpy(encoding.rows(keras.ops.arange(-9.0, 10.0, 3.0))).tolist()
        [14, 13, 11, 8, 5, 3, 2]

    Source: He et al. (2020), section 3, https://arxiv.org/abs/2006.03654; the buckets:
        https://github.com/microsoft/DeBERTa
    """

    def __init__(
        self,
        num_heads,
        position_buckets=256,
        max_distance=512,
        initializer="glorot_uniform",
        **kwargs,
    ):
        super().__init__(**kwargs)
        if num_heads < 1:
            raise ValueError(f"`num_heads` must be at least 1. Received: num_heads={num_heads}")
        if position_buckets < 4 or position_buckets % 2:
            raise ValueError(
                "`position_buckets` must be even and at least 4. "
                f"Received: position_buckets={position_buckets}"
            )
        if max_distance <= position_buckets // 2 + 1:
            raise ValueError(
                f"`max_distance` must be above {position_buckets // 2 + 1}, up to where each "
                f"distance has a row of its own. Received: max_distance={max_distance}, "
                f"position_buckets={position_buckets}"
            )
        self.num_heads = num_heads
        self.position_buckets = position_buckets
        self.max_distance = max_distance
        self.initializer = keras.initializers.get(initializer)
        self._buckets = log_buckets(position_buckets, max_distance)

    def check_heads(self, num_heads, head_dim):
        check_num_heads(self, num_heads)

    def build(self, embeddings_shape):
        again = another_draw(self.initializer)
        self.key_table = self._table("key_table", embeddings_shape[-1], self.initializer)
        self.query_table = self._table("query_table", embeddings_shape[-1], again)
        self.built = True

    def _table(self, name, dim, initializer):
        shape = (2 * self.position_buckets, dim)
        return self.add_weight(shape=shape, initializer=initializer, autocast=False, name=name)

    def rows(self, distances):
        """Returns the row of each distance key - query, int32, of the same shape."""
        far = ops.cast(
            ops.minimum(ops.abs(ops.round(distances)), float(self.max_distance)), "int32"
        )
        buckets = ops.take(ops.convert_to_tensor(self._buckets), far, axis=0)
        side = self.position_buckets
        return side + ops.where(distances < 0, ops.minimum(buckets, side - 1), -buckets)

    def prepare(self, query_positions, key_positions, head_dim, same_text=None, consecutive=False):
        return (
            ByDistance(self.rows, query_positions, key_positions, consecutive),
            ByDistance(lambda back: self.rows(-back), key_positions, query_positions, consecutive),
        )

    def rotate(self, queries, keys, tables):
        shared = ops.cast(queries, "float32") / math.sqrt(3.0)
        return ops.cast(shared, queries.dtype), keys

    def bias(self, queries, keys, tables):
        to_keys, to_queries = tables
        head_dim = queries.shape[-1]
        found = to_keys.scores(queries, self._per_head(self.key_table, head_dim))
        back = to_queries.scores(keys, self._per_head(self.query_table, head_dim))
        return (found + ops.transpose(back, (0, 1, 3, 2))) / math.sqrt(3.0 * head_dim)

    def _per_head(self, table, head_dim):
        return ops.reshape(ops.cast(table, "float32"), (-1, self.num_heads, head_dim))

    def get_config(self):
        return {
            **super().get_config(),
            "num_heads": self.num_heads,
            "position_buckets": self.position_buckets,
            "max_distance": self.max_distance,
            "initializer": keras.initializers.serialize(self.initializer),
        }


def log_buckets(position_buckets, max_distance):
    """Returns the bucket of each distance from 0 to `max_distance`, [max_distance + 1] int32."""
    distances = np.arange(max_distance + 1, dtype="float64")
    own = position_buckets // 2
    steps = np.log(np.maximum(distances, own) / own) / math.log((max_distance - 1) / own)
    # In float64, and no rounding error makes a whole step one step more.
    wide = own + np.ceil(steps * (own - 1) - 1e-9)
    found = np.where(distances <= own, distances, wide)
    return np.minimum(found, position_buckets).astype("int32")
