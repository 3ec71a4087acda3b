"""One of several classes: softmax probabilities against class numbers."""

from keras_pe.training.class_weights import class_weights
from keras_pe.training.focal_crossentropy import FocalCrossentropy
from keras_pe.training.macro_f1 import MacroF1
from keras_pe.training.objectives.objective import Objective
from keras_pe.training.smoothed_crossentropy import SmoothedCrossentropy

LOSSES = {
    "crossentropy": lambda c: SmoothedCrossentropy(c.label_smoothing),
    "focal": lambda c: FocalCrossentropy(c.focal_gamma, c.label_smoothing),
}


def _metrics(settings, num_outputs):
    return ["accuracy", *([MacroF1(num_outputs)] if settings.best_by == "macro_f1" else [])]


SINGLE_LABEL = Objective(
    losses=LOSSES,
    metrics=_metrics,
    best_by=("accuracy", "loss", "macro_f1"),
    class_weights=class_weights,
    weighs_texts=True,
)
