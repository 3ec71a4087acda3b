"""What the texts of each class count in the training loss."""

import json

import keras
import numpy as np
import pytest

from keras_pe.data.target_counts import TargetCounts
from keras_pe.training.class_weights import (
    class_weights,
    load_class_weights,
    save_class_weights,
)
from keras_pe.training.smoothed_crossentropy import SmoothedCrossentropy

NAMES = ("earn", "grain", "ship")
NUMBERS = np.array([0] * 6 + [1] * 2 + [2] * 4)
COUNTS = TargetCounts.of(NUMBERS)


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "weights.json"
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_none_weighs_nothing():
    assert class_weights("none", COUNTS, NAMES) is None


def test_balanced_is_n_over_classes_times_texts_of_the_class():
    found = class_weights("balanced", COUNTS, NAMES)
    np.testing.assert_allclose(found, [12 / (3 * 6), 12 / (3 * 2), 12 / (3 * 4)])


def test_balanced_is_what_scikit_learn_gives():
    theirs = pytest.importorskip("sklearn.utils.class_weight").compute_class_weight
    numbers = np.random.default_rng(0).integers(0, 9, 50) // 2
    found = class_weights("balanced", TargetCounts.of(numbers), list("abcde"))
    np.testing.assert_allclose(found, theirs("balanced", classes=np.arange(5), y=numbers))


def test_a_class_without_texts_is_not_counted_among_those_that_are_balanced():
    found = class_weights("balanced", COUNTS, (*NAMES, "wheat"))
    np.testing.assert_allclose(found, [2 / 3, 2, 1, 0])


def test_weights_of_a_file_are_scaled_to_a_mean_of_one_over_the_training_texts(file):
    found = class_weights(file({"ship": 1, "grain": 3.0, "earn": 0}), COUNTS, NAMES)
    # Six texts weigh 0, two 3, four 1: 10 / 12 on average.
    np.testing.assert_allclose(found, [0, 3.6, 1.2])
    assert found[NUMBERS].mean() == pytest.approx(1)


def test_only_the_ratios_of_a_file_matter_however_large_they_are(file):
    small = class_weights(file({"earn": 1, "grain": 3, "ship": 2}), COUNTS, NAMES)
    large = class_weights(file({"earn": 0.5e308, "grain": 1.5e308, "ship": 1e308}), COUNTS, NAMES)
    np.testing.assert_allclose(large, small)


def test_saved_weights_are_read_back_to_the_last_bit(tmp_path):
    weights = class_weights("balanced", TargetCounts.of(np.array([0, 0, 0, 1, 2, 2, 2])), NAMES)
    save_class_weights(tmp_path / "class_weights.json", weights, NAMES)
    found = load_class_weights(tmp_path / "class_weights.json", NAMES)
    np.testing.assert_array_equal(found, weights)


FAULTS = {
    "unknown": (
        {"earn": 1, "grain": 1, "ship": 1, "wheat": 1},
        r"weights\.json: class weights must be of labels that there are: 'earn', 'grain', 'ship'\. "
        r"Received: 'wheat'\. Take it out\.$",
    ),
    "missing": (
        {"earn": 1, "ship": 1},
        r"weights\.json: every label must have one class weight\. Received: 0 for 'grain'\.$",
    ),
    "twice": (
        '{"earn": 1, "grain": 1, "ship": 1, "earn": 2}',
        r"weights\.json: every label must have one class weight\. Received: 2 for 'earn'\.$",
    ),
    "negative": (
        {"earn": 1, "grain": -0.5, "ship": 1},
        r"weights\.json: .* finite number of at least 0\. Received: -0\.5 for 'grain'\.$",
    ),
    "infinite": ('{"earn": 1, "grain": 1, "ship": 1e999}', r"Received: inf for 'ship'\.$"),
    "nan": ('{"earn": NaN, "grain": 1, "ship": 1}', r"Received: nan for 'earn'\.$"),
    "huge": ({"earn": 10**400, "grain": 1, "ship": 1}, r"Received: 10+ for 'earn'\.$"),
    "text": ({"earn": "1", "grain": 1, "ship": 1}, r"Received: '1' for 'earn'\.$"),
    "bool": ({"earn": True, "grain": 1, "ship": 1}, r"Received: True for 'earn'\.$"),
    "all zero": (
        {"earn": 0, "grain": 0, "ship": 0},
        r"weights\.json: a class with training texts must have a weight above 0\. "
        r"Received: 0 for all of them\.$",
    ),
    "list": ("[1, 2, 3]", r"weights\.json: class weights must be one JSON object, .* \[1, 2, 3\]$"),
    "no JSON": ("earn 1", r"weights\.json: class weights must be JSON text\. Expecting value"),
}


