"""Settings for the server, in the text format of protobuf."""

import re

import pytest

from keras_pe.serving.server_files import models_config, write_server_files


@pytest.fixture
def write(tmp_path):
    """Returns a function of versions that are there: the text of models.config of the next one."""

    def config(*before):
        for version in before:
            (tmp_path / "film" / version).mkdir(parents=True)
        temporary = tmp_path / "film" / ".new.tmp"
        (temporary / "assets.extra").mkdir(parents=True)
        write_server_files(temporary, tmp_path / "film")
        return (temporary / "assets.extra" / "models.config").read_text(encoding="utf-8")

    return config


def labels(text):
    return re.findall(r"version_labels \{ key: '(\w+)' value: (\d+) \}", text)


def test_the_first_version_is_stable(write):
    text = write()
    assert labels(text) == [("stable", "1")]
    assert "specific { versions: 1 }" in text
    assert "base_path: '/models/film'" in text


def test_a_later_version_is_the_canary_of_the_one_before(write):
    text = write("2", "10")
    assert labels(text) == [("stable", "10"), ("canary", "11")]
    assert "specific { versions: 10 versions: 11 }" in text


def test_a_quote_in_a_name_stays_inside_its_string():
    assert r"name: 'o\'n'" in models_config("o'n", {"stable": 1})


def test_an_export_brings_the_settings(version):
    batching = (version / "batching_params.pbtxt").read_text(encoding="utf-8")
    assert re.findall(r"^(\w+) \{ value: (\d+) \}$", batching, re.MULTILINE) == [
        ("max_batch_size", "32"),
        ("batch_timeout_micros", "2000"),
        ("max_enqueued_batches", "100"),
    ]
    config = (version / "assets.extra" / "models.config").read_text(encoding="utf-8")
    assert labels(config) == [("stable", "1")]
    assert config.count("{") == config.count("}")
