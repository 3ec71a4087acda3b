"""A number, in the units of the training targets."""

import numpy as np


class NumberPredictions:
    """Reads numbers [N, 1].

    Args:
        label_names: Of no use here: a number has no label.
        thresholds: Of no use here.

    Attributes:
        outputs: int. Numbers per text.
        ranks: bool. Whether answers can be ranked: more than one shown.
    """

    ranks = False
    outputs = 1

    def __init__(self, label_names=(), thresholds=None):
        self.label_names = ()

    def decide(self, scores) -> list[float]:
        """Returns the number of each text."""
        return [_short(row) for row in np.asarray(scores)]

    def shown(self, row, top_k=1) -> str:
        """Returns the number of one text, for a line on the screen."""
        return f"{_short(row):g}"

    def columns(self, top_k=1) -> list[str]:
        """Returns the name of the cell."""
        return ["value"]

    def cells(self, row, top_k=1) -> list[float]:
        """Returns the number of one text, in a list."""
        return [_short(row)]

    def record(self, row, top_k=1) -> dict:
        """Returns the same as JSON can hold it."""
        return {"value": _short(row)}


def _short(row) -> float:
    """Returns the shortest number that is the same float32."""
    return float(str(np.float32(row[0])))
