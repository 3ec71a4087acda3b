"""What rows and labels count in training, and from which score on a label is given."""

import json

import numpy as np
import pytest

from keras_pe.data.target_counts import TargetCounts
from keras_pe.data.weight_sums import WeightSums
from keras_pe.training.positive_weights import positive_weights
from keras_pe.training.text_weights import TextWeights
from keras_pe.training.thresholds import fixed_threshold, tuned_thresholds

COUNTS = TargetCounts.of(np.array([[1, 0, 0], [1, 1, 0], [1, 0, 0], [0, 0, 0], [1, 0, 0]], "uint8"))


def text_weights(rows, classes=None, class_weights=None):
    classes = np.zeros(len(rows), np.int32) if classes is None else np.array(classes)
    sums = WeightSums.of(np.array(rows), classes)
    return TextWeights.scaled(sums, len(rows), class_weights)(np.array(rows), classes)


def test_rows_and_classes_are_multiplied_and_scaled_to_a_mean_of_one():
    found = text_weights([1.0, 1.0, 4.0, 0.0], [0, 1, 0, 1], np.array([0.5, 2.0]))
    np.testing.assert_allclose(found, np.array([0.5, 2.0, 2.0, 0.0]) / 1.125, rtol=1e-6)
    assert found.dtype == np.float32


def test_only_the_ratios_of_rows_matter_however_large_they_are():
    small, large = text_weights([1.0, 3.0]), text_weights([0.5e308, 1.5e308])
    np.testing.assert_allclose(small, [0.5, 1.5])
    np.testing.assert_allclose(large, small)


def test_without_rows_and_classes_nothing_is_weighed():
    assert TextWeights.scaled(None, 2) is None
    of_classes = TextWeights.scaled(None, 2, np.array([0.5, 1.5]))
    np.testing.assert_array_equal(of_classes(None, np.array([1, 0])), [1.5, 0.5])


@pytest.mark.parametrize(("rows", "of_class"), [([0.0, 0.0], None), ([1.0, 0.0], [0.0, 2.0])])
def test_texts_must_weigh_something(rows, of_class):
    of_class = None if of_class is None else np.array(of_class)
    with pytest.raises(ValueError, match="A training text must weigh more than 0"):
        text_weights(rows, [0, 1], of_class)


def test_weights_add_up_the_same_however_they_are_divided():
    weights, classes = np.array([1.5e308, 0.5e308, 0.0, 1e308]), np.array([1, 0, 0, 1])
    whole = WeightSums.of(weights, classes)
    halves = [WeightSums.of(weights[own], classes[own]) for own in ([0, 2], [1, 3])]
    both = WeightSums.joined(halves)
    assert (both.least, both.most) == (whole.least, whole.most) == (0.0, 1.5e308)
    assert both.sums == pytest.approx({0: 1 / 3, 1: 5 / 3})
    assert whole.sums == pytest.approx(both.sums)
    assert WeightSums.joined([]) is None


def test_balanced_labels_weigh_what_is_without_them_over_what_is_with_them():
    np.testing.assert_allclose(positive_weights("balanced", COUNTS, "abc"), [1 / 4, 4, 1])
    assert positive_weights("none", COUNTS, "abc") is None


def test_weights_of_labels_are_read_from_a_file_as_they_stand(tmp_path):
    (tmp_path / "w.json").write_text(json.dumps({"c": 1, "a": 2, "b": 30}), encoding="utf-8")
    found = positive_weights(str(tmp_path / "w.json"), COUNTS, ("a", "b", "c"))
    np.testing.assert_array_equal(found, [2, 30, 1])


@pytest.mark.parametrize("setting", ["0", "1", "-0.5", "nan", "half", "tune"])
def test_a_threshold_is_between_0_and_1_or_tuned(setting):
    with pytest.raises(ValueError, match=f"`threshold` must be .* Received: threshold='{setting}'"):
        fixed_threshold(setting)


def test_a_tuned_threshold_has_the_best_f1_of_all():
    draw = np.random.default_rng(0)
    targets = draw.integers(0, 2, (60, 4)).astype("uint8")
    scores = np.round(np.clip(0.3 * targets + 0.7 * draw.random((60, 4)), 0, 1), 1)
    scores = scores.astype("float32")

    def f1(holds, given):
        return 2 * (holds & given).sum() / max(holds.sum() + given.sum(), 1)

    for column, threshold in enumerate(tuned_thresholds(targets, scores)):
        holds, own = targets[:, column] == 1, scores[:, column]
        best = max(f1(holds, own >= cut) for cut in np.linspace(-0.05, 1.05, 23))
        assert f1(holds, own >= threshold) == pytest.approx(best)
        assert np.abs(own - threshold).min() > 0.01


def test_a_label_that_holds_nowhere_keeps_one_half():
    assert tuned_thresholds(np.zeros((3, 1)), np.array([[0.9], [0.1], [0.2]])).tolist() == [0.5]
