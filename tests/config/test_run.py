"""All settings of a run, and their file."""

import dataclasses
import json

import pytest

from keras_pe.config import DataConfig, ModelConfig, RunConfig, TextConfig, TrainingConfig


def test_a_run_has_the_settings_of_data_model_and_training_once():
    names = [field.name for field in dataclasses.fields(RunConfig)]
    parts = [
        f.name
        for kind in (DataConfig, TextConfig, ModelConfig, TrainingConfig)
        for f in dataclasses.fields(kind)
    ]
    assert sorted(names) == sorted(parts)
    assert len(set(names)) == len(names)


def test_settings_survive_their_file(tmp_path):
    config = RunConfig(
        train_file="données.csv", model="lstm", position="learned", dropout=0.5, epochs=7, seed=3
    )
    config.save(tmp_path / "config.json")
    assert RunConfig.load(tmp_path / "config.json") == config
    text = (tmp_path / "config.json").read_text(encoding="utf-8")
    assert '"train_file": "données.csv"' in text
    assert text == config.to_json()


def test_the_file_names_every_setting():
    written = json.loads(RunConfig().to_json())
    assert list(written) == [field.name for field in dataclasses.fields(RunConfig)]


def test_absent_settings_take_their_defaults():
    assert RunConfig.from_json('{"epochs": 2}') == RunConfig(epochs=2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{epochs: 2}", "The settings must be JSON. Received: '{epochs: 2}'"),
        ("", "The settings must be JSON. Received: ''"),
        ("[1, 2]", r"The settings must be a JSON object. Received: '\[1, 2\]'"),
        (
            '{"epochs": 2, "warp": 1, "drive": 2}',
            "Settings must be among those of this version. Received: drive, warp. Was the file",
        ),
        ('{"epochs": 0}', "`epochs` must be at least 1. Received: epochs=0"),
        ('{"epochs": "2"}', "`epochs` must be int. Received: epochs='2'"),
        ('{"lowercase": null}', "`lowercase` must be bool. Received: lowercase=None"),
    ],
)
def test_a_file_that_holds_no_settings_is_refused(text, said, tmp_path):
    (tmp_path / "config.json").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        RunConfig.load(tmp_path / "config.json")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="config.json"):
        RunConfig.load(tmp_path / "config.json")
