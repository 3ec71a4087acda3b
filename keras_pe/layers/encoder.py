"""A Transformer encoder that owns its positional encoding."""

import keras

from keras_pe.layers.encoder_block import EncoderBlock
from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.position.sources import PositionSource


@keras.saving.register_keras_serializable(package="keras_pe")
class TransformerEncoder(keras.layers.Layer):
    """Turns token vectors into vectors that know the whole text and the order of its words.

    Positions are found once by `position_source` and serve all blocks; the encoding acts on the
    embeddings, inside the attention of every block, or both. The encoder owns the encoding and
    alone saves it: all blocks share its weights. Pre-norm blocks, and a normalisation at the end.

    Args:
        num_layers: int. Blocks.
        num_heads: int. Must divide the features of the input.
        intermediate_dim: int. Inner width of the feed-forward parts.
        position: A `PositionEncoding`; None for no positions.
        position_source: A `PositionSource`; None for positions counted from the mask.
        dropout: float in [0, 1). On the embeddings and on the residual branches.
        activation: Of the feed-forward parts.
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
        ValueError: If `num_layers` is below 1 or `num_heads` does not divide D.

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
        **kwargs,
    ):
        super().__init__(autocast=False, **kwargs)
        if num_layers < 1:
            raise ValueError(f"`num_layers` must be at least 1. Received: num_layers={num_layers}")
        self.supports_masking = True
        policy = {"dtype": self.dtype_policy}
        self.position = PositionEncoding(**policy) if position is None else position
        self.position_source = PositionSource() if position_source is None else position_source
        self.input_dropout = keras.layers.Dropout(dropout, name="input_dropout", **policy)
        # An encoding of the embeddings has nothing to do inside attention.
        inside = self.position if self.position.acts_in_attention else None
        self.blocks = [
            EncoderBlock(
                num_heads,
                intermediate_dim,
                position=inside,
                dropout=dropout,
                activation=activation,
                name=f"block_{index}",
                **policy,
            )
            for index in range(num_layers)
        ]
        self.norm = keras.layers.LayerNormalization(name="norm", **policy)

    def build(self, inputs_shape):
        # An encoding that came with a loaded model is built already.
        if not self.position.built:
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
        positions = self.position_source(
            inputs, positions=positions, mask=mask, segment_ids=segment_ids
        )
        tokens = self.position(inputs, positions=positions, mask=mask)
        tokens = self.input_dropout(tokens, training=training)
        for block in self.blocks:
            tokens = block(
                tokens,
                positions=positions,
                mask=mask,
                segment_ids=segment_ids,
                training=training,
            )
        return self.norm(tokens)

    def compute_output_shape(self, inputs_shape):
        return inputs_shape

    def get_config(self):
        block = self.blocks[0].get_config()
        shared = ("num_heads", "intermediate_dim", "dropout", "activation")
        return {
            **super().get_config(),
            "num_layers": len(self.blocks),
            **{name: block[name] for name in shared},
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
