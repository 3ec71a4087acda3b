"""The loss of sets of labels: against Keras, and by hand."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.training.label_set_crossentropy import LabelSetCrossentropy

draw = np.random.default_rng(0)
TARGETS = draw.integers(0, 2, (8, 5)).astype("uint8")
SCORES = draw.uniform(0.05, 0.95, (8, 5)).astype("float32")


@pytest.mark.parametrize("share", [0.0, 0.2])
def test_plain_it_is_the_binary_crossentropy_of_keras(share):
    theirs = keras.losses.BinaryCrossentropy(label_smoothing=share)(TARGETS, SCORES)
    ours = LabelSetCrossentropy(label_smoothing=share)(TARGETS, SCORES)
    assert float(ours) == pytest.approx(float(theirs), rel=1e-5)


def test_focal_it_is_the_binary_focal_crossentropy_of_keras():
    theirs = keras.losses.BinaryFocalCrossentropy(gamma=1.5)(TARGETS, SCORES)
    ours = LabelSetCrossentropy(gamma=1.5)(TARGETS, SCORES)
    assert float(ours) == pytest.approx(float(theirs), rel=1e-5)


def test_a_weight_counts_for_labels_that_hold_alone():
    targets, scores = np.array([[1, 1, 0]]), np.array([[0.5, 0.25, 0.75]], "float32")
    found = LabelSetCrossentropy(positive_weights=[3.0, 0.5, 100.0])(targets, scores)
    expected = (3 * np.log(2) + 0.5 * np.log(4) + np.log(4)) / 3
    assert float(found) == pytest.approx(expected, rel=1e-5)


def test_a_hopeless_label_has_a_gradient():
    layer = keras.layers.Dense(1, "sigmoid", use_bias=False, kernel_initializer="ones")
    model = keras.Sequential([keras.Input((1,)), layer])
    model.compile(keras.optimizers.SGD(1.0), loss=LabelSetCrossentropy())
    # The probability is exp(-30), far below where Keras cuts off.
    model.train_on_batch(np.array([[-30.0]]), np.array([[1]]))
    assert float(ops.convert_to_numpy(layer.kernel)[0, 0]) == pytest.approx(1 - 30, rel=1e-3)


def test_all_settings_survive_serialisation():
    loss = LabelSetCrossentropy(1.5, np.array([1.0, 2.0]), 0.3)
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(loss))
    assert (again.gamma, again.positive_weights, again.label_smoothing) == (1.5, [1.0, 2.0], 0.3)


@pytest.mark.parametrize("arguments", [{"gamma": -1}, {"label_smoothing": 1.0}])
def test_arguments_out_of_range_are_refused(arguments):
    (name,) = arguments
    with pytest.raises(ValueError, match=f"`{name}` must be at least 0"):
        LabelSetCrossentropy(**arguments)
