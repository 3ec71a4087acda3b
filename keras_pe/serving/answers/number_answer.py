"""A number, in the units of the training targets."""

from collections.abc import Mapping, Sequence

import numpy as np
import tensorflow as tf


class NumberAnswer:
    """Turns what a regression gives into an answer; see `ClassAnswer` for its attributes.

    Args:
        label_names: None: a number has no label.
        thresholds: Of no use here.
    """

    problem_type = "regression"
    for_examples = "regress"
    shown = ("value",)
    scored = "value"
    printed = 'print(list(outputs["value"].float_val))'
    about = {
        "value": "the number, in the units of the training targets",
        "outputs": "the number, in the units of the training targets",
    }
    kind = "Text in, a number out; a SavedModel for TensorFlow Serving."
    limit = (
        "It always answers with a number, also for an empty text or one that is like none of the "
        "training texts; the number may lie outside the range of the training targets."
    )
    size = 1

    def __init__(self, label_names: Sequence[str] = (), thresholds: np.ndarray | None = None):
        self.label_names = ()
        self.thresholds = None

    def outputs(self, scores: tf.Tensor) -> dict[str, tf.Tensor]:
        """Returns the output of `serving_default` for numbers [B, 1] float32."""
        return {"value": scores[:, 0]}

    def outputs_for_examples(self, outputs: Mapping[str, tf.Tensor]) -> dict[str, tf.Tensor]:
        """Returns that for `tf.Example`s, called as Regress wants it (regressor.cc)."""
        return {"outputs": outputs["value"]}

    def scores(self, outputs: Mapping[str, tf.Tensor]) -> np.ndarray:
        """Returns the numbers [B, 1] of an answer."""
        return outputs[self.scored].numpy()[:, None]

    def decisions(self, outputs: Mapping[str, tf.Tensor]) -> list:
        """Returns what an answer says of each text."""
        return [float(str(value)) for value in outputs["value"].numpy()]

    def tolerance(self, expected: np.ndarray, tolerance: float, scale: float) -> float:
        """Returns how much numbers may differ from those of Keras: in proportion to their size.

        Args:
            expected: [1], the number of Keras.
            tolerance: float, of probabilities.
            scale: float. The standard deviation of the training targets.
        """
        return tolerance * max(scale, float(np.abs(expected).max()))

    def contradiction(self, decision, expected: np.ndarray, tolerance: float) -> str | None:
        """Says nothing: a number is what was compared already."""
        return None
