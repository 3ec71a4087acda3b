"""The interface of sources that move the positions of another source."""

import keras
from keras import ops

from keras_pe.layers.position_source.base import PositionSource


@keras.saving.register_keras_serializable(package="keras_pe")
class PositionTransform(PositionSource):
    """Takes the positions of another source and moves them; this base class leaves them there.

    Subclasses override `move`. Positions are float32.

    Args:
        source: A `PositionSource`, which may be a transform itself; None for counted positions.
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        tokens: [B, T] or [B, T, D]. Only its shape is used.
        positions: [B or 1, T] or [T], int or float; optional. Moved instead of counted ones.
        mask: [B, T], bool, True where a token is; optional. Taken from `tokens` if Keras knows it.
        segment_ids: [B, T], int; optional. Neighbours with the same number belong to one text.
        training: bool. Whether what is random in training is drawn.

    Returns:
        [B or 1, T], float32. 1 where all rows share their positions.
    """

    def __init__(self, source=None, **kwargs):
        super().__init__(**kwargs)
        self.source = PositionSource() if source is None else source

    def call(
        self,
        tokens,
        positions=None,
        mask=None,
        segment_ids=None,
        training=False,
        tokens_mask=None,
    ):
        mask = tokens_mask if mask is None else mask
        positions = self.source(tokens, positions=positions, mask=mask, segment_ids=segment_ids)
        last = _last_positions(positions, mask, segment_ids)
        return self.move(positions, last, ops.shape(tokens)[0], training)

    def move(self, positions, last, batch_size, training):
        """Returns where the tokens stand now.

        Args:
            positions: [B or 1, T], float32.
            last: [B or 1, T or 1], float32. The largest position of the text of each token.
            batch_size: int or scalar tensor. B.
            training: bool.

        Returns:
            [B or 1, T], float32.
        """
        return positions

    def get_config(self):
        return {
            **super().get_config(),
            "source": keras.saving.serialize_keras_object(self.source),
        }

    @classmethod
    def from_config(cls, config):
        source = keras.saving.deserialize_keras_object(config.get("source"))
        return cls(**{**config, "source": source})


def _last_positions(positions, mask, segment_ids):
    """Returns the largest position of the text of each token, [B or 1, T or 1]."""
    if mask is not None:
        positions = ops.where(ops.cast(mask, "bool"), positions, 0.0)
    if segment_ids is None:
        return ops.max(positions, axis=1, keepdims=True)
    same = ops.equal(segment_ids[:, :, None], segment_ids[:, None, :])
    return ops.max(ops.where(same, positions[:, None, :], 0.0), axis=2)
