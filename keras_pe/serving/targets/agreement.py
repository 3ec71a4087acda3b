"""How often an export of rounded activations answers as Keras does, on texts of its training."""

from collections.abc import Sequence

import keras
import numpy as np

from keras_pe.serving.answers import ClassAnswer
from keras_pe.serving.targets.token_classifier import TokenClassifier

# Of these texts as many must get the answer that Keras gives.
LEAST = 0.95
# A number is the same answer within this share of the targets' standard deviation.
_OF_A_DEVIATION = 0.1


def check_agreement(
    reader: TokenClassifier,
    model: keras.Model,
    answer: ClassAnswer,
    token_ids: Sequence[np.ndarray],
) -> dict[str, float]:
    """Raises if too few texts get the answer that Keras gives.

    Args:
        reader: the opened export.
        model: the Keras model.
        answer: what the model answers with.
        token_ids: those of texts that the converter has not seen.

    Returns:
        `texts`, `same`, the texts with the same answer, and `difference`, the largest between two
        scores.

    Raises:
        ValueError: if less than 95% of the texts get the same answer.
    """
    found = np.concatenate([reader.run([ids]) for ids in token_ids])
    expected = np.concatenate(
        [keras.ops.convert_to_numpy(model(ids[None], training=False)) for ids in token_ids]
    )
    same = int(_same(reader, answer, found, expected, model).sum())
    difference = float(np.abs(found - expected).max())
    if same < LEAST * len(token_ids):
        raise ValueError(
            f"An export with `quantization` calibrated_int8 must give {LEAST:.0%} of training "
            f"texts the answer that Keras gives. Received: {same} of {len(token_ids)}, scores "
            f"within {difference:.3g}. Take dynamic_int8, which keeps activations exact."
        )
    return {"texts": len(token_ids), "same": same, "difference": difference}


def _same(reader, answer, found, expected, model) -> np.ndarray:
    if answer.problem_type == "regression":
        scale = model.layers[-1].scale if hasattr(model.layers[-1], "scale") else 1.0
        return np.abs(found - expected)[:, 0] <= _OF_A_DEVIATION * abs(scale)
    pairs = zip(reader.predictions.decide(found), reader.predictions.decide(expected), strict=True)
    return np.array([one == other for one, other in pairs])
