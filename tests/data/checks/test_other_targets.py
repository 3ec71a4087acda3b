"""Checks of texts with sets of labels, and with numbers."""

from keras_pe.data.checks import all_findings, quick_findings
from keras_pe.data.example import Example
from keras_pe.data.splits import Splits


def rows(*pairs):
    return [Example(text, label, "train.csv", at) for at, (text, label) in enumerate(pairs, 2)]


def found(splits, problem_type, quick=False):
    findings = quick_findings(splits, problem_type) if quick else all_findings(splits, problem_type)
    return {finding.check: finding for finding in findings}


def test_sets_of_labels_are_counted_label_by_label():
    train = rows(("one", ("a", "b")), ("two", ("a",)), ("two!", ("a", "b")), ("three", ()))
    findings = found(Splits(train, rows(("four", ("a",))), []), "multi_label")
    assert findings["missing classes"].numbers == {"training": [], "validation": ["b"]}
    imbalance = findings["imbalance"].numbers
    assert (imbalance["largest"], imbalance["largest rows"], imbalance["smallest rows"]) == (
        *("a", 3, 2),
    )
    assert imbalance["share of the largest"] == 0.75
    conflict = findings["conflicting labels"]
    assert conflict.numbers == {"texts": 1, "rows": 2}
    assert "('a',)" in conflict.sentence
    assert "('a', 'b')" in conflict.sentence


def test_the_spread_of_numbers_takes_the_place_of_classes():
    train = rows(*((f"text {at}", float(at % 5)) for at in range(200)), ("far", 1_000.0))
    findings = found(Splits(train, train[:1], []), "regression")
    assert "imbalance" not in findings
    assert "missing classes" not in findings
    spread = findings["spread of the targets"]
    assert spread.found
    assert spread.numbers["rows far off"] == 1
    assert spread.numbers["largest"] == 1_000
    assert spread.examples == ("train.csv:202: 1000",)


def test_a_target_that_most_rows_have_is_told():
    train = rows(*((f"text {at}", 0.0 if at % 3 else 1.0) for at in range(30)))
    spread = found(Splits(train, [], []), "regression")["spread of the targets"]
    assert spread.found
    assert "66.7% of them 0" in spread.sentence
    even = rows(*((f"text {at}", float(at)) for at in range(30)))
    assert not found(Splits(even, [], []), "regression")["spread of the targets"].found


def test_equal_texts_with_different_numbers_are_told_before_training():
    train = rows(("same", 1.0), ("Same.", 2.0), ("other", 2.0))
    findings = found(Splits(train, [], []), "regression", quick=True)
    assert findings["conflicting labels"].found
    assert list(findings) == ["leaks between parts", "conflicting labels", "empty texts"]
