"""Reads a classifier that was exported to ONNX; neither TensorFlow nor Keras need be there."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from keras_pe.serving.targets.token_classifier import TokenClassifier


class ONNXClassifier(TokenClassifier):
    """Answers texts with ONNX Runtime, in batches; see `TokenClassifier`."""

    kind = "onnx"

    def open(self, model: Path) -> None:
        """Loads the network."""
        try:
            import onnxruntime
        except ImportError as error:
            raise ImportError(
                "ONNX Runtime must be installed: pip install 'keras-pe[onnx]' or onnxruntime."
            ) from error
        options = onnxruntime.SessionOptions()
        # Its warnings are of what it optimizes.
        options.log_severity_level = 3
        if hasattr(os, "sched_getaffinity"):
            # Left to itself it pins a thread to each core of the machine, ours or not.
            options.intra_op_num_threads = len(os.sched_getaffinity(0))
        self._session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )

    def run(self, token_ids: Sequence[Sequence[int]]) -> np.ndarray:
        """Returns scores [B, C] float32 of B texts, padded to the longest."""
        given = np.zeros((len(token_ids), max(map(len, token_ids))), np.int32)
        for row, ids in enumerate(token_ids):
            given[row, : len(ids)] = ids
        (scores,) = self._session.run(["scores"], {"token_ids": given})
        return scores
