import json

import numpy as np
import pytest

from keras_pe.data.example import Example
from keras_pe.data.labels import LabelVocabulary


def examples(*labels):
    return [Example("", label, "train.csv", row) for row, label in enumerate(labels, start=2)]


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (("pos", "neg", "pos"), ("neg", "pos")),
        (("10", "9", "-1"), ("-1", "9", "10")),
        (("10", "9", "x"), ("10", "9", "x")),
        (("1_0", "9"), ("1_0", "9")),
        (("体育", "财经"), ("体育", "财经")),
    ],
    ids=["strings", "numbers", "mixed", "underscore is no number", "chinese"],
)
def test_labels_are_ordered_by_value_if_all_are_whole_numbers(labels, names):
    assert LabelVocabulary.from_examples(examples(*labels)).names == names
    assert LabelVocabulary.from_examples(examples(*labels[::-1])).names == names


def test_encode_numbers_the_labels_in_the_order_of_the_names():
    numbers = LabelVocabulary(("b", "c", "a")).encode(iter(examples("a", "b", "a", "c")))
    np.testing.assert_array_equal(numbers, [2, 0, 2, 1])
    assert numbers.dtype == np.int32


def test_length_counts_the_labels():
    assert len(LabelVocabulary(["a", "b", "c"])) == 3


def test_equal_names_make_equal_vocabularies():
    assert LabelVocabulary(["a", "b"]) == LabelVocabulary(("a", "b"))
    assert LabelVocabulary(["a", "b"]) != LabelVocabulary(["b", "a"])


def test_an_unseen_label_is_named_with_its_place_and_the_labels_there_are():
    labels = LabelVocabulary(("business", "sport"))
    message = (
        r"^train\.csv:3: the label must be one of the 2 that training saw: "
        r"'business', 'sport'\. Received: 'Sprot'\. Did you mean 'sport'\? "
        r"--unknown_labels=drop leaves such rows out\.$"
    )
    with pytest.raises(ValueError, match=message):
        labels.encode(examples("sport", "Sprot"))


def test_an_unseen_label_like_no_other_gets_no_suggestion():
    with pytest.raises(ValueError, match=r"Received: 'weather'\. Mend the row\. --unknown"):
        LabelVocabulary(("pos", "neg")).encode(examples("weather"))


def test_only_ten_of_many_labels_are_listed():
    labels = LabelVocabulary([f"l{number}" for number in range(77)])
    with pytest.raises(
        ValueError, match=r"the 77 that training saw: 'l0', .*, 'l9' and 67 more\. R"
    ):
        labels.encode(examples("unknown"))


@pytest.mark.parametrize("use", [LabelVocabulary.from_examples, LabelVocabulary(("a", "b")).encode])
def test_an_example_without_a_label_is_refused(use):
    with pytest.raises(ValueError, match=r"^train\.csv:3: the label must be known"):
        use(examples("a", None))


def test_a_single_class_is_refused_by_name():
    message = r"at least two different labels\. Received: only 'pos' \(train\.csv:2\)"
    with pytest.raises(ValueError, match=message):
        LabelVocabulary.from_examples(examples("pos", "pos"))
    with pytest.raises(ValueError, match=r"Received: no examples"):
        LabelVocabulary.from_examples([])


@pytest.mark.parametrize(
    ("names", "error", "message"),
    [
        (["pos"], ValueError, r"at least two labels\. Received: names=\('pos',\)"),
        (["pos", "neg", "pos"], ValueError, r"Received twice: 'pos'"),
        (["pos", 1], TypeError, r"must be a string\. Received: 1"),
    ],
    ids=["one", "twice", "number"],
)
def test_names_are_at_least_two_different_strings(names, error, message):
    with pytest.raises(error, match=message):
        LabelVocabulary(names)


@pytest.mark.parametrize("other", ["SPORT", " sport", "sport\t"])
def test_labels_that_look_alike_stay_apart_and_are_warned_of(other, caplog):
    labels = LabelVocabulary.from_examples(examples("sport", other, "music", other))
    assert set(labels.names) == {"sport", other, "music"}
    assert len(caplog.records) == 1
    assert f"'sport' (train.csv:2) and {other!r} (train.csv:3) differ only" in caplog.text


def test_labels_that_differ_are_not_warned_of(caplog):
    LabelVocabulary.from_examples(examples("sport", "sports"))
    assert not caplog.records


def test_saved_labels_load_in_the_same_order(tmp_path):
    labels = LabelVocabulary(("体育", "b", "a\n"))
    labels.save(tmp_path / "labels.json")
    assert LabelVocabulary.load(tmp_path / "labels.json") == labels
    assert json.loads((tmp_path / "labels.json").read_bytes()) == ["体育", "b", "a\n"]
    assert "体育".encode() in (tmp_path / "labels.json").read_bytes()


@pytest.mark.parametrize(
    "content", ["", "3", '"ab"', '{"a": 0, "b": 1}', '["a"]', '["a", 1]', '["a", "a"]', "\ufeff[]"]
)
def test_a_file_that_holds_no_labels_is_refused_by_name(content, tmp_path):
    file = tmp_path / "labels.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=r"labels\.json: the file must hold a list of labels"):
        LabelVocabulary.load(file)
