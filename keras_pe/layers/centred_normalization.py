"""Layer normalisation in fewer passes over its inputs."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_pe")
class CentredNormalization(keras.layers.LayerNormalization):
    """Normalises features as `keras.layers.LayerNormalization` does, for less time in training.

    c = x - mean(x); c / sqrt(mean(c^2) + epsilon) * gamma + beta, in float32 whatever the dtype
    policy. What is centred serves the variance and the result, so that gradients take fewer passes
    than those of the form x * a + b with a and b as large as x, which Keras computes.

    Args:
        epsilon: float. Added to the variance.
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        inputs: [..., D], float.

    Returns:
        [..., D], the compute dtype. The mask is passed on.

    Example:
        >>> normalization = CentredNormalization(epsilon=0.0)
        >>> ops.convert_to_numpy(normalization(ops.array([[1.0, 3.0]]))).tolist()
        [[-1.0, 1.0]]

    Source: Ba et al. (2016), https://arxiv.org/abs/1607.06450
    """

    def __init__(self, epsilon=1e-3, **kwargs):
        super().__init__(epsilon=epsilon, **kwargs)

    def call(self, inputs):
        inputs = ops.cast(inputs, "float32")
        centred = inputs - ops.mean(inputs, axis=-1, keepdims=True)
        variance = ops.mean(ops.square(centred), axis=-1, keepdims=True)
        normal = centred * ops.rsqrt(variance + self.epsilon)
        gamma, beta = (ops.cast(weight, "float32") for weight in (self.gamma, self.beta))
        return ops.cast(normal * gamma + beta, self.compute_dtype)

    def get_config(self):
        config = super().get_config()
        kept = ("name", "trainable", "dtype", "epsilon")
        return {name: config[name] for name in kept}
