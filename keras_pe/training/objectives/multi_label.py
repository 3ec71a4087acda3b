"""Any number of labels: a sigmoid for each, against whether it holds."""

import keras

from keras_pe.training.label_set_crossentropy import LabelSetCrossentropy
from keras_pe.training.objectives.objective import Objective
from keras_pe.training.positive_weights import positive_weights

LOSSES = {
    "crossentropy": lambda c, positive_weights=None: LabelSetCrossentropy(
        positive_weights=positive_weights, label_smoothing=c.label_smoothing
    ),
    "focal": lambda c, positive_weights=None: LabelSetCrossentropy(
        gamma=c.focal_gamma, positive_weights=positive_weights, label_smoothing=c.label_smoothing
    ),
}


def _metrics(settings, num_outputs):
    # Thresholds of one's own for each label are chosen when the training is over.
    threshold = 0.5 if settings.threshold in (None, "tuned") else float(settings.threshold)
    averages = ("micro", "macro") if settings.best_by == "macro_f1" else ("micro",)
    return [
        keras.metrics.F1Score(average, threshold=threshold, name=f"{average}_f1")
        for average in averages
    ]


MULTI_LABEL = Objective(
    losses=LOSSES,
    metrics=_metrics,
    best_by=("loss", "micro_f1", "macro_f1"),
    loss_data=lambda labels, class_weights: {"positive_weights": class_weights},
    class_weights=positive_weights,
)
