"""The objectives, by the names of the types of problems."""

from keras_pe.training.objectives.multi_label import MULTI_LABEL
from keras_pe.training.objectives.regression import REGRESSION
from keras_pe.training.objectives.single_label import SINGLE_LABEL

OBJECTIVES = {
    "single_label": SINGLE_LABEL,
    "multi_label": MULTI_LABEL,
    "regression": REGRESSION,
}
