"""What stands in a file as a label, a set of labels, a number and a weight."""

import json

import pytest

from keras_pe.data.readers import read_examples
from keras_pe.data.targets import TARGETS

MULTI, NUMBER = {"problem_type": "multi_label"}, {"problem_type": "regression"}


@pytest.fixture
def read(tmp_path):
    def labels(name, content, **settings):
        (tmp_path / name).write_text(content, encoding="utf-8")
        return [example.label for example in read_examples(tmp_path / name, **settings)]

    return labels


def test_a_list_of_labels_is_a_set_in_order(read):
    lines = [{"text": "a", "label": labels} for labels in (["b", "a", "b"], [], "c", [2, True])]
    found = read("a.jsonl", "\n".join(map(json.dumps, lines)), **MULTI)
    assert found == [("a", "b"), (), ("c",), ("2", "true")]


def test_a_string_of_labels_is_divided_at_the_separator_alone(read):
    content = "text,label\nx,a; b;a\ny,\nz,a b\n"
    assert read("a.csv", content, label_separator=";", **MULTI) == [("a", "b"), (), ("a b",)]
    assert read("a.csv", content, **MULTI) == [("a; b;a",), (), ("a b",)]


def test_lines_of_fasttext_may_have_several_labels_or_none(read):
    content = "__label__b __label__a Rain\n__label__c Sun\nno label here\n"
    assert read("a.ft", content, **MULTI) == [("a", "b"), ("c",), ()]


def test_columns_of_lists_and_of_numbers_are_read_from_parquet(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    columns = {"text": ["x", "y"], "label": [["b", "a"], []], "stars": [2.5, 4.0]}
    parquet.write_table(pyarrow.table(columns), tmp_path / "a.parquet")
    path = tmp_path / "a.parquet"
    assert [e.label for e in read_examples(path, **MULTI)] == [("a", "b"), ()]
    assert [e.label for e in read_examples(path, label_column="stars", **NUMBER)] == [2.5, 4.0]


def test_numbers_are_read_from_text_and_from_json(read):
    assert read("a.csv", "text,label\nx,3\ny, -1.5e2 \n", **NUMBER) == [3.0, -150.0]
    lines = '{"text": "x", "label": 2}\n{"text": "y", "label": "2.5"}\n'
    assert read("a.jsonl", lines, **NUMBER) == [2.0, 2.5]


@pytest.mark.parametrize(
    "value", ["three", "", "nan", "inf", "-inf", "1e39", "3,5", "1_000", None, [1.0], True]
)
def test_what_is_no_finite_number_is_named_with_its_place(value):
    message = r"^ratings\.csv:7: the target must be a finite number, such as .* Received: label="
    with pytest.raises(ValueError, match=message):
        TARGETS["regression"].read(value, "ratings.csv:7", None)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "the labels must be a list of strings.* An empty list says that none of them holds"),
        ({"a": 1}, "the labels must be a list of strings, or one string"),
        (["a", None], "the labels must be a list of strings"),
        (["a", " "], "none of several labels may be empty"),
        ("a;;b", "none of several labels may be empty"),
    ],
)
def test_what_is_no_set_of_labels_is_named_with_its_place(value, message):
    with pytest.raises(ValueError, match=rf"^a\.jsonl:3: {message}"):
        TARGETS["multi_label"].read(value, "a.jsonl:3", ";")


@pytest.mark.parametrize(
    "settings", [{"label_separator": ";"}, {"label_separator": "", **MULTI}], ids=["one", "empty"]
)
def test_a_separator_without_effect_is_refused(read, settings):
    with pytest.raises(ValueError, match="`label_separator` must be left out, or not be empty and"):
        read("a.csv", "text,label\nx,a\n", **settings)


@pytest.mark.parametrize("setting", ["label_separator", "weight_column"])
def test_settings_of_columns_have_no_effect_on_fasttext(read, setting):
    with pytest.raises(ValueError, match=f"`{setting}` has no effect on files of this kind"):
        read("a.ft", "__label__a b", **{setting: "w"}, **MULTI)


def test_weights_of_rows_are_numbers(tmp_path):
    (tmp_path / "a.csv").write_text("text,label,w\nx,a,2\ny,b,0\n", encoding="utf-8")
    found = read_examples(tmp_path / "a.csv", weight_column="w")
    assert [(example.label, example.weight) for example in found] == [("a", 2.0), ("b", 0.0)]


@pytest.mark.parametrize("weight", ["-1", "NaN", "Infinity", "null", "true", '"much"', "[1]"])
def test_a_weight_that_is_none_is_named_with_its_row(read, weight):
    line = f'{{"text": "x", "label": "a", "w": {weight}}}\n'
    message = r"a\.jsonl:1: the weight must be a finite number of at least 0\. Received: weight="
    with pytest.raises(ValueError, match=message):
        read("a.jsonl", line, weight_column="w")


def test_a_column_of_weights_that_is_not_there_is_named(read):
    with pytest.raises(ValueError, match="there must be a column 'w' for `weight_column`"):
        read("a.csv", "text,label\nx,a\n", weight_column="w")
