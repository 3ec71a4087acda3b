"""A trained vector for each distance, added to the keys and to the values."""

import math

import keras
from keras import ops

from keras_pe.layers.position.another_draw import another_draw
from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.position.by_distance import ByDistance
from keras_pe.layers.position.heads import check_num_heads


@keras.saving.register_keras_serializable(package="keras_pe")
class ShawRelativePosition(PositionEncoding):
    """Adds to each key, and to each value, a trained vector of how far it is from the query.

    Query i finds at key j the logit q_i . (k_j + a_c) / sqrt(d) and takes v_j + b_c from it, with
    c = clip(j - i, -K, K). One table of 2K + 1 vectors for keys and one for values, shared by all
    heads. Sees direction. All distances past K look alike. Distances are rounded to the nearest
    whole token, halves to the even one; the paper has whole ones only. Acts inside attention, on
    the logits and on what it brings back; an LSTM cannot use it.

    Args:
        num_heads: int. Heads of the attention it acts in.
        max_distance: int, in tokens. K.
        values: bool. Whether values get a vector too.
        initializer: Of both tables, [2K + 1, d].
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If an argument is out of range or the attention has another number of heads.

    Example:
        >>> shaw = ShawRelativePosition(num_heads=2, max_distance=2)
        >>> keras.ops.convert_to_numpy(shaw.rows(keras.ops.arange(-3.0, 4.0))).tolist()
        [0, 0, 1, 2, 3, 4, 4]

    Source: Shaw et al. (2018), section 3, https://arxiv.org/abs/1803.02155
    """

    def __init__(
        self,
        num_heads,
        max_distance=16,
        values=True,
        initializer="glorot_uniform",
        **kwargs,
    ):
        super().__init__(**kwargs)
        for name, size in (("num_heads", num_heads), ("max_distance", max_distance)):
            if size < 1:
                raise ValueError(f"`{name}` must be at least 1. Received: {name}={size}")
        self.num_heads = num_heads
        self.max_distance = max_distance
        self.values = values
        self.initializer = keras.initializers.get(initializer)

    def check_heads(self, num_heads, head_dim):
        check_num_heads(self, num_heads)

    def build(self, embeddings_shape):
        head_dim = embeddings_shape[-1] // self.num_heads
        self.key_table = self._table("key_table", head_dim, self.initializer)
        if self.values:
            again = another_draw(self.initializer)
            self.value_table = self._table("value_table", head_dim, again)
        self.built = True

    def _table(self, name, head_dim, initializer):
        shape = (2 * self.max_distance + 1, head_dim)
        return self.add_weight(shape=shape, initializer=initializer, autocast=False, name=name)

    def rows(self, distances):
        """Returns the row of each distance key - query, int32, of the same shape."""
        furthest = float(self.max_distance)
        return ops.cast(ops.clip(ops.round(distances), -furthest, furthest) + furthest, "int32")

    def prepare(self, query_positions, key_positions, head_dim, same_text=None, consecutive=False):
        return ByDistance(self.rows, query_positions, key_positions, consecutive)

    def bias(self, queries, keys, tables):
        table = ops.cast(self.key_table, "float32")[:, None]
        return tables.scores(queries, table) / math.sqrt(queries.shape[-1])

    def mix(self, weights, tables):
        if not self.values:
            return None
        return tables.mix(weights, ops.cast(self.value_table, "float32"))

    def get_config(self):
        return {
            **super().get_config(),
            "num_heads": self.num_heads,
            "max_distance": self.max_distance,
            "values": self.values,
            "initializer": keras.initializers.serialize(self.initializer),
        }
