"""Settings that nobody read are found."""

import copy
import pickle

import pytest

from keras_pe.config import ModelConfig, RunConfig, SettingsRead, TrainingConfig


def test_a_changed_setting_that_was_read_is_fine():
    settings = SettingsRead(ModelConfig(num_heads=8))
    assert settings.num_heads == 8
    settings.refuse_unread(ModelConfig, because="anything")


def test_a_changed_setting_that_was_not_read_is_refused():
    settings = SettingsRead(ModelConfig(num_heads=8))
    assert settings.num_layers == 2
    said = "`num_heads` has no effect with that. Received: num_heads=8. Leave it out."
    with pytest.raises(ValueError, match=said):
        settings.refuse_unread(ModelConfig, because="that")


def test_a_default_needs_no_reader():
    assert SettingsRead(ModelConfig()).refuse_unread(ModelConfig, because="that") is None


def test_only_the_settings_of_the_part_count():
    settings = SettingsRead(RunConfig(num_heads=8, momentum=0.5))
    assert settings.momentum == 0.5
    settings.refuse_unread(TrainingConfig, because="that")
    with pytest.raises(ValueError, match="`num_heads` has no effect"):
        settings.refuse_unread(ModelConfig, because="that")


def test_a_setting_that_does_not_exist_is_no_setting():
    with pytest.raises(AttributeError, match="warp"):
        _ = SettingsRead(ModelConfig()).warp


def test_settings_can_be_copied():
    settings = SettingsRead(ModelConfig(num_heads=8))
    for again in (copy.copy(settings), pickle.loads(pickle.dumps(settings))):
        assert again.num_heads == 8
