"""What the answer of a model says, by the names of the types of problems."""

from keras_pe.predictions.class_predictions import ClassPredictions
from keras_pe.predictions.label_set_predictions import LabelSetPredictions
from keras_pe.predictions.number_predictions import NumberPredictions

PREDICTIONS = {
    "single_label": ClassPredictions,
    "multi_label": LabelSetPredictions,
    "regression": NumberPredictions,
}


def predictions(problem_type, label_names=(), thresholds=None):
    """Returns what reads the answers of a model.

    Args:
        problem_type: A key of `PREDICTIONS`.
        label_names: Sequence of str, in the order of the model's outputs.
        thresholds: [C] float. From which score on a label is given; None where all labels are not.

    Returns:
        A value of the class in `PREDICTIONS`.

    Example:
        >>> predictions("single_label", ["no", "yes"]).decide([[0.2, 0.8]])
        ['yes']
    """
    return PREDICTIONS[problem_type](tuple(label_names), thresholds)
