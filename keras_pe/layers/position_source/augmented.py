"""Positions that are shifted, jittered and stretched, in training."""

import math

import keras
from keras import ops

from keras_pe.layers.position_source.transform import PositionTransform


@keras.saving.register_keras_serializable(package="keras_pe")
class AugmentedPositions(PositionTransform):
    """Counts positions from the middle of a text, and moves and stretches them in training.

    (p - m + a + e_p) s, with m the middle of the text; in training a from U(-max_global_shift,
    max_global_shift) and s from exp(U(-ln max_global_scaling, ln max_global_scaling)) once per row,
    and e_p from U(-max_local_shift, max_local_shift) for each token; otherwise a = e_p = 0 and
    s = 1. Positions are fractions and half of them negative, which a learned table does not have. m
    is half the last position: the paper's mean, as long as positions are counted without gaps.

    Args:
        max_global_shift: float, at least 0, in tokens.
        max_local_shift: float, at least 0, in tokens. Up to 0.5 no token overtakes another.
        max_global_scaling: float, at least 1.
        source: A `PositionSource`; None for counted positions.
        seed: int; None for one drawn by Keras.
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If an argument is out of range.

    Example:
        >>> positions = AugmentedPositions()(ops.zeros((1, 3)))
        >>> ops.convert_to_numpy(positions).tolist()
        [[-1.0, 0.0, 1.0]]

    Source: Likhomanenko et al. (2021), section 3, https://arxiv.org/abs/2106.03143
    """

    def __init__(
        self,
        max_global_shift=5.0,
        max_local_shift=0.5,
        max_global_scaling=1.03,
        source=None,
        seed=None,
        **kwargs,
    ):
        super().__init__(source, **kwargs)
        _check("max_global_shift", max_global_shift, 0)
        _check("max_local_shift", max_local_shift, 0)
        _check("max_global_scaling", max_global_scaling, 1)
        self.max_global_shift = max_global_shift
        self.max_local_shift = max_local_shift
        self.max_global_scaling = max_global_scaling
        self.seed = seed
        self.seed_generator = keras.random.SeedGenerator(seed)

    def move(self, positions, last, batch_size, training):
        centred = positions - last / 2.0
        if not training:
            return centred
        shift = self._draw((batch_size, 1), self.max_global_shift)
        jitter = self._draw((batch_size, ops.shape(positions)[1]), self.max_local_shift)
        scale = self._draw((batch_size, 1), math.log(self.max_global_scaling))
        return (centred + shift + jitter) * ops.exp(scale)

    def _draw(self, shape, limit):
        return keras.random.uniform(shape, -limit, limit, dtype="float32", seed=self.seed_generator)

    def get_config(self):
        return {
            **super().get_config(),
            "max_global_shift": self.max_global_shift,
            "max_local_shift": self.max_local_shift,
            "max_global_scaling": self.max_global_scaling,
            "seed": self.seed,
        }


def _check(name, value, least):
    if value < least:
        raise ValueError(f"`{name}` must be at least {least}. Received: {name}={value}")
