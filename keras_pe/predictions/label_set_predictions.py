"""Any number of labels: those whose score reaches their threshold."""

import json

import numpy as np


class LabelSetPredictions:
    """Reads probabilities [N, C] of labels of which each holds or does not.

    Args:
        label_names: C names.
        thresholds: [C] float. From which score on a label is given.

    Attributes:
        outputs: int. Numbers per text.
        ranks: bool. Whether answers can be ranked: more than one shown.
    """

    ranks = False

    def __init__(self, label_names, thresholds):
        self.label_names = label_names
        self.outputs = len(label_names)
        # Scores are float32, and so are thresholds where the model is served.
        self._thresholds = np.asarray(thresholds, np.float32)

    def holds(self, scores) -> np.ndarray:
        """Returns whether each label is given, [N, C] bool."""
        return np.asarray(scores) >= self._thresholds

    def decide(self, scores) -> list[tuple[str, ...]]:
        """Returns the labels of each text, the most probable first; there may be none."""
        return [tuple(label for label, _ in self._given(row)) for row in np.asarray(scores)]

    def shown(self, row, top_k=1) -> str:
        """Returns the labels of one text, for a line on the screen."""
        return "  ".join(f"{label} {score:.4f}" for label, score in self._given(row)) or "-"

    def columns(self, top_k=1) -> list[str]:
        """Returns the names of the cells."""
        return ["labels", "probabilities"]

    def cells(self, row, top_k=1) -> list[str]:
        """Returns the labels of one text and their probabilities, each as a JSON list."""
        given = self._given(row)
        lists = [label for label, _ in given], [score for _, score in given]
        return [json.dumps(values, ensure_ascii=False) for values in lists]

    def record(self, row, top_k=1) -> dict:
        """Returns the labels of one text, and the probabilities of all labels."""
        scores = {n: round(float(score), 6) for n, score in zip(self.label_names, row, strict=True)}
        return {"labels": [label for label, _ in self._given(row)], "scores": scores}

    def _given(self, row):
        order = np.argsort(-row, kind="stable")
        given = order[self.holds(row)[order]]
        return [(self.label_names[at], round(float(row[at]), 6)) for at in given]
