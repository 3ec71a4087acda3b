"""What all poolings share: a mask that always exists, arithmetic in float32, no mask afterwards."""

import keras
from keras import ops


class Pooling(keras.layers.Layer):
    """Turns the vectors of a text's tokens into one vector; subclasses say how in `pool`.

    Args:
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        inputs: [B, T, D], float.
        mask: [B, T], bool, True where a token is; optional. Taken from `inputs` if Keras knows it.

    Returns:
        [B, D], the compute dtype. Zeros for a text without tokens.
    """

    def __init__(self, **kwargs):
        super().__init__(autocast=False, **kwargs)
        self.supports_masking = True

    def pool(self, inputs, kept):
        """Returns one vector per text.

        Args:
            inputs: [B, T, D], float32.
            kept: [B, T, 1], float32, 1 where a token is and 0 where padding is.

        Returns:
            [B, D], float32.
        """
        raise NotImplementedError

    def call(self, inputs, mask=None):
        mask = ops.ones_like(inputs[..., 0]) if mask is None else mask
        kept = ops.cast(mask, "float32")[..., None]
        return ops.cast(self.pool(ops.cast(inputs, "float32"), kept), self.compute_dtype)

    def compute_mask(self, inputs, previous_mask):
        return None

    def compute_output_shape(self, inputs_shape):
        return (inputs_shape[0], inputs_shape[-1])

    # The one that Keras makes up refuses a `dtype` that is a policy and not its name.
    def get_config(self):
        return super().get_config()
