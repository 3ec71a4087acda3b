"""What stands next to a token, weighted by its place, added to the token vectors."""

import keras
from keras import ops

from keras_pe.layers.position.base import PositionEncoding
from keras_pe.layers.right_padding import to_right_padding


@keras.saving.register_keras_serializable(package="keras_pe")
class ConvolutionalPositionEncoding(PositionEncoding):
    """Adds to every token vector a sum of its neighbours, weighted by place and feature.

    x_i + sum over o from -r to r of k_o * x_{i + o}, r = (kernel_size - 1) / 2: a depthwise
    convolution. Neighbours are tokens of the same text: padding counts for nothing, wherever it
    stands, and so do other texts of a packed row. A text ends in the row where positions do not
    grow. The size of positions is not read: tokens must stand in the order of their text, and
    shifting or stretching positions changes nothing. Sees order and direction among near tokens,
    at any length.

    Args:
        kernel_size: int, odd. Tokens that are summed, the one in the middle included.
        initializer: Of the weights, [kernel_size, D].
        **kwargs: Of `keras.layers.Layer`.

    Call arguments:
        embeddings: [B, T, D], float.
        positions: [B or 1, T], int or float; optional. Padding inside a text parts its neighbours
            if these are given.
        mask: [B, T], bool, True where a token is; optional.

    Returns:
        [B, T, D], token vectors plus weighted neighbours, the compute dtype; the sum is rounded
        once.

    Raises:
        ValueError: If `kernel_size` is even or below 3.

    Example:
        >>> tuple(ConvolutionalPositionEncoding()(keras.ops.ones((1, 3, 4))).shape)
        (1, 3, 4)

    Source: Chu et al. (2021), section 3.2, https://arxiv.org/abs/2102.10882; for sequences: Baevski
        et al. (2020), https://arxiv.org/abs/2006.11477
    """

    def __init__(self, kernel_size=9, initializer="lecun_normal", **kwargs):
        super().__init__(**kwargs)
        if kernel_size < 3 or kernel_size % 2 == 0:
            raise ValueError(
                f"`kernel_size` must be odd and at least 3. Received: kernel_size={kernel_size}"
            )
        self.kernel_size = kernel_size
        self.initializer = keras.initializers.get(initializer)

    @property
    def reads_positions(self):
        return False

    @property
    def adds_later_tokens(self):
        return True

    def build(self, embeddings_shape):
        self.kernel = self.add_weight(
            shape=(self.kernel_size, embeddings_shape[-1]),
            initializer=self.initializer,
            # A sum over rounded products would be rounded many times.
            autocast=False,
            name="kernel",
        )
        self.built = True

    def call(self, embeddings, positions=None, mask=None, embeddings_mask=None):
        mask = embeddings_mask if mask is None else mask
        if mask is None:
            return super().call(embeddings, positions=positions)
        if positions is not None:
            return super().call(_without_padding(embeddings, mask), positions=positions)
        tokens, mask, restore = to_right_padding(embeddings, mask)
        return restore(super().call(_without_padding(tokens, mask)))

    def add(self, embeddings, positions):
        length, reach = ops.shape(embeddings)[1], self.kernel_size // 2
        texts = _text_numbers(positions)
        padded = ops.pad(embeddings, ((0, 0), (reach, reach), (0, 0)))
        padded_texts = ops.pad(texts, ((0, 0), (reach, reach)), constant_values=-1)
        kernel = ops.cast(self.kernel, "float32")
        total = embeddings
        for index in range(self.kernel_size):
            neighbours = padded[:, index : index + length]
            same_text = ops.equal(padded_texts[:, index : index + length], texts)
            total = total + ops.where(same_text[..., None], neighbours, 0.0) * kernel[index]
        return total

    def get_config(self):
        return {
            **super().get_config(),
            "kernel_size": self.kernel_size,
            "initializer": keras.initializers.serialize(self.initializer),
        }


def _without_padding(embeddings, mask):
    return ops.where(ops.cast(mask, "bool")[..., None], embeddings, 0)


def _text_numbers(positions):
    """Returns the number of the text that each token belongs to, [B or 1, T], int32, from 0."""
    grows = ops.cast(positions[:, 1:] > positions[:, :-1], "int32")
    return ops.pad(ops.cumsum(1 - grows, axis=1), ((0, 0), (1, 0)))
