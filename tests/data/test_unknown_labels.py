"""Held-out rows whose label training never saw."""

import pytest

from keras_pe.config import DataConfig, RunConfig, SettingsRead
from keras_pe.data.example import Example
from keras_pe.data.load import load_splits
from keras_pe.data.unknown_labels import with_known_labels


def examples(*labels):
    return [Example("", label, "test.csv", row) for row, label in enumerate(labels, start=2)]


def test_what_is_left_out_is_counted_and_named_in_one_line(caplog):
    rows = examples("a", "x", "b", "y", "x", "a")
    assert with_known_labels(rows, ("a", "b"), part="test") == [rows[0], rows[2], rows[5]]
    assert caplog.messages == [
        "Left out 3 test rows with a label that training never saw: 'x' (2), 'y' (1), "
        "first test.csv:3."
    ]


def test_only_five_of_many_labels_are_named(caplog):
    with_known_labels(examples("a", *"tuvwxyz"), {"a"}, part="validation")
    assert "7 validation rows" in caplog.text
    assert "'x' (1) and 2 other labels, first test.csv:3." in caplog.text


def test_where_all_labels_are_known_nothing_is_said(caplog):
    rows = examples("a", "b", None)
    assert with_known_labels(rows, {"a", "b", "c"}, part="test") == rows
    assert not caplog.records


def test_a_part_of_which_nothing_is_left_is_refused():
    message = r"^test\.csv:2: a test row must have a label that training saw\. Received: 2 rows, no"
    with pytest.raises(ValueError, match=message):
        with_known_labels(examples("x", "y"), {"a"}, part="test")


@pytest.fixture
def files(tmp_path):
    """Flags of files; validation and test each have a label that training has not."""
    rows = {
        "train": [f"film {i},{'good' if i % 2 else 'bad'}" for i in range(12)],
        "validation": ["new,bad", "newer,fair", "newest,good"],
        "test": ["other,dull", "another,bad"],
    }
    for name, lines in rows.items():
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join(["text,label", *lines]) + "\n", encoding="utf-8")
    return {f"{name}_file": str(tmp_path / f"{name}.csv") for name in rows}


def refuse_unread(config):
    settings = SettingsRead(config)
    load_splits(settings)
    settings.refuse_unread(DataConfig, because="the data given")


def test_rows_are_left_out_of_both_parts_if_so_wished(files, caplog):
    config = RunConfig(**files, unknown_labels="drop")
    refuse_unread(config)
    splits = load_splits(config)
    assert [example.text for example in splits.validation] == ["new", "newest"]
    assert [example.text for example in splits.test] == ["another"]
    assert len(splits.train) == 12
    assert "1 validation row with a label that training never saw: 'fair' (1)" in caplog.text
    assert "1 test row with a label that training never saw: 'dull' (1)" in caplog.text


def test_by_default_they_stay_for_the_error_that_names_them(files):
    splits = load_splits(RunConfig(**files))
    assert (len(splits.validation), len(splits.test)) == (3, 2)


def test_beside_a_part_that_is_held_out_the_test_rows_are_left_out(files):
    del files["validation_file"]
    splits = load_splits(RunConfig(**files, unknown_labels="drop"))
    assert len(splits.train) + len(splits.validation) == 12
    assert [example.text for example in splits.test] == ["another"]


@pytest.mark.parametrize("source", ["file", "task"])
def test_it_has_no_effect_where_nothing_else_is_given(files, source):
    given = {"train_file": files["train_file"]} if source == "file" else {"dataset": "parity"}
    with pytest.raises(ValueError, match="`unknown_labels` has no effect with the data given"):
        refuse_unread(RunConfig(**given, unknown_labels="drop"))


def test_labels_that_are_listed_are_known(files, tmp_path):
    (tmp_path / "labels.txt").write_text("good\nbad\nfair\n", encoding="utf-8")
    listed = {"label_names_file": str(tmp_path / "labels.txt")}
    splits = load_splits(RunConfig(**files, **listed, unknown_labels="drop"))
    assert [example.label for example in splits.validation] == ["bad", "fair", "good"]
    assert [example.label for example in splits.test] == ["bad"]
