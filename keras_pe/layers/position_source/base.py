"""The interface of every position source."""

import keras

from keras_pe.layers.position_source.counted import token_positions


@keras.saving.register_keras_serializable(package="keras_pe")
class PositionSource(keras.layers.Layer):
    """Gives each token its position: given, counted in its segment or from the mask, or the index.

    The source `counted`. Sources that draw, shift or squeeze positions are `PositionTransform`s;
    each works with every encoding that reads positions, and with an LSTM.

    Args:
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        tokens: [B, T] or [B, T, D]. Only its shape is used.
        positions: [B or 1, T] or [T], int or float; optional. Used as they are.
        mask: [B, T], bool, True where a token is; optional. Taken from `tokens` if Keras knows it.
        segment_ids: [B, T], int; optional. Neighbours with the same number belong to one text.

    Returns:
        [B or 1, T], float32.

    Example:
        >>> left_padded = keras.ops.array([[False, True, True]])
        >>> positions = PositionSource()(keras.ops.zeros((1, 3)), mask=left_padded)
        >>> keras.ops.convert_to_numpy(positions).tolist()
        [[0.0, 0.0, 1.0]]
    """

    def __init__(self, **kwargs):
        super().__init__(autocast=False, **kwargs)
        self.supports_masking = True

    # Keras hands over the mask of `tokens` as `mask` where they are the only tensor among the
    # arguments, and as `tokens_mask` where there are more. So do the other layers here.
    def call(self, tokens, positions=None, mask=None, segment_ids=None, tokens_mask=None):
        mask = tokens_mask if mask is None else mask
        return token_positions(tokens, positions=positions, mask=mask, segment_ids=segment_ids)

    def compute_output_spec(self, tokens, *args, **kwargs):
        return keras.KerasTensor(tokens.shape[:2], dtype="float32")

    # The one that Keras makes up refuses a `dtype` that is a policy and not its name.
    def get_config(self):
        return super().get_config()
