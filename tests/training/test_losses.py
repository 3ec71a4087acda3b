"""Cross-entropy on class numbers."""

import math

import keras
import numpy as np
import pytest

from keras_pe.training.losses import SmoothedCrossentropy


def test_without_smoothing_it_is_the_sparse_crossentropy_of_keras():
    probabilities = np.random.default_rng(0).dirichlet(np.ones(5), size=8).astype("float32")
    classes = np.arange(8) % 5
    ours = SmoothedCrossentropy(0.0)(classes, probabilities)
    theirs = keras.losses.SparseCategoricalCrossentropy()(classes, probabilities)
    assert float(ours) == pytest.approx(float(theirs), rel=1e-5)


def test_smoothing_spreads_its_share_over_all_classes():
    loss = SmoothedCrossentropy(0.3)(np.array([0]), np.array([[0.5, 0.25, 0.25]], "float32"))
    expected = -(0.8 * math.log(0.5) + 0.1 * math.log(0.25) + 0.1 * math.log(0.25))
    assert float(loss) == pytest.approx(expected, rel=1e-5)


def test_smoothing_survives_serialisation():
    config = keras.saving.serialize_keras_object(SmoothedCrossentropy(0.3))
    assert keras.saving.deserialize_keras_object(config).label_smoothing == 0.3


@pytest.mark.parametrize("share", [-0.1, 1.0])
def test_smoothing_out_of_range_is_refused(share):
    with pytest.raises(ValueError, match=f"`label_smoothing` must .* label_smoothing={share}"):
        SmoothedCrossentropy(share)
