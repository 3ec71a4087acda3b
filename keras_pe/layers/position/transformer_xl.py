"""Sinusoids of the distance, projected and multiplied with the queries."""

import math

import keras
import numpy as np
from keras import ops

from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.position.heads import check_num_heads
from keras_pe.layers.position.skew import consecutive_distances, skew


@keras.saving.register_keras_serializable(package="keras_pe")
class TransformerXLPosition(PositionEncoding):
    """Lets each query look for distances, by their sinusoids, and each head for keys as such.

    The logit of query i and key j is ((q_i + u) . k_j + (q_i + v) . W R_{i - j}) / sqrt(d). R holds
    the sines of the distance, then its cosines, with the wavelengths of the sinusoidal encoding of
    width D; W, u and v are trained, each head has its own. Two-sided as in XLNet: R tells left from
    right. No longest position and no memory of earlier texts. Acts inside attention; an LSTM cannot
    use it.

    Tokens that stand one after the other share Tq + Tk - 1 products W R. For all others the sine
    and cosine of i - j are made of those of i and of j, so that no tensor has T * T * D numbers.

    Args:
        num_heads: int. Heads of the attention it acts in.
        max_wavelength: float. Wavelengths go from 2 pi towards 2 pi times this many tokens.
        initializer: Of W, [D, D] for an even D. u and v are zero at first.
        **kwargs: Of `keras.layers.Layer`.

    Raises:
        ValueError: If an argument is out of range or the attention has another number of heads.

    Example:
        >>> positions = keras.ops.arange(3.0)[None]
        >>> heads = keras.ops.ones((1, 3, 2, 4))
        >>> encoding = TransformerXLPosition(num_heads=2)
        >>> encoding.build((None, None, 8))
        >>> bias = encoding.bias(heads, heads, encoding.prepare(positions, positions, head_dim=4))
        >>> tuple(bias.shape)
        (1, 2, 3, 3)

    Source: Dai et al. (2019), section 3.3, https://arxiv.org/abs/1901.02860; both sides: Yang et
        al. (2019), https://arxiv.org/abs/1906.08237
    """

    def __init__(self, num_heads, max_wavelength=10_000.0, initializer="glorot_uniform", **kwargs):
        super().__init__(**kwargs)
        if num_heads < 1:
            raise ValueError(f"`num_heads` must be at least 1. Received: num_heads={num_heads}")
        if max_wavelength <= 1:
            raise ValueError(
                f"`max_wavelength` must be above 1. Received: max_wavelength={max_wavelength!r}"
            )
        self.num_heads = num_heads
        self.max_wavelength = max_wavelength
        self.initializer = keras.initializers.get(initializer)

    def check_heads(self, num_heads, head_dim):
        check_num_heads(self, num_heads)

    def build(self, embeddings_shape):
        dim = embeddings_shape[-1]
        count = (dim + 1) // 2
        # In float64, rounded once: float32 powers would bend the longest wavelengths.
        exponents = np.arange(count, dtype="float64") * (-2.0 / dim)
        self._frequencies = np.power(float(self.max_wavelength), exponents).astype("float32")
        per_head = (self.num_heads, dim // self.num_heads)
        self.kernel = self._weight("kernel", (2 * count, dim), self.initializer)
        self.content_bias = self._weight("content_bias", per_head, "zeros")
        self.distance_bias = self._weight("distance_bias", per_head, "zeros")
        self.built = True

    def _weight(self, name, shape, initializer):
        return self.add_weight(shape=shape, initializer=initializer, autocast=False, name=name)

    def prepare(self, query_positions, key_positions, head_dim, same_text=None, consecutive=False):
        if not consecutive:
            # Near zero angles are exact, and only differences of positions count.
            start = ops.min(key_positions, axis=1, keepdims=True)
            return None, [self._waves(p - start) for p in (query_positions, key_positions)]
        distances = consecutive_distances(query_positions, key_positions)
        sines, cosines = self._waves(ops.negative(distances))
        kernel = ops.cast(self.kernel, "float32")
        projected = ops.matmul(ops.concatenate([sines, cosines], axis=-1), kernel)
        projected = ops.reshape(projected, (-1, self.num_heads, head_dim))
        return ops.transpose(projected, (1, 2, 0)), None

    def bias(self, queries, keys, tables):
        by_distance, waves = tables
        queries, keys = (
            ops.transpose(ops.cast(heads, "float32"), (0, 2, 1, 3)) for heads in (queries, keys)
        )
        content, distance = (
            ops.cast(bias, "float32")[None, :, None]
            for bias in (self.content_bias, self.distance_bias)
        )
        looking = queries + distance

        if waves is None:
            of_distance = skew(ops.matmul(looking, by_distance))
        else:
            of_distance = self._of_all_pairs(looking, *waves)
        of_keys = ops.matmul(content, ops.transpose(keys, (0, 1, 3, 2)))
        return (of_keys + of_distance) / math.sqrt(queries.shape[-1])

    def _of_all_pairs(self, looking, query_waves, key_waves):
        """Returns (q_i + v) . W R_{i - j}, [B, H, Tq, Tk]; the waves each [B or 1, T, D / 2]."""
        kernel = ops.cast(self.kernel, "float32")
        kernel = ops.reshape(kernel, (-1, self.num_heads, looking.shape[-1]))
        for_sine, for_cosine = ops.split(
            ops.matmul(looking, ops.transpose(kernel, (1, 2, 0))), 2, -1
        )
        sines, cosines = (waves[:, None] for waves in query_waves)
        turned = (
            for_cosine * sines - for_sine * cosines,
            for_sine * sines + for_cosine * cosines,
        )
        keys = ops.concatenate(key_waves, axis=-1)[:, None]
        return ops.matmul(ops.concatenate(turned, axis=-1), ops.transpose(keys, (0, 1, 3, 2)))

    def _waves(self, positions):
        """Returns sines and cosines, each of one axis more than `positions`."""
        angles = positions[..., None] * ops.convert_to_tensor(self._frequencies)
        return ops.sin(angles), ops.cos(angles)

    def get_config(self):
        return {
            **super().get_config(),
            "num_heads": self.num_heads,
            "max_wavelength": self.max_wavelength,
            "initializer": keras.initializers.serialize(self.initializer),
        }
