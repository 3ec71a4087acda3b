"""The format comes from the name of the file, or from the one who knows it."""

import pytest

from keras_pe.config import DataConfig
from keras_pe.data.readers import READERS, read_examples, settings_used


@pytest.mark.parametrize("format", ["csv", "auto"])
def test_a_named_format_reads_any_name(format, tmp_path):
    (tmp_path / "data.csv").write_text("text,label\na,x\n")
    (tmp_path / "data").write_text("text,label\na,x\n")
    files = f"{tmp_path}/data.csv" + (f",{tmp_path}/data" if format == "csv" else "")
    texts = [example.text for example in read_examples(files, format=format)]
    assert texts == ["a"] * (2 if format == "csv" else 1)


@pytest.mark.parametrize(
    ("name", "format", "message"),
    [
        ("data.csv", "xlsx", r"`format` must be one of: auto, csv, .* Received: format='xlsx'"),
        ("data.csv", "folder", r"data\.csv: it must be a folder .* Received: format='folder'"),
        ("", "csv", r"it must be a file to be read as it is told\. Received: format='csv'"),
    ],
)
def test_a_format_that_does_not_fit_is_refused(name, format, message, tmp_path):
    (tmp_path / "data.csv").touch()
    with pytest.raises(ValueError, match=message):
        read_examples(tmp_path / name, format=format)


def test_the_setting_offers_every_reader():
    choices = DataConfig.__dataclass_fields__["format"].metadata["choices"]
    assert choices == ("auto", *READERS)


def test_a_setting_is_used_if_one_of_the_files_uses_it(tmp_path):
    (tmp_path / "a.ft").touch()
    (tmp_path / "a.csv").touch()
    assert settings_used(tmp_path / "a.ft") == {"encoding"}
    assert settings_used(f"{tmp_path}/a.ft,{tmp_path}/a.csv") == {
        *("encoding", "text_column", "second_text_column", "label_column", "text_separator"),
        *("label_separator", "weight_column", "group_column"),
    }
