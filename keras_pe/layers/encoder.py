"""A Transformer encoder that owns its positional encoding."""

import keras
from keras import ops

from keras_pe.layers.byte_dropout import ByteDropout
from keras_pe.layers.centred_normalization import CentredNormalization
from keras_pe.layers.encoder_block import EncoderBlock
from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.position_source.base import PositionSource
from keras_pe.layers.right_padding import to_right_padding
from keras_pe.layers.tokens import Tokens


@keras.saving.register_keras_serializable(package="keras_pe")
class TransformerEncoder(keras.layers.Layer):
    """Turns token vectors into vectors that know the whole text and the order of its words.

    Positions are found once by `position_source` and serve all blocks; the encoding acts on the
    embeddings, inside the attention of every block, or both. The encoder owns the encoding and
    alone saves it. Its tables are computed once per call; where nothing but a mask says where the
    tokens stand, padding is moved to the right first, so that all rows share them. Pre-norm blocks,
    and a normalisation at the end.

    Args:
        num_layers: int. Blocks.
        num_heads: int. Must divide the features of the input.
        intermediate_dim: int. Inner width of the feed-forward parts.
        position: A `PositionEncoding`; None for no positions.
        position_source: A `PositionSource`; None for positions counted from the mask.
        dropout: float in [0, 1). On the embeddings and on the residual branches.
        activation: Of the feed-forward parts.
        causal: bool. Whether a token sees only tokens that do not stand after it.
        log_n_scaling: float above 1, in tokens; None for none. As of `SelfAttention`.
        attention_window: int. Tokens that a token sees to each side; None for all. As of
            `SelfAttention`.
        query_chunk_size: int. As of `SelfAttention`: longer texts attend chunk by chunk.
        share_position: bool. Whether all blocks use the same weights of an encoding that acts
            inside attention, as T5 does; or each block a copy with weights of its own.
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        inputs: [B, T, D], float.
        positions: [B or 1, T], int or float; optional. Overrides the count of real tokens before
            each.
        mask: [B, T], bool, True where a token is; optional. Taken from `inputs` if Keras knows it.
        segment_ids: [B, T], int; optional. For rows packed with several texts, each with a number
            of its own: positions restart in each, and tokens see only tokens of their own text.

    Returns:
        [B, T, D], the compute dtype. The mask is passed on.

    Raises:
        ValueError: If `num_layers` is below 1, `num_heads` does not divide D, or the encoding does
            not go with `causal` or `share_position`.

    Example:
        >>> from keras_pe.layers import RotaryPositionEncoding
        >>> encoder = TransformerEncoder(num_layers=2, num_heads=2, intermediate_dim=16,
        ...                              position=RotaryPositionEncoding())
        >>> tuple(encoder(keras.ops.ones((1, 3, 8))).shape)
        (1, 3, 8)

    Source: Vaswani et al. (2017), https://arxiv.org/abs/1706.03762
    """

    def __init__(
        self,
        num_layers,
        num_heads,
        intermediate_dim,
        position=None,
        position_source=None,
        dropout=0.0,
        activation="relu",
        causal=False,
        log_n_scaling=None,
        share_position=True,
        attention_window=None,
        query_chunk_size=512,
        **kwargs,
    ):
        super().__init__(autocast=False, **kwargs)
        if num_layers < 1:
            raise ValueError(f"`num_layers` must be at least 1. Received: num_layers={num_layers}")
        self.supports_masking = True
        policy = {"dtype": self.dtype_policy}
        self.position = PositionEncoding(**policy) if position is None else position
        self.position_source = PositionSource() if position_source is None else position_source
        self.input_dropout = ByteDropout(dropout, name="input_dropout", **policy)
        self.share_position = share_position
        _check_position(self.position, causal, share_position)
        self.blocks = [
            EncoderBlock(
                num_heads,
                intermediate_dim,
                position=self._inside(),
                dropout=dropout,
                activation=activation,
                causal=causal,
                log_n_scaling=log_n_scaling,
                attention_window=attention_window,
                query_chunk_size=query_chunk_size,
                name=f"block_{index}",
                **policy,
            )
            for index in range(num_layers)
        ]
        self.norm = CentredNormalization(name="norm", **policy)

    def _inside(self):
        """Returns the encoding that one block uses."""
        # An encoding of the embeddings has nothing to do inside attention.
        if not self.position.acts_in_attention:
            return None
        if self.share_position:
            return self.position
        return type(self.position).from_config(self.position.get_config())

    def build(self, inputs_shape):
        # Where each block has a copy, the original needs no weights; one that came with a loaded
        # model is built already.
        if self.share_position and not self.position.built:
            self.position.build(inputs_shape)
        for block in self.blocks:
            block.build(inputs_shape)
        self.norm.build(inputs_shape)
        self.built = True

    def call(
        self,
        inputs,
        positions=None,
        mask=None,
        segment_ids=None,
        training=None,
        inputs_mask=None,
    ):
        mask = inputs_mask if mask is None else mask
        tokens, restore = inputs, None
        if mask is not None and positions is None and segment_ids is None:
            tokens, mask, restore = to_right_padding(tokens, mask)
        placed = self._placed(tokens, positions, mask, segment_ids, restore is not None)
        if self.position.acts_on_embeddings:
            tokens = self.position(tokens, positions=placed.positions, mask=mask)
        tokens = self.input_dropout(tokens, training=training)
        dim = tokens.shape[-1]
        shared = self.blocks[0].attention.sight(dim, placed) if self.share_position else None
        for block in self.blocks:
            sight = shared or block.attention.sight(dim, placed)
            tokens = block(tokens, sight=sight, training=training)
        tokens = self.norm(tokens)
        return tokens if restore is None else restore(tokens)

    def _placed(self, tokens, positions, mask, segment_ids, moved):
        """Returns the `Tokens`; `moved` says whether all padding is at the end."""
        index = ops.arange(ops.shape(tokens)[1], dtype="float32")[None]
        plain = moved or (positions is None and mask is None and segment_ids is None)
        positions = self.position_source(
            tokens, positions=index if moved else positions, mask=mask, segment_ids=segment_ids
        )
        if not plain:
            return Tokens.of(tokens, positions, mask, segment_ids)
        # A source of one's own may do anything to them.
        consecutive = type(self.position_source) is PositionSource
        return Tokens(positions, index, mask, consecutive=consecutive, contiguous=True)

    def compute_output_shape(self, inputs_shape):
        return inputs_shape

    def get_config(self):
        block = self.blocks[0].get_config()
        shared = (
            "num_heads",
            "intermediate_dim",
            "dropout",
            "activation",
            "causal",
            "log_n_scaling",
            "attention_window",
            "query_chunk_size",
        )
        return {
            **super().get_config(),
            "num_layers": len(self.blocks),
            **{name: block[name] for name in shared},
            "share_position": self.share_position,
            "position": keras.saving.serialize_keras_object(self.position),
            "position_source": keras.saving.serialize_keras_object(self.position_source),
        }

    @classmethod
    def from_config(cls, config):
        owned = {
            name: keras.saving.deserialize_keras_object(config.get(name))
            for name in ("position", "position_source")
        }
        return cls(**{**config, **owned})


def _check_position(position, causal, share_position):
    if causal and position.adds_later_tokens:
        raise ValueError(
            "`causal` must be False with an encoding that adds later tokens to earlier ones. "
            f"Received: causal=True, position={type(position).__name__}"
        )
    if not share_position and not position.acts_in_attention:
        raise ValueError(
            "`share_position` must be True where the encoding does not act inside attention. "
            f"Received: share_position=False, position={type(position).__name__}"
        )
