import numpy as np
import pytest
from keras import ops

from keras_pe.config import ModelConfig
from keras_pe.models import build_classifier
from keras_pe.models.start_embedding import start_embedding


def model():
    return build_classifier(
        ModelConfig(vocabulary_size=50, hidden_dim=8, num_heads=2, num_layers=1, num_classes=2)
    )


def table(model):
    return ops.convert_to_numpy(model.get_layer("token_embedding").embeddings)


def test_vectors_keep_their_angles_and_are_spread_as_the_others():
    made = model()
    before = table(made).copy()
    vectors = np.random.default_rng(0).normal(scale=3.0, size=(20, 8)).astype("float32")
    ids = np.arange(10, 30)
    start_embedding(made, ids, vectors)
    after = table(made)
    np.testing.assert_array_equal(np.delete(after, ids, axis=0), np.delete(before, ids, axis=0))
    assert after[ids].std() == pytest.approx(before.std(), rel=1e-4)
    factor = after[ids] / vectors
    np.testing.assert_allclose(factor, factor[0, 0], rtol=1e-4)
    assert made.get_layer("token_embedding").trainable


def test_a_frozen_embedding_is_not_trained():
    made = model()
    start_embedding(made, np.array([5, 6]), np.eye(2, 8), trainable=False)
    frozen = table(made).copy()
    made.compile("sgd", "sparse_categorical_crossentropy")
    made.fit(np.array([[5, 6, 7]] * 4), np.array([0, 1, 0, 1]), verbose=0)
    np.testing.assert_array_equal(table(made), frozen)


def test_vectors_of_another_size_are_refused():
    with pytest.raises(ValueError, match="Received: hidden_dim=8, vectors of 4. Choose --hidden"):
        start_embedding(model(), np.array([5]), np.ones((1, 4)))


def test_vectors_without_any_difference_are_refused():
    with pytest.raises(ValueError, match="Word vectors must differ from each other"):
        start_embedding(model(), np.array([5]), np.ones((1, 8)))
