"""Sines and cosines of the position, added to the token vectors."""

import keras
import numpy as np
from keras import ops

from keras_pe.layers.position.base import PositionEncoding


@keras.saving.register_keras_serializable(package="keras_pe")
class SinusoidalPositionEncoding(PositionEncoding):
    """Adds a fixed pattern of sines and cosines of the position to every token vector.

    Channel 2k of position p gets sin(p w_k) and channel 2k + 1 gets cos(p w_k), as in the paper
    (`layout="interleaved"`), or all sines come first and all cosines after
    (`layout="concatenated"`). The frequencies are w_k = max_wavelength ** (-2k / D), or with
    `frequencies="tensor2tensor"` w_k = max_wavelength ** (-k / (F - 1)) for F of them, which reach
    max_wavelength itself. None of these are interchangeable for saved weights. An odd D has one
    sine more than cosines. No longest position; it sees direction. With `learnable_scale` the
    pattern is multiplied by one weight, at first D ** -0.5; otherwise there are no weights. Unlike
    the paper, token vectors are not scaled by sqrt(D) here: that is the model's business.

    Args:
        max_wavelength: float. Wavelengths go from 2 pi towards 2 pi times this many tokens.
        layout: `"interleaved"` or `"concatenated"`.
        frequencies: `"paper"` or `"tensor2tensor"`.
        learnable_scale: bool. Whether the size of the pattern is trained.
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        embeddings: [B, T, D], float.
        positions: [B or 1, T], int or float; optional.
        mask: [B, T], bool, True where a token is; optional.

    Returns:
        [B, T, D], token vectors plus encoding, the compute dtype; the sum is rounded once.

    Raises:
        ValueError: If `max_wavelength` is not above 1, or a name is unknown.

    Example:
        >>> encoded = SinusoidalPositionEncoding()(keras.ops.zeros((1, 2, 4)))
        >>> keras.ops.convert_to_numpy(encoded)[0, 0].tolist()
        [0.0, 1.0, 0.0, 1.0]

    Source: Vaswani et al. (2017), section 3.5, https://arxiv.org/abs/1706.03762; the other
        frequencies: Vaswani et al. (2018), https://arxiv.org/abs/1803.07416
    """

    def __init__(
        self,
        max_wavelength=10_000.0,
        layout="interleaved",
        frequencies="paper",
        learnable_scale=False,
        **kwargs,
    ):
        super().__init__(**kwargs)
        if max_wavelength <= 1:
            raise ValueError(
                f"`max_wavelength` must be above 1. Received: max_wavelength={max_wavelength!r}"
            )
        if layout not in ("interleaved", "concatenated"):
            raise ValueError(
                f"`layout` must be 'interleaved' or 'concatenated'. Received: layout={layout!r}"
            )
        if frequencies not in ("paper", "tensor2tensor"):
            raise ValueError(
                "`frequencies` must be 'paper' or 'tensor2tensor'. "
                f"Received: frequencies={frequencies!r}"
            )
        self.max_wavelength = max_wavelength
        self.layout = layout
        self.frequencies = frequencies
        self.learnable_scale = learnable_scale

    def build(self, embeddings_shape):
        dim = embeddings_shape[-1]
        count = (dim + 1) // 2
        steps = max(count - 1, 1) if self.frequencies == "tensor2tensor" else dim / 2
        # In float64, rounded once: float32 powers would bend the longest wavelengths.
        exponents = -np.arange(count, dtype="float64") / steps
        self._frequencies = np.power(float(self.max_wavelength), exponents).astype("float32")
        if self.learnable_scale:
            first = keras.initializers.Constant(dim**-0.5)
            self.scale = self.add_weight(shape=(), initializer=first, autocast=False, name="scale")
        self.built = True

    def add(self, embeddings, positions):
        encoding = self._encoding(positions, embeddings.shape[-1])
        if self.learnable_scale:
            encoding = encoding * ops.cast(self.scale, "float32")
        return embeddings + encoding

    def _encoding(self, positions, dim):
        angles = positions[..., None] * ops.convert_to_tensor(self._frequencies)
        if self.layout == "concatenated":
            return ops.concatenate([ops.sin(angles), ops.cos(angles)[..., : dim // 2]], axis=-1)
        pairs = ops.stack([ops.sin(angles), ops.cos(angles)], axis=-1)
        batch, length = ops.shape(positions)[0], ops.shape(positions)[1]
        return ops.reshape(pairs, (batch, length, 2 * len(self._frequencies)))[..., :dim]

    def get_config(self):
        config = super().get_config()
        return {
            **config,
            "max_wavelength": self.max_wavelength,
            "layout": self.layout,
            "frequencies": self.frequencies,
            "learnable_scale": self.learnable_scale,
        }
