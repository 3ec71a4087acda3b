"""The loss of a run."""

from keras_pe.config import PROBLEM_DEFAULTS
from keras_pe.training.objectives import OBJECTIVES


def build_loss(settings, problem_type="single_label", **data):
    """Returns the loss of a run.

    Args:
        settings: `TrainingConfig`, or a config that has its fields.
        problem_type: A key of `OBJECTIVES`.
        **data: What the loss must know of the data: `Objective.loss_data`.

    Returns:
        A `keras.losses.Loss` of targets and answers of B texts: the mean over these; with sample
        weights the weighted sum, divided by B too.

    Raises:
        ValueError: If the loss is not one of that type of problem.

    Example:
        >>> from keras_pe.config import TrainingConfig
        >>> build_loss(TrainingConfig(loss="focal", focal_gamma=1.0)).gamma
        1.0
    """
    losses = OBJECTIVES[problem_type].losses
    name = settings.loss or PROBLEM_DEFAULTS[problem_type]["loss"]
    if name not in losses:
        raise ValueError(
            f"`loss` must be one of: {', '.join(losses)} with problem_type={problem_type!r}. "
            f"Received: loss={name!r}"
        )
    return losses[name](settings, **data)
