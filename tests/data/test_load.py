"""From settings to splits: named sets, generated tasks, files, word order."""

import re
from collections import Counter
from pathlib import Path

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


@pytest.fixture
def overlapping(tmp_path):
    """Flags of three files: validation has one text of training, test has two."""
    texts = {
        "train": [f"film {i},{'good' if i % 2 else 'bad'}" for i in range(12)],
        "validation": ["FILM 3!,good", "new,bad"],
        "test": ["film 4,bad", "film 5,good", "other,bad"],
    }
    for name, rows in texts.items():
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join(["text,label", *rows]) + "\n", encoding="utf-8")
    return {f"{name}_file": str(tmp_path / f"{name}.csv") for name in texts}


def test_leaks_are_kept_by_default(overlapping):
    assert len(load_splits(RunConfig(**overlapping)).train) == 12


def test_leaks_are_dropped_from_training_and_their_number_said(overlapping, caplog):
    config = RunConfig(**overlapping, on_leak="drop")
    refuse_unread(config)
    splits = load_splits(config)
    assert [len(part) for part in parts(splits)] == [9, 2, 3]
    assert not {"film 3", "film 4", "film 5"} & {example.text for example in splits.train}
    assert re.search(
        r"Dropped 3 training rows .* first \S+train.csv:5 = \S+validation.csv:2", caplog.text
    )


def test_what_a_test_file_holds_is_dropped_before_validation_is_held_out(overlapping):
    del overlapping["validation_file"]
    splits = load_splits(RunConfig(**overlapping, on_leak="drop"))
    assert len(splits.train) + len(splits.validation) == 10
    assert not {"film 4", "film 5"} & {e.text for e in splits.train + splits.validation}


def test_a_leak_can_be_an_error(overlapping):
    said = (
        r"train\.csv:5: no text of training may also be held out .*Received: 3 of 12 rows that "
        r"are, the first also at \S+validation\.csv:2\. .*--on_leak=drop"
    )
    with pytest.raises(ValueError, match=said):
        load_splits(RunConfig(**overlapping, on_leak="error"))


@pytest.mark.parametrize("on_leak", ["drop", "error"])
def test_files_without_leaks_are_left_alone(overlapping, on_leak, caplog):
    del overlapping["validation_file"]
    path = Path(overlapping["test_file"])
    path.write_text("text,label\nother,bad\n", encoding="utf-8")
    splits = load_splits(RunConfig(**overlapping, on_leak=on_leak))
    assert len(splits.train) + len(splits.validation) == 12
    assert caplog.text == ""


@pytest.mark.parametrize("source", ["file", "task"])
def test_on_leak_has_no_effect_where_nothing_else_is_given(reviews, source):
    given = {"train_file": reviews} if source == "file" else {"dataset": "parity"}
    with pytest.raises(ValueError, match="`on_leak` has no effect with the data given"):
        refuse_unread(RunConfig(**given, on_leak="drop"))


def test_the_test_file_may_have_other_columns(tmp_path, reviews):
    test = tmp_path / "test.csv"
    test.write_text("label,title,body\npositive,Good,it is\nnegative,Bad,it was\n", "utf-8")
    config = RunConfig(
        train_file=str(reviews), test_file=str(test), test_text_column="title,body",
        text_separator=". ",
    )  # fmt: skip
    assert [example.text for example in load_splits(config).test] == ["Good. it is", "Bad. it was"]
