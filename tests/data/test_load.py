"""From settings to splits: named sets, generated tasks, files, word order."""

from collections import Counter

import pyarrow
import pytest
from pyarrow import parquet

from keras_pe.config import DataConfig, RunConfig, SettingsRead
from keras_pe.data import load
from keras_pe.data.example import Example
from keras_pe.data.load import load_splits
from keras_pe.data.splits import Splits


@pytest.fixture
def reviews(tmp_path):
    path = tmp_path / "reviews.csv"
    rows = [f"film number {i} was {'good' if i % 4 else 'bad'},{i % 4 > 0}" for i in range(200)]
    path.write_text("\n".join(["text,label", *rows]) + "\n", encoding="utf-8")
    return str(path)


def parts(splits):
    return [splits.train, splits.validation, splits.test]


def labels(examples):
    return Counter(example.label for example in examples)


def refuse_unread(config):
    settings = SettingsRead(config)
    load_splits(settings)
    settings.refuse_unread(DataConfig, because="the data given")


def test_a_task_is_drawn_as_told():
    config = RunConfig(dataset="even_pairs", task_examples=500, max_length=12, seed=3)
    splits = load_splits(config)
    assert [len(part) for part in parts(splits)] == [500, 50, 50]
    longest = max(len(example.text.split()) for part in parts(splits) for example in part)
    assert longest == 10
    assert splits == load_splits(config)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text_column", "review"),
        ("validation_fraction", 0.2),
        ("test_file", "test.csv"),
        ("encoding", "gbk"),
    ],
)
def test_settings_of_files_have_no_effect_on_a_task(name, value):
    config = RunConfig(dataset="parity", task_examples=100, **{name: value})
    with pytest.raises(ValueError, match=f"`{name}` has no effect with the data given"):
        refuse_unread(config)


def test_the_size_of_a_task_has_no_effect_on_a_file(reviews):
    with pytest.raises(ValueError, match="`task_examples` has no effect with the data given"):
        refuse_unread(RunConfig(train_file=reviews, task_examples=100))


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("a.ft", {"text_column": "body"}),
        ("a.ft", {"label_column": "topic"}),
        ("a.ft", {"text_separator": "|"}),
        ("a.parquet", {"encoding": "gbk"}),
        ("a.parquet", {"text_separator": "|"}),
    ],
)
def test_settings_that_say_nothing_about_the_files_have_no_effect(name, settings, tmp_path):
    (tmp_path / "a.ft").write_text("__label__x a\n__label__y b\n" * 9)
    table = pyarrow.table({"text": ["a", "b"] * 9, "label": [0, 1] * 9})
    parquet.write_table(table, tmp_path / "a.parquet")
    (setting,) = settings
    with pytest.raises(ValueError, match=f"`{setting}` has no effect with the data given"):
        refuse_unread(RunConfig(train_file=str(tmp_path / name), **settings))


def test_a_setting_has_an_effect_if_it_says_something_about_one_file(reviews, tmp_path):
    table = pyarrow.table({"text": ["a", "b"], "label": [True, False]})
    parquet.write_table(table, tmp_path / "a.parquet")
    config = RunConfig(train_file=reviews, test_file=f"{tmp_path}/a.parquet", encoding="ascii")
    refuse_unread(config)
    assert [example.label for example in load_splits(config).test] == ["True", "False"]


def test_the_words_of_a_task_are_not_moved():
    said = "`shuffle_distance` must be left out with a generated task.* dataset='parity'"
    with pytest.raises(ValueError, match=said):
        load_splits(RunConfig(dataset="parity", shuffle_distance=3))


def test_every_part_of_a_file_is_put_in_word_order(reviews):
    config = RunConfig(train_file=reviews, test_file=reviews, shuffle_distance=2)
    splits = load_splits(config)
    assert [len(part) for part in parts(splits)] == [180, 20, 200]
    assert all(set(labels(part)) == {"original", "shuffled"} for part in parts(splits))
    refuse_unread(config)


def test_what_is_held_out_is_a_share_of_each_new_label(reviews):
    splits = load_splits(RunConfig(train_file=reviews, shuffle_distance=2))
    everything = labels(splits.train) + labels(splits.validation)
    expected = {label: round(0.1 * count) for label, count in everything.items()}
    assert labels(splits.validation) == expected


def test_a_validation_file_is_put_in_word_order(reviews):
    config = RunConfig(train_file=reviews, validation_file=reviews, shuffle_distance=2)
    splits = load_splits(config)
    assert [(e.text, e.label) for e in splits.train] == [
        (e.text, e.label) for e in splits.validation
    ]


def test_every_part_of_a_named_set_is_put_in_word_order(monkeypatch):
    texts = [Example(f"words of text {i}", "numpy", "a.py", i) for i in range(1, 41)]
    named = Splits(texts[:20], texts[20:30], texts[30:])
    monkeypatch.setitem(load.DATASETS, "docstrings", lambda: named)
    config = RunConfig(dataset="docstrings", shuffle_distance=3)
    assert [len(part) for part in parts(load_splits(config))] == [20, 10, 10]
    assert {e.label for part in parts(load_splits(config)) for e in part} == {
        "original",
        "shuffled",
    }
    assert load_splits(RunConfig(dataset="docstrings")) == named
