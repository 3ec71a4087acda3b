import json

import numpy as np
import pytest
from sklearn import metrics as sklearn_metrics

from keras_pe.evaluation.metrics import classification_metrics


def test_metrics_of_six_examples_by_hand():
    metrics = classification_metrics([0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 2, 2], ["a", "b", "c"])

    assert metrics["examples"] == 6
    assert metrics["accuracy"] == pytest.approx(4 / 6)
    assert metrics["confusion_matrix"] == [[2, 1, 0], [0, 1, 1], [0, 0, 1]]
    assert metrics["classes"] == [
        {"label": "a", "precision": 1.0, "recall": 2 / 3, "f1": pytest.approx(0.8), "support": 3},
        {"label": "b", "precision": 0.5, "recall": 0.5, "f1": 0.5, "support": 2},
        {"label": "c", "precision": 0.5, "recall": 1.0, "f1": pytest.approx(2 / 3), "support": 1},
    ]
    assert metrics["macro"]["precision"] == pytest.approx((1 + 0.5 + 0.5) / 3)
    assert metrics["weighted"]["recall"] == pytest.approx((3 * 2 / 3 + 2 * 0.5 + 1) / 6)
    assert metrics["micro"]["f1"] == pytest.approx(4 / 6)


def test_a_ratio_of_nothing_to_nothing_is_zero():
    metrics = classification_metrics([0, 0], [1, 1], ["never predicted", "absent", "neither"])

    for row in metrics["classes"]:
        assert (row["precision"], row["recall"], row["f1"]) == (0.0, 0.0, 0.0)
    assert [row["support"] for row in metrics["classes"]] == [2, 0, 0]


def test_no_examples_give_zeros():
    metrics = classification_metrics([], [], ["a", "b"], probabilities=np.zeros((0, 2)))

    assert (metrics["examples"], metrics["accuracy"], metrics["log_loss"]) == (0, 0.0, 0.0)
    assert metrics["weighted"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0}


@pytest.mark.parametrize("num_classes", [2, 5, 77])
@pytest.mark.parametrize("gaps", [False, True], ids=["all classes", "gaps"])
def test_metrics_agree_with_scikit_learn(num_classes, gaps):
    rng = np.random.default_rng(num_classes)
    true, predicted = rng.integers(0, num_classes, (2, 400))
    if gaps:  # one class that is never predicted, one that never occurs
        predicted[predicted == 0] = num_classes - 1
        true[true == num_classes - 1] = 0
    ids = range(num_classes)
    metrics = classification_metrics(true, predicted, [f"class {i}" for i in ids])

    for average in ("macro", "micro", "weighted"):
        expected = sklearn_metrics.precision_recall_fscore_support(
            true, predicted, labels=ids, average=average, zero_division=0
        )[:3]
        found = [metrics[average][name] for name in ("precision", "recall", "f1")]
        np.testing.assert_allclose(found, expected, atol=1e-12)
    expected = sklearn_metrics.precision_recall_fscore_support(
        true, predicted, labels=ids, zero_division=0
    )
    for name, values in zip(("precision", "recall", "f1", "support"), expected, strict=True):
        np.testing.assert_allclose([row[name] for row in metrics["classes"]], values, atol=1e-12)
    matrix = sklearn_metrics.confusion_matrix(true, predicted, labels=ids)
    assert metrics["confusion_matrix"] == matrix.tolist()


def test_log_loss_agrees_with_scikit_learn():
    rng = np.random.default_rng(0)
    probabilities = rng.dirichlet([0.1] * 4, 200).astype(np.float32)
    true = rng.integers(0, 4, 200)
    metrics = classification_metrics(
        true, probabilities.argmax(1), list("abcd"), probabilities=probabilities
    )

    expected = sklearn_metrics.log_loss(true, probabilities, labels=range(4))
    assert metrics["log_loss"] == pytest.approx(expected, rel=1e-5)


def test_log_loss_by_hand_is_finite_for_a_probability_of_zero():
    probabilities = np.array([[0.5, 0.5], [1.0, 0.0]], np.float32)
    metrics = classification_metrics([0, 1], [0, 0], ["a", "b"], probabilities=probabilities)

    assert metrics["log_loss"] == pytest.approx((np.log(2) + 23 * np.log(2)) / 2)


def test_metrics_survive_json():
    metrics = classification_metrics(
        np.array([0, 1], np.int32), np.array([0, 0], np.int64), ["a", "b"]
    )

    assert json.loads(json.dumps(metrics)) == metrics


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([0, 1], [0]), r"same length. Received: 2 and 1 ids"),
        (([0, 2], [0, 1]), r"`true_ids` must be in \[0, 2\).* Received: 2"),
        (([0, 1], [-1, 1]), r"`predicted_ids` must be in \[0, 2\).* Received: -1"),
        (([0.0, 1.0], [0, 1]), r"`true_ids` must be a row of integers. .*dtype=float64"),
        (([0, 1], [[0, 1]]), r"`predicted_ids` must be a row of integers. .*shape=\(1, 2\)"),
    ],
    ids=["lengths", "too large", "negative", "floats", "two rows"],
)
def test_wrong_ids_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        classification_metrics(*arguments, ["a", "b"])


@pytest.mark.parametrize(
    ("probabilities", "message"),
    [
        ([[0.5, 0.5]], r"must have the shape \(2, 2\).* Received: shape=\(1, 2\)"),
        ([[0.5, 0.5], [np.nan, 1.0]], "must be finite"),
    ],
    ids=["shape", "nan"],
)
def test_wrong_probabilities_are_refused(probabilities, message):
    with pytest.raises(ValueError, match=f"`probabilities` {message}"):
        classification_metrics(
            [0, 1], [0, 1], ["a", "b"], probabilities=np.array(probabilities, np.float32)
        )
