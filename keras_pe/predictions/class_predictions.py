"""One of several classes: the most probable one, and others if wished."""

import numpy as np


class ClassPredictions:
    """Reads class probabilities [N, C].

    Args:
        label_names: C names.
        thresholds: Of no use here: the most probable class is the answer.

    Attributes:
        outputs: int. Numbers per text.
        ranks: bool. Whether answers can be ranked: more than one shown.
    """

    ranks = True

    def __init__(self, label_names, thresholds=None):
        self.label_names = label_names
        self.outputs = len(label_names)

    def decide(self, scores) -> list[str]:
        """Returns the most probable label of each text."""
        return [self.label_names[best] for best in np.argmax(scores, axis=1)]

    def shown(self, row, top_k=1) -> str:
        """Returns the `top_k` best labels of one text, for a line on the screen."""
        return "  ".join(f"{label} {score:.4f}" for label, score in self._best(row, top_k))

    def columns(self, top_k=1) -> list[str]:
        """Returns the names of the cells."""
        ranks = ["", *(f"_{rank}" for rank in range(2, top_k + 1))]
        return [f"{name}{rank}" for rank in ranks for name in ("label", "probability")]

    def cells(self, row, top_k=1) -> list:
        """Returns the `top_k` best labels of one text and their probabilities, in one list."""
        return [cell for pair in self._best(row, top_k) for cell in pair]

    def record(self, row, top_k=1) -> dict:
        """Returns the same as JSON can hold it."""
        best = self._best(row, top_k)
        return {"label": best[0][0], "probability": best[0][1], "scores": dict(best)}

    def _best(self, row, top_k):
        order = np.argsort(-row, kind="stable")[:top_k]
        return [(self.label_names[at], round(float(row[at]), 6)) for at in order]
