"""Settings of a study."""

import pytest

from keras_pe.config import ExtrapolationConfig, RunConfig


def test_a_study_has_all_settings_of_a_run():
    config = ExtrapolationConfig(dataset="even_pairs", model="lstm", learning_rate=0.1)
    assert isinstance(config, RunConfig)
    assert (config.dataset, config.model, config.learning_rate) == ("even_pairs", "lstm", 0.1)


def test_a_study_survives_json():
    config = ExtrapolationConfig(dataset="parity", seeds=2, long_texts="cut", test_lengths="9:10")
    assert ExtrapolationConfig.from_json(config.to_json()) == config


@pytest.mark.parametrize("name", ["train_length", "seeds", "steps", "samples"])
def test_counts_are_at_least_one(name):
    with pytest.raises(ValueError, match=f"`{name}` must be at least 1. Received: {name}=0"):
        ExtrapolationConfig(**{name: 0})


def test_long_texts_are_left_out_or_cut():
    with pytest.raises(ValueError, match="`long_texts` must be one of: leave_out, cut, rand"):
        ExtrapolationConfig(long_texts="keep")


def test_a_type_that_does_not_fit_is_refused():
    with pytest.raises(TypeError, match="`steps` must be int. Received: steps=2.5"):
        ExtrapolationConfig(steps=2.5)


@pytest.mark.parametrize("dataset", ["docstrings", "even_pairs", "listops"])
def test_named_texts_and_generated_tasks_are_data_sets(dataset):
    assert ExtrapolationConfig(dataset=dataset).dataset == dataset


def test_a_data_set_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="`dataset` must be one of: docstrings, even_pairs"):
        ExtrapolationConfig(dataset="odd_pairs")
