"""Losses of numbers: independent of the units, and by hand."""

import keras
import numpy as np
import pytest

from keras_pe.training.scaled_huber import ScaledHuber
from keras_pe.training.scaled_squared_error import ScaledSquaredError

TARGETS = np.array([1.0, 5.0, 3.0], "float32")
VALUES = np.array([[2.0], [2.0], [6.0]], "float32")


def test_squares_are_of_errors_in_deviations():
    assert float(ScaledSquaredError(2.0)(TARGETS, VALUES)) == pytest.approx(
        (0.25 + 2.25 + 2.25) / 3
    )


def test_huber_is_a_square_up_to_one_deviation_and_a_line_beyond():
    assert float(ScaledHuber(2.0)(TARGETS, VALUES)) == pytest.approx((0.125 + 1.0 + 1.0) / 3)


@pytest.mark.parametrize("kind", [ScaledSquaredError, ScaledHuber])
def test_the_units_do_not_matter(kind):
    small, large = kind(2.0)(TARGETS, VALUES), kind(2e6)(1e6 * TARGETS, 1e6 * VALUES)
    assert float(small) == pytest.approx(float(large), rel=1e-5)


@pytest.mark.parametrize("kind", [ScaledSquaredError, ScaledHuber])
def test_the_deviation_survives_serialisation(kind):
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(kind(2.5)))
    assert again.deviation == 2.5


def test_weights_of_texts_are_summed_over_the_number_of_texts():
    weights = np.array([3.0, 0.0, 1.0], "float32")
    squares = ScaledSquaredError(2.0)(TARGETS, VALUES, sample_weight=weights)
    assert float(squares) == pytest.approx((3 * 0.25 + 2.25) / 3)
    huber = ScaledHuber(2.0)(TARGETS, VALUES, sample_weight=weights)
    assert float(huber) == pytest.approx((3 * 0.125 + 1.0) / 3)
