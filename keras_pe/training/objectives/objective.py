"""What training must know of a type of problem."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import keras
import numpy as np


@dataclass(frozen=True)
class Objective:
    """Says what is made small and what is measured where problems are of one type.

    Args:
        losses: dict from the name of a loss to a function of the settings and what `loss_data`
            returns, by name.
        metrics: function of the settings and the number of outputs, that returns what is measured
            after every epoch, besides the loss.
        best_by: sequence of str. The validation scores that can choose the best epoch.
        loss_data: function of what numbers the labels and of the class weights, that returns what a
            loss must know of the data.
        class_weights: function of the setting, the `TargetCounts` of the training texts and the
            label names, that returns [C] float or None; None where there are no classes.
        weighs_texts: bool. Whether class weights are weights of texts.
    """

    losses: Mapping[str, Callable[..., keras.losses.Loss]]
    metrics: Callable[[object, int], list]
    best_by: Sequence[str]
    loss_data: Callable[..., dict] = lambda labels, class_weights: {}
    class_weights: Callable[..., np.ndarray | None] | None = None
    weighs_texts: bool = False
