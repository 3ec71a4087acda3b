"""Any number of labels: whether each is given, and its probability."""

from collections.abc import Mapping, Sequence

import numpy as np
import tensorflow as tf

from keras_pe.serving.answers.class_answer import ClassAnswer


class LabelSetAnswer(ClassAnswer):
    """Turns the probabilities of labels into an answer: that of classes, and which are given.

    Args:
        label_names: C names.
        thresholds: [C] float. From which score on a label is given.
    """

    problem_type = "multi_label"
    shown = ("labels", "positive")
    printed = """\
labels, given = (tf.make_ndarray(outputs[name]) for name in ("labels", "positive"))
print([[label.decode() for label in row[own]] for row, own in zip(labels, given)])"""
    about = {
        "label": "the most probable label, whether or not it is given",
        "scores": "a probability for each label by itself",
        "positive": "whether each label is given: its score reaches its threshold",
        "thresholds": "from which score on each label is given, the same in each row",
    }
    limit = (
        "It gives a label when its score reaches the threshold; none may do so. The server's "
        "Classify gives scores alone. Scores are the model's own probabilities, not calibrated on "
        "anything."
    )

    def __init__(self, label_names: Sequence[str], thresholds: np.ndarray | None = None):
        super().__init__(label_names)
        if thresholds is None or len(thresholds) != self.size:
            raise ValueError(
                "`thresholds` must have one entry per label. "
                f"Received: thresholds={thresholds!r}, {self.size} labels"
            )
        self.thresholds = np.asarray(thresholds, np.float32)
        self.kind = (
            f"Text in, any number of {self.size} labels out; a SavedModel for TensorFlow Serving."
        )

    def outputs(self, scores: tf.Tensor) -> dict[str, tf.Tensor]:
        """Returns the outputs of `serving_default` for scores [B, C] float32."""
        thresholds = tf.tile(self.thresholds[None], [tf.shape(scores)[0], 1])
        return super().outputs(scores) | {
            "positive": scores >= thresholds,
            "thresholds": thresholds,
        }

    def decisions(self, outputs: Mapping[str, tf.Tensor]) -> list:
        """Returns the labels of each text, the most probable first; there may be none."""
        given, scores = outputs["positive"].numpy(), outputs["scores"].numpy()
        orders = np.argsort(-scores, axis=1, kind="stable")
        return [
            tuple(self.label_names[at] for at in order if row[at])
            for order, row in zip(orders, given, strict=True)
        ]

    def contradiction(self, decision, expected: np.ndarray, tolerance: float) -> str | None:
        """Says how a decision does not follow from the scores [C] of Keras, within a tolerance."""
        given = np.isin(self.label_names, decision)
        certain = np.abs(expected - self.thresholds) > tolerance
        wrong = np.flatnonzero(certain & (given != (expected >= self.thresholds)))
        if not wrong.size:
            return None
        return f"labels={decision!r}, Keras disagrees on {self.label_names[wrong[0]]!r}"
