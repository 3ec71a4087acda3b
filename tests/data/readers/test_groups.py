"""The group of a row, in every format that has columns."""

import json

import pytest

from keras_pe.data.readers import read_examples, settings_used

ROWS = [("Rain.", "wet", "7"), ("Sun.", "dry", "7"), ("Fog.", "wet", "ann")]


def written(folder, name, rows=ROWS, keys=("text", "label", "author")):
    path = folder / name
    if name.endswith(".parquet"):
        arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
        columns = dict(zip(keys, map(list, zip(*rows, strict=True)), strict=True))
        parquet.write_table(arrow.table(columns), path)
        return path
    records = [dict(zip(keys, row, strict=True)) for row in rows]
    lines = [keys, *rows]
    texts = {
        "rows.csv": "\n".join(",".join(map(str, line)) for line in lines),
        "rows.tsv": "\n".join("\t".join(map(str, line)) for line in lines),
        "rows.jsonl": "\n".join(map(json.dumps, records)),
        "rows.json": json.dumps(records),
    }
    path.write_text(texts[name], encoding="utf-8")
    return path


NAMES = ["rows.csv", "rows.tsv", "rows.jsonl", "rows.json", "rows.parquet"]


@pytest.mark.parametrize("name", NAMES)
def test_groups_are_read_with_labels_alone(tmp_path, name):
    path = written(tmp_path, name)
    assert [e.group for e in read_examples(path, group_column="author")] == ["7", "7", "ann"]
    assert [e.group for e in read_examples(path)] == [None] * 3
    assert "group_column" in settings_used(path)


def test_numbers_and_white_space_name_groups_too(tmp_path):
    path = written(tmp_path, "rows.jsonl", [("a", "x", 7), ("b", "x", " 7 "), ("c", "y", True)])
    assert [e.group for e in read_examples(path, group_column="author")] == ["7", "7", "true"]
    path = written(tmp_path, "rows.parquet", [("a", "x", 7), ("b", "x", 8)])
    assert [e.group for e in read_examples(path, group_column="author")] == ["7", "8"]


def test_a_column_of_text_may_be_the_group(tmp_path):
    path = written(tmp_path, "rows.csv")
    assert [e.group for e in read_examples(path, group_column="text")] == ["Rain.", "Sun.", "Fog."]


@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl", "rows.parquet"])
@pytest.mark.parametrize(
    ("column", "said"),
    [
        (
            "auhtor",
            "there must be a column 'auhtor' for `group_column`. Received: the columns 'tex",
        ),
        ("label", "the group column must not be the label column, or no label would be both learn"),
    ],
    ids=["missing", "label"],
)
def test_a_column_that_cannot_be_the_group_is_named(tmp_path, name, column, said):
    path = written(tmp_path, name)
    with pytest.raises(ValueError, match=f"{name}.*{said}"):
        list(read_examples(path, group_column=column))


@pytest.mark.parametrize(
    ("name", "value", "place"),
    [
        ("rows.csv", "", "rows.csv:3"),
        ("rows.csv", "  ", "rows.csv:3"),
        ("rows.jsonl", None, "rows.jsonl:2"),
        ("rows.jsonl", 7.5, "rows.jsonl:2"),
        ("rows.jsonl", ["ann"], "rows.jsonl:2"),
        ("rows.parquet", None, "rows.parquet:2"),
    ],
)
def test_a_row_without_a_group_is_named(tmp_path, name, value, place):
    path = written(tmp_path, name, [ROWS[2], ("Hail.", "wet", value)])
    said = f"{place}: the group must be a string, whole number or boolean, and not empty. Received"
    with pytest.raises(ValueError, match=said):
        list(read_examples(path, group_column="author"))


def test_groups_of_numbers_with_a_fraction_are_refused(tmp_path):
    path = written(tmp_path, "rows.parquet", [("a", "x", 7.0)])
    with pytest.raises(ValueError, match="the column 'author' must hold strings, whole numbers or"):
        list(read_examples(path, group_column="author"))


def test_files_without_columns_have_no_groups(tmp_path):
    path = tmp_path / "rows.ft"
    path.write_text("__label__wet Rain.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="`group_column` has no effect on files of this kind"):
        read_examples(path, group_column="author")
