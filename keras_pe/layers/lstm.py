"""An LSTM whose steps in training may be computed by somebody who knows the backend."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_pe")
class LSTM(keras.layers.LSTM):
    """`keras.layers.LSTM`: the same arguments, weights and answers, and an exchangeable loop.

    Where `training_loop` is set, that function computes the layer in training. Evaluation, export
    and other uses take the loop of Keras, and so does training with what the function is not asked
    for: states given or returned, `stateful`, `unroll`, dropout, other activations, no bias. By
    default there is none. It is no part of the config: whoever compiles a model chooses it.

    Args:
        units: int. Features of the state.
        **kwargs: Of `keras.layers.LSTM`.

    Call arguments:
        sequences: [B, T, D], float.
        initial_state: As of `keras.layers.LSTM`.
        mask: [B, T], bool; None if there is no padding. Skipped tokens leave the state as it is.
        training: bool.

    Returns:
        [B, units], the state after the last token, or [B, T, units] with `return_sequences`.

    Example:
        >>> lstm = LSTM(3)
        >>> tuple(lstm(ops.ones((2, 5, 4))).shape)
        (2, 3)
        >>> lstm.training_loop = lambda sequences, *_, **how: sequences[:, -1, :3] + 7.0
        >>> ops.convert_to_numpy(lstm(ops.ones((1, 5, 4)), training=True)).tolist()
        [[8.0, 8.0, 8.0]]
    """

    def __init__(self, units, **kwargs):
        super().__init__(units, **kwargs)
        self.training_loop = None

    def call(self, sequences, initial_state=None, mask=None, training=False):
        if not (training and self.training_loop and initial_state is None and self._is_plain()):
            return super().call(
                sequences, initial_state=initial_state, mask=mask, training=training
            )
        cell = self.cell
        outputs = self.training_loop(
            sequences,
            mask,
            [ops.convert_to_tensor(w) for w in (cell.kernel, cell.recurrent_kernel, cell.bias)],
            go_backwards=self.go_backwards,
            return_sequences=self.return_sequences,
            zero_output_for_mask=self.zero_output_for_mask,
        )
        return ops.cast(outputs, self.compute_dtype)

    def _is_plain(self):
        """Returns whether it is the LSTM that cuDNN knows, too, from zeros to outputs."""
        return (
            self.activation == keras.activations.tanh
            and self.recurrent_activation == keras.activations.sigmoid
            and self.use_bias
            and not (self.dropout or self.recurrent_dropout)
            and not (self.stateful or self.return_state or self.unroll)
        )
