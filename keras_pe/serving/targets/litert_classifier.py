"""Reads a classifier that was exported to LiteRT; neither TensorFlow nor Keras need be there."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from keras_pe.serving.targets.token_classifier import TokenClassifier


class LiteRTClassifier(TokenClassifier):
    """Answers texts with LiteRT, one after the other; see `TokenClassifier`."""

    kind = "litert"

    def open(self, model: Path) -> None:
        """Loads the network."""
        try:
            from ai_edge_litert.interpreter import Interpreter
        except ImportError as error:
            raise ImportError(
                "LiteRT must be installed: pip install 'keras-pe[litert]' or ai-edge-litert."
            ) from error
        # The runner does not keep the interpreter alive.
        self._interpreter = Interpreter(model_path=str(model))
        self._runner = self._interpreter.get_signature_runner("tokens")
        self._fixed = self.description["length"] == "fixed"

    def run(self, token_ids: Sequence[Sequence[int]]) -> np.ndarray:
        """Returns scores [B, C] float32 of B texts."""
        scores = np.empty((len(token_ids), self.predictions.outputs), np.float32)
        for row, ids in enumerate(token_ids):
            given = np.zeros((1, self.max_length if self._fixed else len(ids)), np.int32)
            given[0, : len(ids)] = ids
            scores[row] = self._runner(token_ids=given)["scores"][0]
        return scores
