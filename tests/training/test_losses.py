"""Cross-entropy and focal loss on class numbers."""

import math

import keras
import numpy as np
import pytest

from keras_pe.config import SettingsRead, TrainingConfig
from keras_pe.training.focal_crossentropy import FocalCrossentropy
from keras_pe.training.losses import build_loss
from keras_pe.training.objectives import OBJECTIVES
from keras_pe.training.smoothed_crossentropy import SmoothedCrossentropy


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
@pytest.mark.parametrize("kind", [SmoothedCrossentropy, lambda share: FocalCrossentropy(2, share)])
def test_smoothing_out_of_range_is_refused(kind, share):
    with pytest.raises(ValueError, match=f"`label_smoothing` must .* label_smoothing={share}"):
        kind(share)


@pytest.mark.parametrize("name", list(OBJECTIVES["single_label"].losses))
def test_every_loss_is_made_from_settings_and_smooths(name):
    losses = [build_loss(TrainingConfig(loss=name, label_smoothing=share)) for share in (0.0, 0.5)]
    sure = np.array([[0.98, 0.01, 0.01]], "float32")
    plain, smoothed = (float(loss(np.array([0]), sure)) for loss in losses)
    assert 0 < plain < smoothed


def test_gamma_is_read_by_the_focal_loss_alone():
    settings = SettingsRead(TrainingConfig(loss="focal", focal_gamma=3.5, label_smoothing=0.1))
    loss = build_loss(settings)
    assert (loss.gamma, loss.label_smoothing) == (3.5, 0.1)
    settings = SettingsRead(TrainingConfig(loss="crossentropy", focal_gamma=3.5))
    build_loss(settings)
    with pytest.raises(ValueError, match="`focal_gamma` has no effect with loss='crossentropy'"):
        settings.refuse_unread(TrainingConfig, because="loss='crossentropy'")


def test_focal_loss_holds_back_what_is_sure():
    probabilities = np.array([[0.9, 0.06, 0.04], [0.5, 0.3, 0.2]], "float32")
    loss = FocalCrossentropy(2.0, reduction="none")(np.array([0, 1]), probabilities)
    expected = [-(0.1**2) * math.log(0.9), -(0.7**2) * math.log(0.3)]
    np.testing.assert_allclose(loss, expected, rtol=1e-5)
    mean = FocalCrossentropy(2.0)(np.array([0, 1]), probabilities)
    assert float(mean) == pytest.approx(sum(expected) / 2, rel=1e-5)


def test_smoothed_focal_loss_holds_back_each_class_by_its_own_probability():
    loss = FocalCrossentropy(1.0, 0.3)(np.array([0]), np.array([[0.5, 0.3, 0.2]], "float32"))
    terms = [0.8 * 0.5 * math.log(0.5), 0.1 * 0.7 * math.log(0.3), 0.1 * 0.8 * math.log(0.2)]
    assert float(loss) == pytest.approx(-sum(terms), rel=1e-5)


@pytest.mark.parametrize("share", [0.0, 0.2])
def test_with_gamma_zero_it_is_cross_entropy(share):
    probabilities = np.random.default_rng(0).dirichlet(np.ones(5), size=8).astype("float32")
    classes, weights = np.arange(8) % 5, np.linspace(0, 3, 8)
    losses = (FocalCrossentropy(0.0, share), SmoothedCrossentropy(share))
    ours, theirs = (float(loss(classes, probabilities, weights)) for loss in losses)
    assert ours == pytest.approx(theirs, rel=1e-5)


@pytest.mark.parametrize("share", [0.0, 0.2])
def test_it_is_the_focal_loss_of_keras_on_one_hot_targets(share):
    probabilities = np.random.default_rng(0).dirichlet(np.ones(5), size=8).astype("float32")
    classes = np.arange(8) % 5
    theirs = keras.losses.CategoricalFocalCrossentropy(alpha=1, gamma=2, label_smoothing=share)
    ours = FocalCrossentropy(2.0, share)(classes, probabilities)
    expected = theirs(np.eye(5, dtype="float32")[classes], probabilities)
    assert float(ours) == pytest.approx(float(expected), rel=1e-5)


@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0])
def test_certain_and_hopeless_texts_leave_the_training_finite_and_hopeless_ones_learn(gamma):
    logits = np.array([[200.0, 0.0], [0.0, 40.0]], "float32")
    layers = [keras.layers.Embedding(2, 2), keras.layers.Activation("softmax")]
    model = keras.Sequential([keras.Input(()), *layers])
    model.layers[0].set_weights([logits])
    model.compile(keras.optimizers.SGD(1.0), FocalCrossentropy(gamma), jit_compile=False)
    model.train_on_batch(np.array([0, 1]), np.array([0, 0]))
    moved = model.layers[0].get_weights()[0] - logits
    # The slope of -log p is 1 where p is next to 0; each of two texts counts half.
    np.testing.assert_allclose(moved, [[0, 0], [0.5, -0.5]], atol=1e-3)


def test_the_focal_loss_survives_serialisation():
    config = keras.saving.serialize_keras_object(FocalCrossentropy(1.5, 0.3))
    again = keras.saving.deserialize_keras_object(config)
    assert (again.gamma, again.label_smoothing) == (1.5, 0.3)


def test_gamma_below_zero_is_refused():
    with pytest.raises(ValueError, match="`gamma` must be at least 0. Received: gamma=-1"):
        FocalCrossentropy(-1)


def test_a_problem_has_a_loss_of_its_own_and_refuses_those_of_others():
    kinds = {
        problem: type(build_loss(TrainingConfig(), problem)).__name__ for problem in OBJECTIVES
    }
    assert kinds == {
        "single_label": "SmoothedCrossentropy",
        "multi_label": "LabelSetCrossentropy",
        "regression": "ScaledSquaredError",
    }
    message = "`loss` must be one of: mse, huber with problem_type='regression'. .* loss='focal'"
    with pytest.raises(ValueError, match=message):
        build_loss(TrainingConfig(loss="focal"), "regression")
