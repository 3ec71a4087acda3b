"""Texts for a calibration are those of the training, as the model reads them."""

import numpy as np
import pytest

from keras_pe.classifier import TextClassifier
from keras_pe.config import PreparationConfig, RunConfig
from keras_pe.preparation.prepare import prepare
from keras_pe.training_ids import training_ids

SIZES = {"hidden_dim": 4, "lstm_units": 4, "model": "lstm", "max_length": 8, "epochs": 1}


@pytest.fixture(scope="module")
def folder(tmp_path_factory, reviews_text):
    folder = tmp_path_factory.mktemp("data")
    (folder / "reviews.csv").write_text(reviews_text, encoding="utf-8")
    return folder


def run_of(data, finished_run):
    """The folder of a run, and its classifier."""
    run_dir = finished_run(RunConfig(**data, **SIZES)).folder.path
    return run_dir, TextClassifier.load(run_dir)


@pytest.fixture(scope="module")
def of_a_file(folder, finished_run):
    data = {"train_file": str(folder / "reviews.csv"), "vocabulary_size": 120}
    return run_of(data, finished_run)


@pytest.fixture(scope="module")
def of_shards(folder, finished_run):
    config = RunConfig(train_file=str(folder / "reviews.csv"), vocabulary_size=120)
    prepare(config, PreparationConfig(num_shards=3, processes=1), folder / "prepared")
    return run_of({"prepared_dir": str(folder / "prepared")}, finished_run)


@pytest.mark.parametrize("made", ["of_a_file", "of_shards"])
def test_they_are_texts_of_the_training_as_the_model_reads_them(made, request, folder):
    run_dir, classifier = request.getfixturevalue(made)
    lines = (folder / "reviews.csv").read_text(encoding="utf-8").splitlines()[1:]
    texts = [line.rpartition(",")[0] for line in lines]
    known = {ids.tobytes() for ids in encoded(classifier, texts)}
    found = training_ids(run_dir, classifier, 20)
    assert len(found) == 20
    assert all(ids.dtype == np.int32 and ids.tobytes() in known for ids in found)
    assert len({ids.tobytes() for ids in found}) > 10


def encoded(classifier, texts):
    ids = classifier.tokenizer.encode(texts, classifier.max_length)
    return [row.numpy().astype("int32") for row in ids]


def test_there_may_be_fewer_than_asked_for(of_a_file):
    # A tenth of 200 was held out for validation.
    assert len(training_ids(*of_a_file, 1_000)) == 180


def test_other_data_are_refused(of_a_file, folder, reviews_text):
    file = folder / "reviews.csv"
    try:
        file.write_text(reviews_text + "another film,positive\n", encoding="utf-8")
        with pytest.raises(ValueError, match="the examples have changed since"):
            training_ids(*of_a_file, 5)
        file.unlink()
        with pytest.raises(FileNotFoundError, match="reviews.csv"):
            training_ids(*of_a_file, 5)
    finally:
        file.write_text(reviews_text, encoding="utf-8")
