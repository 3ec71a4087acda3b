"""Dropout that draws a byte for each feature instead of a float."""

import keras
from keras import ops

BYTES = 4
CHOICES = 256


@keras.saving.register_keras_serializable(package="keras_pe")
class ByteDropout(keras.layers.Dropout):
    """Sets features to zero at random in training, as `keras.layers.Dropout` does, for less time.

    One random int32 serves four features. Each is kept if its byte is at least r = round(256 rate),
    and divided by 1 - r / 256, so that its mean stays what it was. The rate that is meant is met to
    1 / 512. Random numbers were a tenth of a training step.

    Args:
        rate: float in [0, 1).
        noise_shape: As of `keras.layers.Dropout`; with one, floats are drawn as there.
        seed: int; None for one drawn by Keras.
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        inputs: [..., D], float.
        training: bool. Without, nothing happens.

    Returns:
        [..., D], the dtype of `inputs`. The mask is passed on.

    Example:
        >>> dropout = ByteDropout(0.5, seed=1)
        >>> found = dropout(ops.ones((1, 400)), training=True)
        >>> sorted(set(ops.convert_to_numpy(found)[0].tolist()))
        [0.0, 2.0]
    """

    def call(self, inputs, training=False):
        dropped = round(CHOICES * self.rate)
        if not training or self.noise_shape is not None or not 0 < dropped < CHOICES:
            return super().call(inputs, training=training)
        kept = self._kept(ops.shape(inputs), dropped)
        return inputs * (ops.cast(kept, inputs.dtype) * (CHOICES / (CHOICES - dropped)))

    def _kept(self, shape, dropped):
        """Returns which features are kept, bool."""
        *lead, dim = shape
        shape = (*lead, -(-dim // BYTES))
        drawn = keras.random.randint(
            shape, -(2**31), 2**31 - 1, dtype="int32", seed=self.seed_generator
        )
        low = [
            ops.bitwise_and(drawn, (CHOICES - 1) << shift) >= dropped << shift
            for shift in (0, 8, 16)
        ]
        # The highest byte has the sign: its values are -128, ..., 127.
        high = drawn >= (dropped - CHOICES // 2) << 24
        return ops.concatenate([*low, high], axis=-1)[..., :dim]
