"""What the numbers that a model gives for a text say, and how they are written down."""

from keras_pe.predictions.predictions import PREDICTIONS, predictions

__all__ = ["PREDICTIONS", "predictions"]
