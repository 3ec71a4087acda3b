"""The answers, by the names of the types of problems."""

from keras_pe.serving.answers.class_answer import ClassAnswer
from keras_pe.serving.answers.label_set_answer import LabelSetAnswer
from keras_pe.serving.answers.number_answer import NumberAnswer

ANSWERS = {
    "single_label": ClassAnswer,
    "multi_label": LabelSetAnswer,
    "regression": NumberAnswer,
}


def build_answer(problem_type, label_names, thresholds=None):
    """Returns what turns the scores of a model into an answer.

    Args:
        problem_type: A key of `ANSWERS`.
        label_names: C names; none of a number.
        thresholds: [C] float. From which score on a label is given (multi_label).

    Returns:
        A value of the class in `ANSWERS`.

    Raises:
        ValueError: If there is no such type.
    """
    if problem_type not in ANSWERS:
        raise ValueError(
            f"`problem_type` must be one of: {', '.join(ANSWERS)}. "
            f"Received: problem_type={problem_type!r}"
        )
    return ANSWERS[problem_type](tuple(label_names), thresholds)
