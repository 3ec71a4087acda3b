"""Macro F1 over batches."""

import keras
import numpy as np
import pytest

from keras_pe.evaluation.metrics import classification_metrics
from keras_pe.training.macro_f1 import MacroF1


def scores(guesses, num_classes=3):
    return np.eye(num_classes, dtype="float32")[np.array(guesses)]


def test_it_is_the_mean_of_the_classes_by_hand():
    metric = MacroF1(3)
    metric.update_state(np.array([0, 0, 0, 1, 1, 2]), scores([0, 0, 1, 1, 0, 2]))
    # 2 hits of 3 texts and 3 guesses, 1 of 2 and 2, 1 of 1 and 1.
    assert float(metric.result()) == pytest.approx((4 / 6 + 2 / 4 + 2 / 2) / 3)


@pytest.mark.parametrize("size", [1, 7, 64, 300])
def test_it_is_that_of_the_whole_and_of_the_report_whatever_the_batches(size):
    draw = np.random.default_rng(0)
    true, guesses = draw.integers(0, 5, 300) // 2, draw.integers(0, 6, 300) // 2
    metric = MacroF1(4)
    for start in range(0, 300, size):
        batch = slice(start, start + size)
        metric.update_state(true[batch], scores(guesses[batch], 4))
    # The last class has neither texts nor guesses, and counts as 0.
    expected = classification_metrics(true, guesses, list("abcd"))["macro"]["f1"]
    assert float(metric.result()) == pytest.approx(expected, rel=1e-6)


def test_weights_of_texts_are_left_aside_and_a_reset_forgets():
    metric = MacroF1(2)
    metric.update_state(np.array([0, 1]), scores([1, 1], 2), sample_weight=np.array([9.0, 0.5]))
    assert float(metric.result()) == pytest.approx((0 + 2 / 3) / 2)
    metric.reset_state()
    assert float(metric.result()) == 0.0


def test_it_survives_serialisation():
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(MacroF1(7)))
    assert (again.num_classes, again.name) == (7, "macro_f1")
