"""Dropout that takes a byte for each feature, and draws few of them."""

import keras
from keras import ops

BYTES = 4
CHOICES = 256
# Of a mixing function of 32 bits, as that of MurmurHash3 is: x ^ x >> 15, times this, x ^ x >> 16.
_MIXING_FACTOR = 0xC2B2AE35 - 2**32


@keras.saving.register_keras_serializable(package="keras_pe")
class ByteDropout(keras.layers.Dropout):
    """Sets features to zero at random in training, as `keras.layers.Dropout` does, for less time.

    A number of 32 bits serves four features. Each is kept if its byte is at least
    r = round(256 rate), and divided by 1 - r / 256, so that its mean stays what it was. The rate
    that is meant is met to 1 / 512. One number is drawn for each row of features and one for every
    fourth column; what serves four features is the sum of both, mixed as a hash does, so that no
    four features in two rows and two columns depend on one another. Random numbers were a tenth of
    a training step.

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

    Source: Srivastava et al. (2014), https://jmlr.org/papers/v15/srivastava14a.html; the mixing:
        Appleby (2011), MurmurHash3, two of its three shifts and one of its two products.
    """

    def call(self, inputs, training=False):
        dropped = round(CHOICES * self.rate)
        if not training or self.noise_shape is not None or not 0 < dropped < CHOICES:
            return super().call(inputs, training=training)
        kept = self._bytes(ops.shape(inputs)) >= dropped
        return inputs * (ops.cast(kept, inputs.dtype) * (CHOICES / (CHOICES - dropped)))

    def _bytes(self, shape):
        """Returns a random byte for each feature, [..., D], uint8."""
        *lead, dim = shape
        rows, columns = self._drawn((*lead, 1)), self._drawn((-(-dim // BYTES),))
        return ops.view(_mixed(rows + columns), "uint8")[..., :dim]

    def _drawn(self, shape):
        return keras.random.randint(
            shape, -(2**31), 2**31 - 1, dtype="int32", seed=self.seed_generator
        )


def _mixed(words):
    words = _xor_shifted(words, 15) * ops.cast(_MIXING_FACTOR, "int32")
    return _xor_shifted(words, 16)


def _xor_shifted(words, bits):
    # int32, as PyTorch has no products of uint32: what the shift fills in on the left is cut off.
    low = ops.bitwise_and(ops.right_shift(words, bits), 2 ** (32 - bits) - 1)
    return ops.bitwise_xor(words, low)
