"""Texts that are longer once the model is trained."""

import pytest

from keras_pe.classifier import TextClassifier
from keras_pe.config import RunConfig
from keras_pe.experiment import Experiment


@pytest.fixture
def config(reviews):
    lstm = {"model": "lstm", "position": "none", "lstm_units": 8, "dense_dim": 8}
    files = {"train_file": str(reviews), "test_file": str(reviews)}
    sizes = {"epochs": 1, "vocabulary_size": 120, "hidden_dim": 8, "max_length": 5}
    return lambda **settings: RunConfig(**{**files, **sizes, **lstm, **settings})


def test_test_texts_and_predictions_have_the_inference_length(config, tmp_path):
    experiment = Experiment(config(inference_length=11), tmp_path / "run", verbose=0)
    data = experiment.data
    longest = [int(part.lengths.max()) for part in (data.train, data.validation, data.test)]
    assert longest == [5, 5, 11]
    experiment.run()
    assert TextClassifier.load(tmp_path / "run").max_length == 11


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"position": "sinusoidal"}, "reads 11, where sinusoidal positions that it never saw misl"),
        ({"position": "rotary"}, "once trained, it reads 11\n"),
        ({"position": "sinusoidal", "position_source": "shifted"}, "it reads 11\n"),
    ],
    ids=["falls", "holds", "other-positions"],
)
def test_the_description_says_which_encodings_fall_beyond(config, tmp_path, settings, said):
    network = {"model": "transformer", "num_layers": 1, "num_heads": 2, "intermediate_dim": 8}
    settings = {"lstm_units": 128, "dense_dim": 64, "inference_length": 11, **network, **settings}
    experiment = Experiment(config(**settings), tmp_path / "run", verbose=0)
    assert said in experiment.description


def test_without_one_it_is_the_trained_length(config, tmp_path):
    data = Experiment(config(), tmp_path / "run", verbose=0).data
    assert data.test.lengths.max() == 5
