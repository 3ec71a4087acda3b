import sys

import numpy as np
import pytest

from keras_pe.data.example import Example
from keras_pe.evaluation.baselines import linear_baseline, majority_baseline


def _examples(pairs, source="rows.csv"):
    return [
        Example(text=text, label=label, source=source, row=row)
        for row, (text, label) in enumerate(pairs, start=1)
    ]


def _texts_of(words_by_label, count, seed):
    """Draws texts of six words, four of them any of all labels' words."""
    rng = np.random.default_rng(seed)
    shared = [word for words in words_by_label.values() for word in words]
    pairs = []
    for label, words in words_by_label.items():
        for _ in range(count):
            drawn = [*rng.choice(words, 2), *rng.choice(shared, 4)]
            pairs.append((drawn, label))
    return pairs


def _joined(pairs, separator):
    return _examples([(separator.join(words), label) for words, label in pairs])


def test_majority_predicts_the_commonest_training_class():
    train = _examples([("x", "b"), ("y", "b"), ("z", "a")])
    test = _examples([("x", "a"), ("y", "a"), ("z", "b"), ("w", "a")])

    metrics = majority_baseline(train, test)

    assert metrics["accuracy"] == 0.25
    assert metrics["label_names"] == ["a", "b"]
    assert metrics["confusion_matrix"] == [[0, 3], [0, 1]]
    assert metrics["seconds"] >= 0


def test_linear_baseline_learns_words():
    words = {"sport": ["ball", "goal", "team", "match"], "money": ["bank", "stock", "fund", "rate"]}
    train = _joined(_texts_of(words, 100, seed=0), " ")
    test = _joined(_texts_of(words, 100, seed=1), " ")

    metrics = linear_baseline(train, test, seed=0)

    assert metrics["accuracy"] > 0.75
    assert metrics["seconds"] > 0
    assert majority_baseline(train, test)["accuracy"] == 0.5


def test_linear_baseline_sees_word_pairs():
    pairs = [("not good", "no"), ("good not", "yes")] * 20
    metrics = linear_baseline(_examples(pairs), _examples(pairs), seed=0)

    assert metrics["accuracy"] == 1.0


def test_linear_baseline_reads_chinese_characters():
    words = {"体育": ["球队", "进球", "冠军", "联赛"], "财经": ["银行", "股票", "基金", "利率"]}
    train = _joined(_texts_of(words, 100, seed=0), "")
    test = _joined(_texts_of(words, 100, seed=1), "")

    assert linear_baseline(train, test, seed=0)["accuracy"] > 0.75


def test_the_same_seed_gives_the_same_metrics():
    words = {"a": ["one", "two", "three"], "b": ["two", "three", "four"]}
    train = _joined(_texts_of(words, 50, seed=0), " ")
    first, second = (linear_baseline(train, train, seed=3) for _ in range(2))

    first.pop("seconds")
    second.pop("seconds")
    assert first == second


@pytest.mark.parametrize("baseline", [majority_baseline, lambda *a: linear_baseline(*a, seed=0)])
def test_a_test_label_that_training_never_saw_is_named(baseline):
    train = _examples([("good good", "yes"), ("good bad", "no")])

    with pytest.raises(ValueError, match=r"test.csv:1: .*'perhaps'"):
        baseline(train, _examples([("good", "perhaps")], source="test.csv"))


def test_without_scikit_learn_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.svm", None)
    train = _examples([("good", "yes"), ("bad", "no")])

    with pytest.raises(ImportError, match=r'pip install "keras_pe\[demo\]"'):
        linear_baseline(train, train, seed=0)
