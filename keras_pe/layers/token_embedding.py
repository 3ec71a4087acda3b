"""An embedding that reads the rows of its tokens and leaves the rest of the table alone."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_pe")
class TokenEmbedding(keras.layers.Embedding):
    """Looks up the vectors of tokens as `keras.layers.Embedding` does, without copying the table.

    Once an optimizer has changed single rows of a variable, TensorFlow copies all of it whenever
    all of it is read, and `keras.layers.Embedding` reads all of it in every step. Here TensorFlow
    is asked for the rows alone. On other backends it is `keras.layers.Embedding`.

    Args:
        input_dim: int. Tokens there are.
        output_dim: int. Features of each, D.
        mask_zero: bool. Whether token 0 is padding.
        **kwargs: Of `keras.layers.Embedding`.

    Call arguments:
        inputs: [B, T], int, from 0.

    Returns:
        [B, T, D], the compute dtype. With `mask_zero`, a mask goes with it.

    Example:
        >>> embedding = TokenEmbedding(10, 4, mask_zero=True)
        >>> tuple(embedding(ops.array([[1, 2, 0]])).shape)
        (1, 3, 4)
    """

    def __init__(self, input_dim, output_dim, mask_zero=False, **kwargs):
        super().__init__(input_dim, output_dim, mask_zero=mask_zero, **kwargs)

    def call(self, inputs):
        read_rows = getattr(self._table(), "sparse_read", None)
        if read_rows is None:
            return super().call(inputs)
        return ops.cast(read_rows(ops.cast(inputs, "int32")), self.compute_dtype)

    def _table(self):
        """Returns the variable of the backend; None if rows are more than what stands in it."""
        changed = self.lora_enabled or self.quantization_mode
        return None if changed else self._embeddings.value
