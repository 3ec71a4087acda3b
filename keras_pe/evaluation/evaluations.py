"""The evaluations, by the names of the types of problems."""

from collections.abc import Mapping

from keras_pe.evaluation.class_evaluation import CLASS_EVALUATION
from keras_pe.evaluation.evaluation import Evaluation
from keras_pe.evaluation.label_set_evaluation import LABEL_SET_EVALUATION
from keras_pe.evaluation.number_evaluation import NUMBER_EVALUATION

EVALUATIONS = {
    "single_label": CLASS_EVALUATION,
    "multi_label": LABEL_SET_EVALUATION,
    "regression": NUMBER_EVALUATION,
}


def evaluation_of(metrics: Mapping) -> Evaluation:
    """Returns the evaluation that metrics came from; those of earlier versions name no type."""
    return EVALUATIONS[metrics.get("problem_type", "single_label")]
