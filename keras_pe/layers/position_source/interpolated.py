"""Positions squeezed into a trained range."""

import keras
from keras import ops

from keras_pe.layers.position_source.transform import PositionTransform


@keras.saving.register_keras_serializable(package="keras_pe")
class InterpolatedPositions(PositionTransform):
    """Squeezes positions so that long texts stay within the positions a model was trained on.

    Every position is divided by `factor`; and with `max_length`, texts that still reach further are
    squeezed, each by its own last position e, to p (max_length - 1) / e. Positions become
    fractions; encodings of whole positions round them. Training and inference alike.

    Args:
        factor: float above 0.
        max_length: int, at least 2, in tokens; None for no limit.
        source: A `PositionSource`; None for counted positions.
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If an argument is out of range, or nothing would be squeezed.

    Example:
        >>> positions = InterpolatedPositions(max_length=3)(ops.zeros((1, 5)))
        >>> ops.convert_to_numpy(positions).tolist()
        [[0.0, 0.5, 1.0, 1.5, 2.0]]

    Source: Chen et al. (2023), section 2.3, https://arxiv.org/abs/2306.15595
    """

    def __init__(self, factor=1.0, max_length=None, source=None, **kwargs):
        super().__init__(source, **kwargs)
        if factor <= 0:
            raise ValueError(f"`factor` must be above 0. Received: factor={factor}")
        if max_length is not None and max_length < 2:
            raise ValueError(f"`max_length` must be at least 2. Received: max_length={max_length}")
        if factor == 1 and max_length is None:
            raise ValueError(
                "`factor` must not be 1 where `max_length` is None: nothing would be squeezed. "
                f"Received: factor={factor}, max_length=None"
            )
        self.factor = factor
        self.max_length = max_length

    def move(self, positions, last, batch_size, training):
        positions, last = positions / self.factor, last / self.factor
        if self.max_length is None:
            return positions
        end = float(self.max_length - 1)
        return ops.where(last > end, positions * (end / ops.maximum(last, 1.0)), positions)

    def get_config(self):
        return {**super().get_config(), "factor": self.factor, "max_length": self.max_length}
