"""Macro F1 of all texts that a pass over a dataset sees."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_pe")
class MacroF1(keras.metrics.Metric):
    """Mean over all classes of F1 = 2 hits / (texts + guesses), each class counted alike.

    What is kept from batch to batch are the three counts of each class, so the result is that of
    the whole part, not a mean over batches, whatever the order and the size of these. A class with
    neither texts nor guesses counts as 0, as in `keras_pe.evaluation`. Counts are exact up to
    16,777,216 texts of a class.

    Args:
        num_classes: int.
        **kwargs: Of `keras.metrics.Metric`.

    Example:
        >>> metric = MacroF1(num_classes=2)
        >>> metric.update_state([0, 0, 1], [[0.9, 0.1], [0.2, 0.8], [0.3, 0.7]])
        >>> metric.update_state([1], [[0.4, 0.6]])
        >>> round(float(metric.result()), 4)
        0.7333

    Source: Lewis et al. (2004), RCV1, https://www.jmlr.org/papers/v5/lewis04a.html
    """

    def __init__(self, num_classes, name="macro_f1", **kwargs):
        super().__init__(name=name, **kwargs)
        self.num_classes = num_classes
        self._counts = {
            count: self.add_variable((num_classes,), initializer="zeros", name=count)
            for count in ("hits", "texts", "guesses")
        }

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Adds a batch.

        Args:
            y_true: [B] int, class numbers.
            y_pred: [B, C] float, scores.
            sample_weight: Left aside: every text counts once.
        """
        true, guessed = self._one_hot(y_true), self._one_hot(ops.argmax(y_pred, axis=-1))
        added = {"hits": true * guessed, "texts": true, "guesses": guessed}
        for count, rows in added.items():
            self._counts[count].assign_add(ops.sum(rows, axis=0))

    def result(self):
        hits, texts, guesses = self._counts.values()
        # Where there is neither a text nor a guess there is no hit either.
        return ops.mean(2.0 * hits / ops.maximum(texts + guesses, 1.0))

    def get_config(self):
        return {**super().get_config(), "num_classes": self.num_classes}

    def _one_hot(self, numbers):
        return ops.one_hot(ops.cast(numbers, "int32"), self.num_classes, dtype=self.dtype)
