"""The interface of every positional encoding."""

import keras

from keras_pe.layers.position_source.counted import token_positions


@keras.saving.register_keras_serializable(package="keras_pe")
class PositionEncoding(keras.layers.Layer):
    """Tells a model where its tokens stand; this base class tells it nothing: the encoding `none`.

    An encoding acts at one or more of these places, and overrides the method of that place:

    - `add(embeddings, positions)`: on the token vectors, before any encoder, also before an LSTM.
    - `rotate(queries, keys, tables)`: on queries and keys, before their product.
    - `bias(queries, keys, tables)`: on the logits, once they are scaled.
    - `mix(weights, tables)`: on what attention brings back.

    What needs positions alone is computed by `prepare`, once per forward pass for all blocks; the
    other three are called in every block. Without positions a Transformer encoder is a bag of
    words: it cannot see order. Positions are float32 and so is all arithmetic on them, whatever the
    dtype policy; results are rounded once. A weight of an encoding needs
    `add_weight(autocast=False)` for that.

    Letters in shapes: B batch, T tokens (Tq of queries, Tk of keys), D features, H heads, d
    features per head.

    Args:
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        embeddings: [B, T, D], float. Token vectors.
        positions: [B or 1, T], int or float; optional. Where the tokens stand, counted from 0.
            Default: the count of real tokens before each, so that padding on either side changes
            nothing.
        mask: [B, T], bool, True where a token is; optional. Taken from `embeddings` if Keras knows
            it.

    Returns:
        [B, T, D], the compute dtype. The Keras mask is passed on.

    Example:
        >>> tuple(PositionEncoding()(keras.ops.ones((1, 3, 4))).shape)
        (1, 3, 4)
    """

    def __init__(self, **kwargs):
        # Autocast would round float positions to the compute dtype before any arithmetic.
        super().__init__(autocast=False, **kwargs)
        self.supports_masking = True

    @property
    def acts_on_embeddings(self):
        """Whether the encoding changes the token vectors themselves."""
        return type(self).add is not PositionEncoding.add

    @property
    def acts_in_attention(self):
        """Whether the encoding needs attention to act in."""
        return self._overrides("rotate", "bias", "mix")

    @property
    def needs_logits(self):
        """Whether it needs the logits or the weights of attention, which a fused kernel hides."""
        return self._overrides("bias", "mix")

    def _overrides(self, *hooks):
        return any(getattr(type(self), h) is not getattr(PositionEncoding, h) for h in hooks)

    @property
    def reads_positions(self):
        """Whether it matters where the tokens stand, and not only in which order."""
        return self.acts_on_embeddings or self.acts_in_attention

    @property
    def reads_distances_only(self):
        """Whether a common shift of all positions changes nothing."""
        return self.reads_positions and not self.acts_on_embeddings

    @property
    def reads_text_length(self):
        """Whether what happens to a token depends on how long its text is."""
        return False

    @property
    def adds_later_tokens(self):
        """Whether a token vector gets something of tokens after it, so that none can be causal."""
        return False

    def add(self, embeddings, positions):
        """Returns the token vectors with their positions in them.

        Args:
            embeddings: [B, T, D], float32.
            positions: [B or 1, T], float32.

        Returns:
            [B, T, D], float32.
        """
        return embeddings

    def prepare(self, query_positions, key_positions, head_dim, same_text=None, consecutive=False):
        """Returns what the methods below need to know of the positions.

        Args:
            query_positions: [B or 1, Tq], float32. 1 where all rows share their positions.
            key_positions: [B or 1, Tk], float32. The same object in self-attention.
            head_dim: int. d.
            same_text: [B or 1, 1, Tq or 1, Tk], bool, True where the key is a token of the query's
                text, though a causal attention may not look there; None if all are.
            consecutive: bool. Whether positions go up in steps of 1, those of the queries and those
                of the keys, the same in every row: then there are only Tq + Tk - 1 distances.

        Returns:
            Whatever the encoding likes: `tables`.
        """
        return None

    def rotate(self, queries, keys, tables):
        """Returns queries and keys with their positions in them.

        The product is scaled by 1 / sqrt(d) of the heads that come in, whatever goes out.

        Args:
            queries: [B, Tq, H, d], the compute dtype.
            keys: [B, Tk, H, d], the compute dtype.
            tables: What `prepare` returned.

        Returns:
            [B, Tq, H, d'] and [B, Tk, H, d'], the dtype of what came in.
        """
        return queries, keys

    def bias(self, queries, keys, tables):
        """Returns what is added to the scaled logits, or None.

        Args:
            queries: [B, Tq, H, d], the compute dtype, not rotated.
            keys: [B, Tk, H, d], the compute dtype, not rotated.
            tables: What `prepare` returned.

        Returns:
            [B or 1, H, Tq, Tk], float32; or None.
        """
        return None

    def mix(self, weights, tables):
        """Returns what is added to the values that each query brings back, or None.

        Args:
            weights: [B, H, Tq, Tk], float32. How much of each key a query takes.
            tables: What `prepare` returned.

        Returns:
            [B, H, Tq, d], float32; or None.
        """
        return None

    def check_heads(self, num_heads, head_dim):
        """Raises `ValueError` if the encoding cannot act on such heads.

        Attention asks when it is built, so that a model that cannot work is refused before it runs.

        Args:
            num_heads: int. H.
            head_dim: int. d.
        """

    def call(self, embeddings, positions=None, mask=None):
        if not self.acts_on_embeddings:
            return keras.ops.cast(embeddings, self.compute_dtype)
        positions = token_positions(embeddings, positions=positions, mask=mask)
        added = self.add(keras.ops.cast(embeddings, "float32"), positions)
        return keras.ops.cast(added, self.compute_dtype)

    def compute_output_shape(self, embeddings_shape):
        return embeddings_shape

    # The one that Keras makes up refuses a `dtype` that is a policy and not its name.
    def get_config(self):
        return super().get_config()