@pytest.mark.parametrize(("content", "message"), FAULTS.values(), ids=list(FAULTS))
def test_a_fault_of_the_file_is_named_with_its_label(file, content, message):
    with pytest.raises(ValueError, match=message):
        class_weights(file(content), COUNTS, NAMES)


def test_a_word_that_is_no_file_is_refused():
    message = r"must be none, balanced, or a JSON file .* Received: class_weights='balance', which"
    with pytest.raises(FileNotFoundError, match=message):
        class_weights("balance", COUNTS, NAMES)


def trained(texts, numbers, weights=None, *, precision="float32", steps=3):
    """The weights of a linear classifier after some full batches, and its last loss."""
    keras.utils.set_random_seed(1)
    keras.config.set_dtype_policy(precision)
    head = keras.layers.Dense(3, activation="softmax", dtype="float32")
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(5), head])
    # The norm of the gradient is above 1, so that clipping would show another scale.
    optimizer = keras.optimizers.SGD(0.5, global_clipnorm=0.1)
    model.compile(optimizer, loss=SmoothedCrossentropy(0.1), metrics=["accuracy"])
    by_number = None if weights is None else dict(enumerate(weights.tolist()))
    history = model.fit(
        *(texts, numbers),
        **{"class_weight": by_number, "validation_data": (texts, numbers)},
        **{"batch_size": len(texts), "epochs": steps, "shuffle": False, "verbose": 0},
    )
    return model, history.history


@pytest.mark.parametrize("precision", ["float32", "mixed_float16"])
def test_a_class_that_weighs_twice_as_much_is_as_if_its_texts_stood_there_twice(file, precision):
    texts = np.random.default_rng(0).normal(size=(12, 4)).astype("float32")
    weights = class_weights(file({"earn": 1, "grain": 2, "ship": 1}), COUNTS, NAMES)
    rows = [*range(12), 6, 7]
    found, losses = trained(texts, NUMBERS, weights, precision=precision)
    expected, others = trained(texts[rows], NUMBERS[rows], precision=precision)
    tolerance = 1e-5 if precision == "float32" else 3e-3
    np.testing.assert_allclose(losses["loss"], others["loss"], rtol=tolerance)
    for ours, theirs in zip(found.get_weights(), expected.get_weights(), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=tolerance, atol=tolerance)


def test_the_loss_is_the_weighted_sum_over_the_number_of_texts_and_validation_is_not_weighted():
    texts = np.random.default_rng(0).normal(size=(12, 4)).astype("float32")
    weights = class_weights("balanced", COUNTS, NAMES)
    start, _ = trained(texts, NUMBERS, steps=0)
    target = 0.9 * np.eye(3)[NUMBERS] + 0.1 / 3
    each = -(target * np.log(np.array(start(texts)))).sum(axis=1)
    model, history = trained(texts, NUMBERS, weights, steps=1)
    assert history["loss"][0] == pytest.approx((weights[NUMBERS] * each).sum() / 12, rel=1e-5)
    target = -(target * np.log(np.array(model(texts)))).sum(axis=1)
    assert history["val_loss"][0] == pytest.approx(target.mean(), rel=1e-5)
    right = np.array(model(texts)).argmax(axis=1) == NUMBERS
    assert history["val_accuracy"][0] == pytest.approx(right.mean())
