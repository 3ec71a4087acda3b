"""One of several classes: the most probable label, and the probabilities of all."""

from collections.abc import Mapping, Sequence

import numpy as np
import tensorflow as tf


class ClassAnswer:
    """Turns class probabilities into an answer, inside the graph, and reads it outside.

    Args:
        label_names: C names.
        thresholds: Of no use here: the most probable class is the answer.

    Attributes:
        problem_type: str.
        size: int. Scores per text.
        for_examples: str. The endpoint that answers `tf.Example`s.
        shown: sequence of str. The outputs that most clients want.
        scored: str. The output that `apps.predict --server` asks for.
        printed: str. Lines of a Python client that print them.
        about: dict from the name of an output to what it means.
        kind: str. A sentence about the model.
        limit: str. A sentence about what it cannot say.
    """

    problem_type = "single_label"
    for_examples = "classify"
    shown = ("label", "score")
    scored = "scores"
    printed = """\
labels = [label.decode() for label in outputs["label"].string_val]
print(labels, list(outputs["score"].float_val))"""
    about: Mapping[str, str] = {}
    limit = (
        "It always answers with one of its labels, also for an empty text or one of no class. "
        "Scores are the model's own probabilities, not calibrated on anything."
    )

    def __init__(self, label_names: Sequence[str], thresholds: np.ndarray | None = None):
        self.label_names = tuple(label_names)
        self.thresholds = None
        self.size = len(self.label_names)
        self.kind = f"Text in, one of {self.size} labels out; a SavedModel for TensorFlow Serving."

    def outputs(self, scores: tf.Tensor) -> dict[str, tf.Tensor]:
        """Returns the outputs of `serving_default` for scores [B, C] float32."""
        names = tf.constant(list(self.label_names))
        return {
            "label": tf.gather(names, tf.argmax(scores, axis=-1)),
            "score": tf.reduce_max(scores, axis=-1),
            # REST's row format demands the same first dimension of every output.
            "labels": tf.tile(names[None], [tf.shape(scores)[0], 1]),
            "scores": scores,
        }

    def outputs_for_examples(self, outputs: Mapping[str, tf.Tensor]) -> dict[str, tf.Tensor]:
        """Returns those for `tf.Example`s; Classify accepts these two (classifier.cc)."""
        return {"classes": outputs["labels"], "scores": outputs["scores"]}

    def scores(self, outputs: Mapping[str, tf.Tensor]) -> np.ndarray:
        """Returns the scores [B, C] of an answer."""
        return outputs[self.scored].numpy()

    def decisions(self, outputs: Mapping[str, tf.Tensor]) -> list:
        """Returns what an answer says of each text."""
        return [label.decode("utf-8") for label in outputs["label"].numpy()]

    def tolerance(self, expected: np.ndarray, tolerance: float, scale: float) -> float:
        """Returns how much scores may differ from those of Keras."""
        return tolerance

    def contradiction(self, decision, expected: np.ndarray, tolerance: float) -> str | None:
        """Says how a decision does not follow from the scores [C] of Keras, within a tolerance."""
        if expected.max() - expected[self.label_names.index(decision)] <= tolerance:
            return None
        return f"label={decision!r}, Keras label={self.label_names[int(expected.argmax())]!r}"
