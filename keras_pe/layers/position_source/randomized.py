"""Positions drawn from a range much longer than the texts."""

import keras
from keras import ops

from keras_pe.layers.position_source.transform import PositionTransform

INFERENCE = ("evenly_spaced", "identity", "random")


@keras.saving.register_keras_serializable(package="keras_pe")
class RandomizedPositions(PositionTransform):
    """Gives the tokens of a training text random positions in ascending order.

    A text of n tokens gets n different whole numbers of 0..max_position - 1, sorted, with every set
    as likely as any other: so a model meets, from short texts, all positions and distances of long
    ones. Drawn for every row anew; the texts of a packed row read one draw, made for the longest.
    At inference, by `inference`:

    - `"evenly_spaced"`: token k at k (max_position - 1) / (n - 1), rounded: far apart, as in
      training.
    - `"identity"`: token k at k.
    - `"random"`: drawn as in training, as the paper does; answers differ from call to call.

    Texts longer than `max_position` count on from its end. Needs whole positions to begin with.

    Args:
        max_position: int, at least 2. Positions there are; more than the longest text has tokens.
        inference: One of the three above.
        source: A `PositionSource`; None for counted positions.
        seed: int; None for one drawn by Keras.
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If `max_position` is below 2 or `inference` is unknown.

    Example:
        >>> positions = RandomizedPositions(max_position=9)(ops.zeros((1, 5)))
        >>> ops.convert_to_numpy(positions).tolist()
        [[0.0, 2.0, 4.0, 6.0, 8.0]]

    Source: Ruoss et al. (2023), section 3, https://arxiv.org/abs/2305.16843
    """

    def __init__(
        self, max_position=2048, inference="evenly_spaced", source=None, seed=None, **kwargs
    ):
        super().__init__(source, **kwargs)
        if max_position < 2:
            raise ValueError(
                f"`max_position` must be at least 2. Received: max_position={max_position}"
            )
        if inference not in INFERENCE:
            raise ValueError(
                f"`inference` must be one of: {', '.join(INFERENCE)}. "
                f"Received: inference={inference!r}"
            )
        self.max_position = max_position
        self.inference = inference
        self.seed = seed
        self.seed_generator = keras.random.SeedGenerator(seed)

    def move(self, positions, last, batch_size, training):
        if training or self.inference == "random":
            return self._drawn(positions, last, batch_size)
        if self.inference == "identity":
            return positions
        step = (self.max_position - 1.0) / ops.maximum(last, 1.0)
        return ops.round(positions * ops.maximum(step, 1.0))

    def _drawn(self, positions, last, batch_size):
        count = ops.cast(ops.max(last, axis=1, keepdims=True), "int32") + 1
        drawn = self._draw(count, batch_size)
        end = self.max_position - 1
        index = ops.cast(ops.floor(positions), "int32")
        index = ops.broadcast_to(index, (batch_size, ops.shape(positions)[1]))
        found = ops.take_along_axis(drawn, ops.clip(index, 0, end), axis=1)
        return ops.cast(found + ops.maximum(index - end, 0), "float32")

    def _draw(self, count, batch_size):
        """Returns [B, max_position], int32: `count` sorted positions in each row, then the rest."""
        keys = keras.random.uniform((batch_size, self.max_position), seed=self.seed_generator)
        # A number of the row is in the sample if fewer than `count` have smaller keys.
        rank = ops.argsort(ops.argsort(keys, axis=1), axis=1)
        slots = ops.arange(self.max_position, dtype="int32")[None]
        is_drawn = ops.cast(rank, "int32") < count
        return ops.sort(ops.where(is_drawn, slots, slots + self.max_position), axis=1)

    def get_config(self):
        return {
            **super().get_config(),
            "max_position": self.max_position,
            "inference": self.inference,
            "seed": self.seed,
        }
