"""The heads of the types of problems."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.config import ModelConfig
from keras_pe.models import HEADS, build_classifier

SMALL = {"vocabulary_size": 20, "hidden_dim": 8, "num_heads": 2, "intermediate_dim": 8}
IDS = np.array([[2, 7, 8, 3], [2, 9, 3, 0]], "int32")


def answered(**settings):
    keras.utils.set_random_seed(0)
    model = build_classifier(ModelConfig(**SMALL, **settings))
    below = keras.Model(model.input, model.layers[-2].output)
    return model, ops.convert_to_numpy(model(IDS)), ops.convert_to_numpy(below(IDS))


def test_each_label_has_a_probability_by_itself():
    _, scores, logits = answered(problem_type="multi_label", num_classes=3)
    np.testing.assert_allclose(scores, 1 / (1 + np.exp(-logits)), rtol=1e-5)
    assert scores.shape == (2, 3)


def test_a_number_is_in_the_units_of_the_targets():
    settings = {"target_mean": 1_000.0, "target_deviation": 250.0}
    model, values, standard = answered(problem_type="regression", **settings)
    np.testing.assert_allclose(values, 1_000 + 250 * standard, rtol=1e-6)
    assert values.shape == (2, 1)
    again = model.from_config(model.get_config())
    again.set_weights(model.get_weights())
    np.testing.assert_array_equal(ops.convert_to_numpy(again(IDS)), values)


@pytest.mark.parametrize("precision", ["mixed_bfloat16", "mixed_float16"])
@pytest.mark.parametrize("problem_type", HEADS)
def test_every_head_is_float32_in_every_precision(problem_type, precision):
    keras.config.set_dtype_policy(precision)
    facts = {"target_mean": 0.0, "target_deviation": 1.0}
    facts = facts if problem_type == "regression" else {"num_classes": 2}
    _, scores, below = answered(problem_type=problem_type, **facts)
    assert scores.dtype == below.dtype == np.float32


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"problem_type": "regression"}, "`target_mean` and `target_deviation` must be set"),
        ({"problem_type": "multi_label"}, "`num_classes` must be set"),
        (
            {"num_classes": 2, "target_mean": 1.0},
            "`target_mean` has no effect with .* problem_type='single_label'",
        ),
        (
            {"problem_type": "regression", "target_mean": 0.0, "target_deviation": 1.0}
            | {"num_classes": 2},
            "`num_classes` has no effect with .* problem_type='regression'",
        ),
    ],
)
def test_what_a_head_lacks_or_does_not_use_is_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        build_classifier(ModelConfig(**SMALL, **settings))
