"""Groups from settings to splits: what is held out, what counts as a leak, what is done of it."""

import pytest

from keras_pe.config import DataConfig, RunConfig, SettingsRead
from keras_pe.data.checks import quick_findings
from keras_pe.data.load import load_splits


def table(folder, name, groups, columns="text,label,author"):
    rows = [f"{name} {at},{'good' if at % 2 else 'bad'},{group}" for at, group in enumerate(groups)]
    path = folder / f"{name}.csv"
    path.write_text("\n".join([columns, *rows]) + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def files(tmp_path):
    """Flags of three files: 'ann' is in all, 'ben' in training and test."""
    return {
        "train_file": table(tmp_path, "train", ["ann", "ann", "ben", "ben", *map(str, range(20))]),
        "validation_file": table(tmp_path, "validation", ["ann", "ann", "cid", "dan"]),
        "test_file": table(tmp_path, "test", ["eve", "ann", "ben", "eve"]),
    }


def finding(splits):
    return {each.check: each for each in quick_findings(splits)}.get("groups in two parts")


def loaded(**settings):
    read = SettingsRead(RunConfig(**settings))
    splits = load_splits(read)
    read.refuse_unread(DataConfig, because="the data given")
    return splits


@pytest.mark.parametrize(
    ("problem_type", "labels"),
    [("single_label", "ab"), ("multi_label", ["x;y", ""]), ("regression", "12")],
)
def test_rows_of_a_group_go_to_the_same_part(tmp_path, problem_type, labels):
    rows = [f"text {i},{labels[i % 2]},{i // 4}" for i in range(200)]
    path = tmp_path / "rows.csv"
    path.write_text("\n".join(["text,label,author", *rows]) + "\n")
    separator = {"label_separator": ";"} if problem_type == "multi_label" else {}
    settings = {"train_file": str(path), "problem_type": problem_type, **separator}
    splits = loaded(**settings, group_column="author")
    train, held_out = ({e.group for e in part} for part in (splits.train, splits.validation))
    assert (len(train), len(held_out)) == (45, 5)
    assert not train & held_out
    alone = loaded(**settings)
    assert {e.text for e in alone.validation} != {e.text for e in splits.validation}
    assert not finding(splits).found


def test_groups_on_both_sides_are_found_and_counted(files):
    splits = loaded(**files, group_column="author")
    assert len(splits.train) == 24
    found = finding(splits)
    assert found.numbers == {
        **{"validation rows in training": 2, "validation groups in training": 1},
        **{"test rows in training": 2, "test groups in training": 2},
        **{"test rows in validation": 1, "test groups in validation": 1},
    }
    train, validation = files["train_file"], files["validation_file"]
    assert found.sentence.startswith(
        f"2 validation rows (50.00%) of 1 group also in training, first {validation}:2 = {train}:2 "
        "('ann'); 2 test rows (50.00%) of 2 groups also in training, first "
    )
    assert finding(loaded(**files)) is None


def test_groups_that_are_held_out_too_are_dropped_if_told_so(files, caplog):
    splits = loaded(**files, group_column="author", on_leak="drop")
    assert [e.group for e in splits.train] == [str(group) for group in range(20)]
    assert "Dropped 4 training rows whose group is held out too, first" in caplog.text
    assert finding(splits).numbers["test rows in training"] == 0


def test_dropped_groups_are_not_held_out_either(files):
    splits = loaded(
        train_file=files["train_file"],
        test_file=files["test_file"],
        group_column="author",
        on_leak="drop",
    )
    assert not {e.group for e in splits.validation} & {"ann", "ben"}


def test_groups_that_are_held_out_too_stop_a_run_if_told_so(files):
    said = (
        r"train\.csv:2: no group of training may also be held out with on_leak='error'\. Received: "
        r"4 of 24 rows that are, the first also at .*validation\.csv:2\."
    )
    with pytest.raises(ValueError, match=said):
        loaded(**files, group_column="author", on_leak="error")


def test_every_file_must_have_the_column(tmp_path, files):
    files["test_file"] = table(tmp_path, "other", ["1", "2"], columns="text,label,writer")
    with pytest.raises(
        ValueError, match=r"other\.csv:1: there must be a column 'author' for `grou"
    ):
        loaded(**files, group_column="author")


def test_a_generated_task_has_no_groups():
    with pytest.raises(ValueError, match="`group_column` has no effect with the data given"):
        loaded(dataset="parity", task_examples=100, group_column="author")
