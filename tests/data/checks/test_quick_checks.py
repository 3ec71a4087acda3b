"""Leaks, conflicting labels, empty texts, missing classes."""

from keras_pe.data.checks import Parts, all_findings, quick_findings
from keras_pe.data.checks.conflicting_labels import conflicting_labels
from keras_pe.data.checks.empty_texts import empty_texts
from keras_pe.data.checks.leaks import leaked_rows, leaks
from keras_pe.data.checks.missing_classes import missing_classes
from keras_pe.data.checks.repeats import repeats
from keras_pe.data.content import content
from keras_pe.data.example import Example
from keras_pe.data.splits import Splits


def part(name, *rows):
    """Examples from (text, label) pairs, from row 2 on, as a CSV file has them."""
    return [Example(text, label, f"{name}.csv", at) for at, (text, label) in enumerate(rows, 2)]


def parts(train, validation=(), test=()):
    named = {"train": train, "validation": validation, "test": test}
    return Parts(Splits(**{name: part(name, *rows) for name, rows in named.items()}))


def test_content_is_what_is_left_of_a_text_without_case_and_punctuation():
    assert content("Is  there an AUTO top-up?") == content("is there an auto top up")
    assert content("今天，下雨。") == content("今天 下雨")
    assert content("no more") != content("nomore")
    assert content(":-)") != content(":-(")
    assert content(" \n") == ""


def test_leaks_name_both_rows_of_each_two_parts():
    found = leaks(
        parts(
            train=[("Good film.", "a"), ("bad", "b")],
            validation=[("good FILM", "a")],
            test=[("Good film!", "a"), ("good... film", "a"), ("new", "b")],
        )
    )
    assert found.found
    assert found.numbers == {
        "validation rows in training": 1,
        "validation texts in training": 1,
        "test rows in training": 2,
        "test texts in training": 1,
        "test rows in validation": 2,
        "test texts in validation": 1,
    }
    assert "2 test rows (66.67%) also in training, first test.csv:2 = train.csv:2" in found.sentence
    assert found.examples[0] == "train.csv:2 = validation.csv:2: 'good FILM'"


def test_empty_texts_are_no_leak():
    found = leaks(parts(train=[("", "a"), (" ", "b")], test=[("", "a")]))
    assert not found.found
    assert found.sentence == "no text in two parts"


def test_leaked_rows_are_those_of_training_each_with_the_first_row_that_holds_it():
    train = part("train", ("x y", "a"), ("z", "b"), ("X-Y", "b"))
    test = part("test", ("w", "a"), ("x, y", "a"), ("x y", "a"))
    places = [(left.place, right.place) for left, right in leaked_rows(train, test)]
    assert places == [("train.csv:2", "test.csv:3"), ("train.csv:4", "test.csv:3")]


def test_repeats_count_every_row_but_the_first():
    found = repeats(parts(train=[("a b", "x"), ("A b", "x"), ("a, b", "y"), ("c", "y")]))
    assert found.numbers == {"training rows": 2}
    assert "2 training rows (50.00%), first train.csv:3 = train.csv:2" in found.sentence
    assert not repeats(parts(train=[("a", "x"), ("", "x"), ("", "y")])).found


def test_equal_texts_with_different_labels_conflict_across_parts():
    found = conflicting_labels(
        parts(train=[("a b", "x"), ("A b", "x"), ("c", "y")], test=[("a-b", "y"), ("c", None)])
    )
    assert found.numbers == {"texts": 1, "rows": 3}
    assert found.sentence == (
        "1 text with different labels in 3 rows, first train.csv:2 'x', test.csv:2 'y'"
    )
    assert not conflicting_labels(parts(train=[("", "x"), ("", "y"), ("a", "y")])).found


def test_empty_texts_are_counted_per_part():
    found = empty_texts(parts(train=[("a", "x"), ("\n ", "y")], test=[("", "x")]))
    assert found.numbers == {"training rows": 1, "test rows": 1}
    assert found.sentence == "2 empty texts (1 in training, 1 in test), first train.csv:3"


def test_missing_classes_are_named_for_each_part():
    found = missing_classes(
        parts(train=[("a", "x"), ("b", "y")], validation=[("c", "x")], test=[("d", "z")])
    )
    assert found.numbers == {"training": ["z"], "validation": ["y", "z"], "test": ["x", "y"]}
    assert "training lacks 1 class: 'z'; validation lacks 2 classes: 'y', 'z'" in found.sentence


def test_clean_texts_give_no_finding():
    rows = [(f"text number {word}", label) for word, label in zip("abcd", "xyxy", strict=True)]
    splits = Splits(part("train", *rows), part("validation", ("new", "x"), ("other", "y")), [])
    assert [finding.check for finding in all_findings(splits) if finding.found] == []
    assert len(quick_findings(splits)) == 4
