"""Sets of labels and numbers as arrays, and the vocabulary or scale behind them."""

import logging

import numpy as np
import pytest

from keras_pe.data.example import Example
from keras_pe.data.label_names import listed_labels
from keras_pe.data.label_sets import LabelSets
from keras_pe.data.target_counts import TargetCounts
from keras_pe.data.target_scale import TargetScale
from keras_pe.data.unknown_labels import with_known_labels


def examples(*labels):
    return [Example("", label, "train.csv", row) for row, label in enumerate(labels, start=2)]


def test_labels_are_collected_over_all_sets_and_in_order():
    labels = LabelSets.from_examples(examples(("10", "9"), (), ("9", "2")))
    assert labels.names == ("2", "9", "10")
    found = labels.encode(examples(("2", "10"), ()))
    np.testing.assert_array_equal(found, [[1, 0, 1], [0, 0, 0]])
    assert found.dtype == np.uint8


def test_a_label_that_training_never_saw_is_named_with_its_row():
    with pytest.raises(ValueError, match=r"train\.csv:3: .* Received: 'joyy'\. Did you mean 'joy'"):
        LabelSets(("anger", "joy")).encode(examples(("joy",), ("anger", "joyy")))


def test_rows_with_an_unknown_label_can_be_left_out():
    rows = examples(("a",), (), ("a", "z"))
    assert with_known_labels(rows, {"a", "b"}, part="test") == rows[:2]


def test_a_forgotten_separator_is_told(caplog):
    with caplog.at_level(logging.WARNING, "keras_pe"):
        LabelSets.from_examples(examples(("a;b",), ("a",), ()))
    assert "No training text has more than one label" in caplog.text
    caplog.clear()
    LabelSets.from_examples(examples(("a", "b"), ()))
    assert not caplog.text


def test_one_line_says_how_many_texts_have_a_label():
    labels = LabelSets(("a", "b"))
    said = labels.describe(TargetCounts.of(labels.encode(examples(("a", "b"), ("b",), ("b",), ()))))
    assert said == "2 labels, 1.00 per text, 1 texts without any: b 75.0%, a 25.0%"


def test_the_names_may_be_listed_in_a_file(tmp_path):
    path = tmp_path / "names.txt"
    path.write_text("joy\nanger\n", encoding="utf-8")
    assert listed_labels(path, examples(("anger", "joy")), kind=LabelSets).names == ("joy", "anger")
    with pytest.raises(ValueError, match=r"train\.csv:2: .* Received: 'fear'"):
        listed_labels(path, examples(("fear", "joy")), kind=LabelSets)


def test_the_scale_is_mean_and_deviation_and_survives_its_file(tmp_path):
    scale = TargetScale.from_examples(examples(1.0, 2.0, 6.0))
    assert (scale.mean, scale.deviation) == (3.0, pytest.approx((14 / 3) ** 0.5))
    scale.save(tmp_path / "labels.json")
    assert TargetScale.load(tmp_path / "labels.json") == scale
    np.testing.assert_array_equal(scale.encode(examples(2.5)), np.array([2.5], np.float32))
    assert scale.describe(TargetCounts.of(np.array([1.0, 6.0]))).startswith(
        "numbers from 1 to 6, mean 3, standard dev"
    )


@pytest.mark.parametrize("numbers", [[3.0, 3.0], [], [1e8, 1e8 + 1]])
def test_targets_that_are_all_the_same_are_refused(numbers):
    with pytest.raises(ValueError, match="must have at least two different targets"):
        TargetScale.from_examples(examples(*numbers))


def test_an_unknown_target_and_a_damaged_file_are_named(tmp_path):
    with pytest.raises(ValueError, match=r"train\.csv:2: the target must be known"):
        TargetScale(0.0, 1.0).encode(examples(None))
    (tmp_path / "labels.json").write_text("[1, 2]", encoding="utf-8")
    with pytest.raises(ValueError, match=r"labels\.json: the file must hold mean and deviation"):
        TargetScale.load(tmp_path / "labels.json")
