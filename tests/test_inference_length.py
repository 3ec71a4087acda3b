"""Texts that are longer once the model is trained."""

import pytest

from keras_pe.classifier import TextClassifier
from keras_pe.config import RunConfig
from keras_pe.experiment import Experiment


@pytest.fixture
def config(reviews):
    return lambda **settings: RunConfig(
        train_file=str(reviews), test_file=str(reviews), model="lstm", position="none", epochs=1,
        vocabulary_size=120, hidden_dim=8, lstm_units=8, dense_dim=8, max_length=5, **settings,
    )  # fmt: skip


def test_test_texts_and_predictions_have_the_inference_length(config, tmp_path):
    experiment = Experiment(config(inference_length=11), tmp_path / "run", verbose=0)
    data = experiment.data
    longest = [int(part.lengths.max()) for part in (data.train, data.validation, data.test)]
    assert longest == [5, 5, 11]
    experiment.run()
    assert TextClassifier.load(tmp_path / "run").max_length == 11


def test_without_one_it_is_the_trained_length(config, tmp_path):
    data = Experiment(config(), tmp_path / "run", verbose=0).data
    assert data.test.lengths.max() == 5
