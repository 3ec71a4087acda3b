"""A number: errors in standard deviations of the training targets."""

import keras

from keras_pe.training.objectives.objective import Objective
from keras_pe.training.scaled_huber import ScaledHuber
from keras_pe.training.scaled_squared_error import ScaledSquaredError

LOSSES = {
    "mse": lambda c, deviation=1.0: ScaledSquaredError(deviation),
    "huber": lambda c, deviation=1.0: ScaledHuber(deviation),
}

REGRESSION = Objective(
    losses=LOSSES,
    metrics=lambda settings, num_outputs: [keras.metrics.MeanAbsoluteError(name="mae")],
    best_by=("loss", "mae"),
    loss_data=lambda labels, class_weights: {"deviation": labels.deviation},
)
