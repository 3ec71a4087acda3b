"""A trained penalty on distance that flattens out."""

import keras
from keras import ops

from keras_pe.layers.position.directed_bias import DirectedBias, distances

KINDS = ("log", "power")
# The authors' code keeps both weights at least this large.
LEAST = 1e-2


@keras.saving.register_keras_serializable(package="keras_pe")
class KERPLE(DirectedBias):
    """Lowers each logit by a trained function of the distance that each head has for itself.

    With two weights r1, r2 > 0 per head, query i and key j get

    - `kind="log"`: -r1 ln(1 + r2 |i - j|)
    - `kind="power"`: -r1 |i - j| ** r2, with r2 at most 2

    and the direction by `direction`, as `ALiBi` does. Weights below 0.01 count as 0.01, negative
    ones by their size, so that none is stuck there. Unlike the paper, which is causal, the default
    sees both sides and tells them apart. Acts inside attention;
    an LSTM cannot use it. No longest position.

    Args:
        num_heads: int. Heads of the attention it acts in; at least 2 for `direction="split"`.
        kind: `"log"` or `"power"`.
        direction: `"split"`, `"asymmetric"`, `"symmetric"` or `"causal"`.
        seed: int; None for one drawn by Keras. Weights begin at r1 from U(0, 2), r2 from U(0, 1).
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If an argument is out of range or the attention has another number of heads.

    Example:
        >>> positions = keras.ops.arange(3.0)[None]
        >>> kerple = KERPLE(num_heads=2, direction="symmetric")
        >>> kerple.build((None, None, 8))
        >>> _ = kerple.height.assign([1.0, 2.0]), kerple.rate.assign([1.0, 0.5])
        >>> bias = kerple.prepare(positions, positions, head_dim=4)
        >>> keras.ops.convert_to_numpy(bias)[0, 1, 0].round(3).tolist()
        [-0.0, -0.811, -1.386]

    Source: Chi et al. (2022), section 4, https://arxiv.org/abs/2205.09921
    """

    def __init__(self, num_heads, kind="log", direction="split", seed=None, **kwargs):
        super().__init__(num_heads, direction, **kwargs)
        if kind not in KINDS:
            raise ValueError(f"`kind` must be one of: {', '.join(KINDS)}. Received: kind={kind!r}")
        self.kind = kind
        self.seed = seed

    def build(self, embeddings_shape):
        # A number both times would draw the same numbers twice, up to their range.
        second = None if self.seed is None else self.seed + 1
        self.height = self._weight("height", 2.0, self.seed)
        self.rate = self._weight("rate", 1.0, second)
        self.built = True

    def _weight(self, name, most, seed):
        first = keras.initializers.RandomUniform(0.0, most, seed=seed)
        shape = (self.num_heads,)
        return self.add_weight(shape=shape, initializer=first, autocast=False, name=name)

    def penalty(self, query_positions, key_positions):
        distance = distances(query_positions, key_positions)
        height, rate = (
            ops.maximum(ops.abs(ops.reshape(ops.cast(weight, "float32"), (1, -1, 1, 1))), LEAST)
            for weight in (self.height, self.rate)
        )
        if self.kind == "log":
            return -height * ops.log(1.0 + rate * distance)
        # The derivative of 0 ** r by r has a logarithm of 0 in it.
        logarithm = ops.log(ops.where(distance > 0, distance, 1.0))
        power = ops.exp(ops.minimum(rate, 2.0) * logarithm)
        return -height * ops.where(distance > 0, power, 0.0)

    def get_config(self):
        return {**super().get_config(), "kind": self.kind, "seed": self.seed}
