"""The types of problems, by the names that Hugging Face gives them, and what labels are in each."""

from keras_pe.data.targets.multi_label import MULTI_LABEL
from keras_pe.data.targets.regression import REGRESSION
from keras_pe.data.targets.single_label import SINGLE_LABEL

TARGETS = {
    "single_label": SINGLE_LABEL,
    "multi_label": MULTI_LABEL,
    "regression": REGRESSION,
}
