"""A saved, cloned or rebuilt classifier is the same classifier, with every encoding."""

import functools

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.models import POOLINGS, build_classifier

ROWS = np.array([[3, 14, 7, 9, 3, 5], [0, 0, 4, 4, 8, 2]])


def answers(model):
    return ops.convert_to_numpy(model(ROWS))


def assert_same_model(other, model):
    assert other is not model
    assert [w.shape for w in other.weights] == [w.shape for w in model.weights]
    np.testing.assert_array_equal(answers(other), answers(model))


@pytest.fixture(scope="module")
def saved_and_loaded(tmp_path_factory):
    """Function of a classifier: what its file gives. Tests share it and may not change it."""

    @functools.cache
    def load(model):
        path = tmp_path_factory.mktemp("saved") / "model.keras"
        model.save(path)
        return keras.saving.load_model(path)

    return load


def test_a_loaded_classifier_gives_the_same_answers(model, saved_and_loaded):
    assert_same_model(saved_and_loaded(model), model)


@pytest.mark.parametrize("pooling", POOLINGS)
def test_a_loaded_classifier_keeps_its_pooling(pooled_model, pooling, tmp_path):
    model = pooled_model("sinusoidal", "transformer", pooling)
    model.save(tmp_path / "model.keras")
    assert_same_model(keras.saving.load_model(tmp_path / "model.keras"), model)


def test_weights_alone_can_be_loaded_into_a_new_classifier(case, model, tiny, tmp_path):
    model.save_weights(tmp_path / "model.weights.h5")
    other = build_classifier(tiny(*case))
    assert np.abs(answers(other) - answers(model)).max() > 1e-3
    other.load_weights(tmp_path / "model.weights.h5")
    assert_same_model(other, model)


def test_a_clone_has_as_many_weights_and_gives_the_same_answers(model):
    clone = keras.models.clone_model(model)
    assert clone.count_params() == model.count_params()
    clone.set_weights(model.get_weights())
    assert_same_model(clone, model)


def test_a_clone_of_a_loaded_classifier_still_works(model, saved_and_loaded):
    clone = keras.models.clone_model(saved_and_loaded(model))
    clone.set_weights(model.get_weights())
    assert_same_model(clone, model)


def test_no_weight_is_counted_or_named_twice(model):
    assert len({id(weight) for weight in model.weights}) == len(model.weights)
    assert len({weight.path for weight in model.weights}) == len(model.weights)


def test_training_goes_on_from_the_file_as_without_it(tiny, tmp_path, run_eagerly):
    model = build_classifier(tiny("learned", "transformer"))
    model.compile("adam", "sparse_categorical_crossentropy", run_eagerly=run_eagerly)
    labels = np.array([0, 2])
    model.train_on_batch(ROWS, labels)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    for one in (model, loaded):
        one.train_on_batch(ROWS, labels)
    np.testing.assert_allclose(answers(loaded), answers(model), rtol=0, atol=1e-6)
