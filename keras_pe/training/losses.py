"""The names of the losses, and which settings each reads: all on class numbers, with smoothing."""

from keras_pe.training.focal_crossentropy import FocalCrossentropy
from keras_pe.training.smoothed_crossentropy import SmoothedCrossentropy

LOSSES = {
    "crossentropy": lambda c: SmoothedCrossentropy(c.label_smoothing),
    "focal": lambda c: FocalCrossentropy(c.focal_gamma, c.label_smoothing),
}


def build_loss(settings):
    """Returns the loss of a run.

    Args:
        settings: `TrainingConfig`, or a config that has its fields.

    Returns:
        A `keras.losses.Loss` of class numbers [B] and class probabilities [B, C]: the mean over the
        B texts; with sample weights the weighted sum, divided by B too.

    Example:
        >>> from keras_pe.config import TrainingConfig
        >>> build_loss(TrainingConfig(loss="focal", focal_gamma=1.0)).gamma
        1.0
    """
    return LOSSES[settings.loss](settings)
