"""Settings: limits, defaults, files, and those that nobody read."""

import dataclasses

import pytest

from keras_pe.config import DataConfig, ModelConfig, RunConfig, SettingsRead, TrainingConfig
from keras_pe.config.table_names import table_names

PARTS = (DataConfig, ModelConfig, TrainingConfig)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_setting_says_what_it_means(part):
    fields = dataclasses.fields(part)
    assert len(fields) >= 10
    assert all(len(field.metadata["help"]) > 3 for field in fields)


def test_no_setting_is_written_twice():
    names = [field.name for part in PARTS for field in dataclasses.fields(part)]
    assert sorted(names) == sorted({field.name for field in dataclasses.fields(RunConfig)})
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"position": "nope"}, "`position` must be one of: none, sinusoidal.*position='nope'"),
        ({"max_length": 2}, "`max_length` must be at least 3. Received: max_length=2"),
        ({"dropout": 1.0}, "`dropout` must be below 1.0. Received: dropout=1.0"),
        ({"learning_rate": 0.0}, "`learning_rate` must be above 0.0. Received: learning_rate=0.0"),
        ({"validation_fraction": 1.5}, "`validation_fraction` must be below 1.0"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_value_outside_its_limits_is_refused(setting, message):
    with pytest.raises(ValueError, match=message):
        RunConfig(**setting)


def test_settings_cannot_be_changed_afterwards():
    with pytest.raises(dataclasses.FrozenInstanceError):
        RunConfig().epochs = 3


def test_settings_survive_their_file(tmp_path):
    config = RunConfig(train_file="评论.csv", position="learned", dropout=0.25, bidirectional=True)
    config.save(tmp_path / "config.json")
    assert RunConfig.load(tmp_path / "config.json") == config
    assert "评论.csv" in (tmp_path / "config.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "must be JSON"),
        ("[1]", "must be a JSON object"),
        ('{"epochs": 3, "lr": 0.1}', "Received: lr. Was the file written by another version"),
        ('{"epochs": 0}', "`epochs` must be at least 1"),
    ],
    ids=["broken", "list", "unknown", "limits"],
)
def test_a_file_that_is_no_config_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        RunConfig.from_json(text)


def test_a_changed_setting_that_nothing_read_is_refused():
    settings = SettingsRead(ModelConfig(num_heads=8, dense_dim=3))
    assert settings.num_heads == 8
    with pytest.raises(ValueError, match="`dense_dim` has no effect with model='transformer'.*=3"):
        settings.refuse_unread(ModelConfig, because="model='transformer'")


def test_what_was_read_or_left_at_its_default_is_not_refused():
    settings = SettingsRead(ModelConfig(num_heads=8))
    assert settings.num_heads == 8
    settings.refuse_unread(ModelConfig, because="anything")


def test_the_names_of_a_table_are_read_without_importing_it():
    from keras_pe.models import ENCODERS, POOLINGS, POSITIONS
    from keras_pe.training.optimizers import OPTIMIZERS
    from keras_pe.training.schedules import DECAYS

    tables = {
        ("models/positions.py", "POSITIONS"): POSITIONS,
        ("models/encoders.py", "ENCODERS"): ENCODERS,
        ("models/poolings.py", "POOLINGS"): POOLINGS,
        ("training/optimizers.py", "OPTIMIZERS"): OPTIMIZERS,
        ("training/schedules.py", "DECAYS"): DECAYS,
    }
    for (module, name), table in tables.items():
        assert table_names(module, name) == tuple(table)


def test_a_table_that_is_not_there_is_an_error():
    with pytest.raises(LookupError, match="must assign a dict literal to `NOPE`"):
        table_names("models/positions.py", "NOPE")
