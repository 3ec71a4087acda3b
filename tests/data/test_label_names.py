"""Labels in an order of one's own."""

import pytest

from keras_pe.data.example import Example
from keras_pe.data.label_names import listed_labels, read_label_names


def examples(*labels):
    return [Example("", label, "train.csv", row) for row, label in enumerate(labels, start=2)]


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "labels.txt"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("b\na\n", ("b", "a")),
        ("b\r\na\r\n\r\n", ("b", "a")),
        ("\ufeff体育\n10\n9", ("体育", "10", "9")),
        (" b\nb\n", (" b", "b")),
        ("a\x85b\nc\u2028d\n", ("a\x85b", "c\u2028d")),
    ],
    ids=["lines", "windows", "chinese", "space", "no line breaks"],
)
def test_names_stand_in_the_order_of_the_file(file, content, names):
    assert read_label_names(file(content)) == names


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a\n\nb\n", r"labels\.txt:2: a label name must not be empty\. Received: ''\. Take"),
        ("a\nb\n \n", r"labels\.txt:3: a label name must not be empty\. Received: ' '\."),
        ("", r"labels\.txt:1: a label name must not be empty"),
        ("a\nb\na\n", r"labels\.txt:3: a label name must stand there once\. .*'a', as in line 1\."),
        ("a\n", r"labels\.txt: there must be at least two label names\. Received: 'a'\."),
        (b"a\n\xff\n", r"labels\.txt: label names must be UTF-8 text\. .*0xff in position 2"),
    ],
    ids=["empty line", "blank line", "empty file", "twice", "one", "bytes"],
)
def test_a_fault_of_the_file_is_named_with_its_line(file, content, message):
    with pytest.raises(ValueError, match=message):
        read_label_names(file(content))


def test_a_file_that_is_not_there_is_named(tmp_path):
    message = r"`label_names_file` must be a text file .* label_names_file='.*none\.txt', which is"
    with pytest.raises(FileNotFoundError, match=message):
        read_label_names(tmp_path / "none.txt")


def test_labels_are_numbered_as_in_the_file(file, caplog):
    labels = listed_labels(file("c\na\nb\n"), examples("a", "b", "c"))
    assert labels.names == ("c", "a", "b")
    assert labels.encode(examples("a", "c")).tolist() == [1, 0]
    assert not caplog.records


@pytest.mark.parametrize(
    ("label", "hint"),
    [("Sport", r"Did you mean 'sport'\?"), ("weather", r"Add it, or mend the row\.")],
)
def test_a_training_label_that_is_not_listed_is_named_with_file_and_row(file, label, hint):
    message = (
        r"^train\.csv:4: the label of a training text must stand in \S+labels\.txt\. "
        rf"Received: '{label}'\. {hint}$"
    )
    with pytest.raises(ValueError, match=message):
        listed_labels(file("music\nsport\n"), examples("sport", "music", label))


def test_listed_labels_without_training_texts_are_warned_of(file, caplog):
    names = listed_labels(file("a\nx\nb\n1\n2\n3\n4\n5\n"), examples("b", "a")).names
    assert names == ("a", "x", "b", "1", "2", "3", "4", "5")
    assert "labels.txt: labels without training texts, which" in caplog.text
    assert "answer with: 'x', '1', '2', '3', '4' and 1 more." in caplog.text


def test_a_single_class_is_no_task_whatever_is_listed(file):
    with pytest.raises(ValueError, match="at least two different labels"):
        listed_labels(file("a\nb\n"), examples("a", "a"))
