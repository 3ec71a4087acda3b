"""The second text of pairs, in every format that has columns."""

import json

import pytest

from keras_pe.data.readers import read_examples, settings_used

ROWS = [("Is it?", "It is.", "yes"), ('Why, "so"?', "", "no")]


def written(folder, name):
    path = folder / name
    if name.endswith(".parquet"):
        arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
        columns = dict(zip(("q", "a", "label"), map(list, zip(*ROWS, strict=True)), strict=True))
        parquet.write_table(arrow.table(columns), path)
        return path
    records = [dict(zip(("q", "a", "label"), row, strict=True)) for row in ROWS]
    texts = {
        "pairs.csv": 'q,a,label\nIs it?,It is.,yes\n"Why, ""so""?",,no\n',
        "pairs.tsv": 'q\ta\tlabel\nIs it?\tIt is.\tyes\nWhy, "so"?\t\tno\n',
        "pairs.jsonl": "\n".join(map(json.dumps, records)),
        "pairs.json": json.dumps(records),
    }
    path.write_text(texts[name], encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "name", ["pairs.csv", "pairs.tsv", "pairs.jsonl", "pairs.json", "pairs.parquet"]
)
def test_pairs_are_read_from_two_columns(tmp_path, name):
    path = written(tmp_path, name)
    examples = read_examples(path, text_column="q", second_text_column="a")
    assert [(*example.texts, example.label) for example in examples] == ROWS
    assert "second_text_column" in settings_used(path)


@pytest.mark.parametrize("name", ["pairs.csv", "pairs.jsonl", "pairs.parquet"])
@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("b", "there must be a column 'b' for `second_text_column`. Received: the columns 'q', "),
        ("q", "must not be that of the first text or of the label. Received: second_text_column"),
        ("label", "must not be that of the first text or of the label. Received: second_text_col"),
    ],
    ids=["missing", "first", "label"],
)  # fmt: skip
def test_a_column_that_cannot_be_the_second_text_is_named(tmp_path, name, column, said):
    path = written(tmp_path, name)
    with pytest.raises(ValueError, match=f"{name}.*{said}"):
        list(read_examples(path, text_column="q", second_text_column=column))


def test_files_without_columns_have_no_second_text(tmp_path):
    path = tmp_path / "pairs.ft"
    path.write_text("__label__yes It is.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="`second_text_column` has no effect on files of this"):
        read_examples(path, second_text_column="a")
    assert "second_text_column" not in settings_used(path)
