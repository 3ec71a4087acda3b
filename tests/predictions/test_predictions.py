"""What the numbers of a model say, in the three types of problems."""

import numpy as np
import pytest

from keras_pe.predictions import PREDICTIONS, predictions

SCORES = np.array([[0.2, 0.7, 0.4], [0.1, 0.2, 0.3]], "float32")


def test_the_best_class_and_others_if_wished():
    found = predictions("single_label", "abc")
    assert found.decide(SCORES) == ["b", "c"]
    assert found.columns(2) == ["label", "probability", "label_2", "probability_2"]
    assert found.cells(SCORES[0], 2) == ["b", 0.7, "c", 0.4]
    assert found.record(SCORES[0]) == {"label": "b", "probability": 0.7, "scores": {"b": 0.7}}
    assert found.shown(SCORES[0], 2) == "b 0.7000  c 0.4000"


def test_labels_whose_score_reaches_their_threshold():
    found = predictions("multi_label", ("a", "体", "c"), [0.2, 0.9, 0.4])
    assert found.decide(SCORES) == [("c", "a"), ()]
    assert found.columns() == ["labels", "probabilities"]
    assert found.cells(SCORES[0]) == ['["c", "a"]', "[0.4, 0.2]"]
    assert found.cells(SCORES[1]) == ["[]", "[]"]
    assert found.record(SCORES[1]) == {"labels": [], "scores": {"a": 0.1, "体": 0.2, "c": 0.3}}
    assert [found.shown(row) for row in SCORES] == ["c 0.4000  a 0.2000", "-"]


def test_a_number_is_as_short_as_its_float32():
    found = predictions("regression")
    row = np.array([0.1], "float32")
    assert found.decide(row[None]) == found.cells(row) == [0.1]
    assert found.record(row) == {"value": 0.1}
    assert found.shown(np.array([1234.5678], "float32")) == "1234.57"


@pytest.mark.parametrize("problem_type", PREDICTIONS)
def test_only_classes_can_be_ranked(problem_type):
    found = predictions(problem_type, "ab", [0.5, 0.5])
    assert found.ranks == (problem_type == "single_label")
    assert found.outputs == (1 if problem_type == "regression" else 2)
