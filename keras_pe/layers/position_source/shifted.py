"""Positions that start anywhere, in training."""

import keras
from keras import ops

from keras_pe.layers.position_source.transform import PositionTransform


@keras.saving.register_keras_serializable(package="keras_pe")
class ShiftedPositions(PositionTransform):
    """Starts each text of a training batch at a random position, so that none stays unseen.

    p + k with one k per row, drawn evenly from the whole numbers 0..max_shift, in training; p
    otherwise. An absolute encoding becomes nearly relative. No effect on an encoding that reads
    distances alone. All texts of a packed row share their shift.

    Args:
        max_shift: int. Largest shift, in tokens.
        source: A `PositionSource`; None for counted positions.
        seed: int; None for one drawn by Keras.
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If `max_shift` is below 1.

    Example:
        >>> positions = ShiftedPositions(max_shift=100, seed=0)(ops.zeros((2, 3)), training=True)
        >>> ops.convert_to_numpy(positions[:, 1:] - positions[:, :-1]).tolist()
        [[1.0, 1.0], [1.0, 1.0]]

    Source: Kiyono et al. (2021), section 3, https://arxiv.org/abs/2109.05644
    """

    def __init__(self, max_shift=100, source=None, seed=None, **kwargs):
        super().__init__(source, **kwargs)
        if max_shift < 1:
            raise ValueError(f"`max_shift` must be at least 1. Received: max_shift={max_shift}")
        self.max_shift = max_shift
        self.seed = seed
        self.seed_generator = keras.random.SeedGenerator(seed)

    def move(self, positions, last, batch_size, training):
        if not training:
            return positions
        shift = keras.random.randint(
            (batch_size, 1), 0, self.max_shift + 1, seed=self.seed_generator
        )
        return positions + ops.cast(shift, "float32")

    def get_config(self):
        return {**super().get_config(), "max_shift": self.max_shift, "seed": self.seed}
