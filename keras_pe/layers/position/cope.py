"""Distances counted in tokens that matter to the query."""

import math

import keras
from keras import ops

from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.position.heads import check_num_heads


@keras.saving.register_keras_serializable(package="keras_pe")
class CoPE(PositionEncoding):
    """Adds to each logit what the query makes of the distance, counted in tokens it lets count.

    Query i opens a gate g_ik = sigmoid(q_i . k_k / sqrt(d)) for each token k; key j stands at p_ij,
    the sum of the gates from j to i, both included, and at most `max_position` - 1. Its logit gets
    q_i . e[p_ij], between whole numbers the mean of the neighbours' products by nearness. One table
    e for all heads. The gate reads the scaled logit, as in the authors' code, and not q_i . k_k as
    in their formula. The paper is causal; for keys after the query we sum the gates from i to j,
    and they have a table of their own. In causal attention nothing is left of that.

    Tokens must stand in the row in the order of their text: of positions only the order is read.
    Gates of keys that the query may not see count 0. Acts inside attention; an LSTM cannot use it.
    No longest text. Makes B * H * T * T gates, and gathers as many numbers.

    Args:
        num_heads: int. Heads of the attention it acts in.
        max_position: int, in tokens that count. Vectors per side.
        initializer: Of the tables of both sides, [2 * max_position, d].
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If an argument is out of range or the attention has another number of heads.

    Example:
        >>> positions = keras.ops.arange(3.0)[None]
        >>> heads = keras.ops.ones((1, 3, 2, 4))
        >>> cope = CoPE(num_heads=2)
        >>> cope.build((None, None, 8))
        >>> bias = cope.bias(heads, heads, cope.prepare(positions, positions, head_dim=4))
        >>> tuple(bias.shape)
        (1, 2, 3, 3)

    Source: Golovneva et al. (2024), section 4 and appendix B, https://arxiv.org/abs/2405.18719
    """

    def __init__(self, num_heads, max_position=64, initializer="glorot_uniform", **kwargs):
        super().__init__(**kwargs)
        if num_heads < 1:
            raise ValueError(f"`num_heads` must be at least 1. Received: num_heads={num_heads}")
        if max_position < 2:
            raise ValueError(
                f"`max_position` must be at least 2. Received: max_position={max_position}"
            )
        self.num_heads = num_heads
        self.max_position = max_position
        self.initializer = keras.initializers.get(initializer)

    @property
    def reads_positions(self):
        return False

    def check_heads(self, num_heads, head_dim):
        check_num_heads(self, num_heads)

    def build(self, embeddings_shape):
        self.table = self.add_weight(
            shape=(2 * self.max_position, embeddings_shape[-1] // self.num_heads),
            initializer=self.initializer,
            autocast=False,
            name="table",
        )
        self.built = True

    def prepare(self, query_positions, key_positions, head_dim, same_text=None, consecutive=False):
        after = key_positions[:, None, None, :] - query_positions[:, None, :, None]
        return same_text, after <= 0, after >= 0

    def bias(self, queries, keys, tables):
        queries, keys = (
            ops.transpose(ops.cast(heads, "float32"), (0, 2, 1, 3)) for heads in (queries, keys)
        )
        logits = ops.matmul(queries, ops.transpose(keys, (0, 1, 3, 2)))
        gates = ops.sigmoid(logits / math.sqrt(queries.shape[-1]))
        same_text, up_to, from_on = tables
        gates = gates if same_text is None else ops.where(same_text, gates, 0.0)
        return self._look_up(queries, self._places(gates, up_to, from_on), up_to)

    def _places(self, gates, up_to, from_on):
        """Returns p_ij, [B, H, Tq, Tk]."""
        # Two sums, each from the query outwards: differences of one long sum would lose digits.
        before = ops.flip(ops.where(up_to, gates, 0.0), axis=-1)
        before = ops.flip(ops.cumsum(before, axis=-1), axis=-1)
        after = ops.cumsum(ops.where(from_on, gates, 0.0), axis=-1)
        return ops.minimum(ops.where(up_to, before, after), self.max_position - 1.0)

    def _look_up(self, queries, places, up_to):
        """Returns q_i . e[p_ij], [B, H, Tq, Tk]."""
        whole = ops.minimum(ops.floor(places), self.max_position - 2.0)
        rows = ops.cast(whole, "int32") + ops.where(up_to, 0, self.max_position)
        scores = ops.matmul(queries, ops.transpose(ops.cast(self.table, "float32")))
        steps = ops.concatenate([scores[..., 1:] - scores[..., :-1], scores[..., -1:]], axis=-1)
        # One gather for both: the numbers of a row, and how far it is to those of the next.
        pairs = ops.reshape(ops.stack([scores, steps], axis=-1), (-1, 2))
        batch, heads, length = ops.shape(queries)[:3]
        first = ops.arange(batch * heads * length, dtype="int32") * (2 * self.max_position)
        found = ops.take(pairs, ops.reshape(first, (batch, heads, length, 1)) + rows, axis=0)
        return found[..., 0] + (places - whole) * found[..., 1]

    def get_config(self):
        return {
            **super().get_config(),
            "num_heads": self.num_heads,
            "max_position": self.max_position,
            "initializer": keras.initializers.serialize(self.initializer),
        }
