"""What the outputs of an exported model say: what kind of model it is, and its scores."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

# Others say the same in other words.
OUTPUTS = ("labels", "scores", "thresholds", "value")


class ModelKind(NamedTuple):
    """What does not change from text to text.

    Attributes:
        problem_type: a key of `keras_pe.predictions.PREDICTIONS`.
        label_names: C names; none of a number.
        thresholds: C floats, from which score on a label is given, where any number may be.
    """

    problem_type: str
    label_names: tuple[str, ...]
    thresholds: tuple[float, ...] | None


def kind_of(outputs: Mapping[str, np.ndarray]) -> ModelKind:
    """Returns what the outputs for a text or more say of the model.

    Args:
        outputs: those of `OUTPUTS` that the model has, a row per text.

    Raises:
        ValueError: if they are not those of a model that keras_pe exported.

    Example:
        >>> kind_of({"value": np.zeros(1, np.float32)}).problem_type
        'regression'
    """
    if set(outputs) == {"value"}:
        return ModelKind("regression", (), None)
    labels = outputs.get("labels", np.empty(0))
    if "scores" not in outputs or labels.dtype != object or labels.ndim != 2 or not labels.size:
        raise ValueError(f"no `labels` and `scores`, and no `value`, but {sorted(outputs)}")
    names = tuple(name.decode("utf-8", "replace") for name in labels[0])
    if "thresholds" not in outputs:
        return ModelKind("single_label", names, None)
    return ModelKind("multi_label", names, tuple(outputs["thresholds"][0].tolist()))


def scores_of(outputs: Mapping[str, np.ndarray]) -> np.ndarray:
    """Returns scores [B, C], of a number [B, 1]."""
    return outputs["value"].reshape(-1, 1) if "value" in outputs else outputs["scores"]
