import pytest

from keras_pe.data.readers.columns import Columns


@pytest.mark.parametrize(
    ("text", "present", "expected"),
    [
        ("text", ["label", "text"], ["text"]),
        ("title,body", ["body", "label", "title"], ["title", "body"]),
        ("title, body", ["body", "label", "title"], ["title", "body"]),
        ("title, body", [" body", "body", "label", "title"], ["title", " body"]),
        ("title,body", ["body", "label", "title", "title,body"], ["title,body"]),
    ],
    ids=["one", "two", "space after comma", "exact before stripped", "comma in the name"],
)
def test_text_columns_are_found(text, present, expected):
    assert Columns(text=text).choose(present, place="a.csv:1") == (expected, "label")


@pytest.mark.parametrize(
    ("columns", "name", "setting"),
    [
        (Columns(text="body"), "body", "text_column"),
        (Columns(text="text,body"), "body", "text_column"),
        (Columns(text="text,"), "", "text_column"),
        (Columns(label="topic"), "topic", "label_column"),
        (Columns(text="body", labelled=False), "body", "text_column"),
    ],
    ids=["text", "second text", "nothing after the comma", "label", "unlabelled"],
)
def test_a_missing_column_is_named_beside_those_there_are(columns, name, setting):
    message = (
        rf"^a\.csv:1: there must be a column '{name}' for `{setting}`\. "
        r"Received: the columns 'text', 'label'\.$"
    )
    with pytest.raises(ValueError, match=message):
        columns.choose(["text", "label"], place="a.csv:1")


def test_only_twenty_of_many_columns_are_listed():
    with pytest.raises(ValueError, match=r"'c0', .*, 'c19' and 30 more\.$"):
        Columns().choose([f"c{number}" for number in range(50)], place="a.csv:1")


def test_a_column_with_a_name_without_end_is_cut():
    with pytest.raises(ValueError, match=rf"Received: the columns '{'x' * 60}…'\.$"):
        Columns().choose(["x" * 5_000], place="a.csv:1")


def test_the_label_column_is_optional_without_labels():
    columns = Columns(labelled=False)
    assert columns.choose(["text"], place="a.csv:1") == (["text"], None)
    assert columns.choose(["text", "label"], place="a.csv:1") == (["text"], "label")


def test_the_label_is_no_part_of_the_text():
    columns = Columns(text="text,label")
    with pytest.raises(ValueError, match=r"^a\.csv:1: the label column must not be a text column"):
        columns.choose(["text", "label"], place="a.csv:1")
