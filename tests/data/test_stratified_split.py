"""The split of a file: shares of classes, and equal texts in one part."""

from collections import Counter

import pytest

from keras_pe.data.content import content
from keras_pe.data.example import Example
from keras_pe.data.stratified_split import stratified_split


def of_classes(**sizes):
    labels = [label for label, size in sizes.items() for _ in range(size)]
    return [Example(f"text {i}", label, "train.csv", i + 2) for i, label in enumerate(labels)]


def counts(examples):
    return Counter(example.label for example in examples)


@pytest.mark.parametrize(
    ("fraction", "expected"),
    [
        (0.1, {"big": 10, "small": 3, "two": 1, "three": 1}),
        (0.5, {"big": 50, "small": 15, "two": 1, "three": 2}),
        (0.9, {"big": 90, "small": 27, "two": 1, "three": 2}),
        (0.001, {"big": 1, "small": 1, "two": 1, "three": 1}),
    ],
)
def test_every_class_holds_out_its_share_and_keeps_one(fraction, expected):
    examples = of_classes(big=100, small=30, two=2, three=3)
    kept, held_out = stratified_split(examples, fraction=fraction, seed=1)
    assert counts(held_out) == expected
    assert counts(kept) == counts(examples) - Counter(expected)


def test_the_parts_hold_every_example_once_in_the_order_of_the_file():
    examples = of_classes(a=50, b=50)
    kept, held_out = stratified_split(iter(examples), fraction=0.3, seed=5)
    assert sorted(kept + held_out, key=lambda example: example.row) == examples
    assert kept == sorted(kept, key=lambda example: example.row)
    assert held_out == sorted(held_out, key=lambda example: example.row)


def test_a_sorted_file_is_not_cut_at_its_end():
    _, held_out = stratified_split(of_classes(a=1000), fraction=0.5, seed=0)
    # 250 of the 500 are expected from the first half, with a standard deviation of 8.
    assert sum(example.row < 502 for example in held_out) == pytest.approx(250, abs=32)


def test_the_seed_decides_who_is_held_out():
    examples = of_classes(a=100, b=100)
    splits = [stratified_split(examples, fraction=0.2, seed=seed) for seed in (1, 1, 2)]
    assert splits[0] == splits[1]
    assert splits[0] != splits[2]


def test_two_classes_do_not_hold_out_the_same_places():
    _, held_out = stratified_split(of_classes(a=100, b=100), fraction=0.2, seed=0)
    first = {example.row - 2 for example in held_out if example.label == "a"}
    assert first != {example.row - 102 for example in held_out if example.label == "b"}


def test_another_class_does_not_change_who_is_held_out():
    _, alone = stratified_split(of_classes(a=40), fraction=0.2, seed=3)
    _, beside = stratified_split(of_classes(a=40, b=40), fraction=0.2, seed=3)
    assert alone == [example for example in beside if example.label == "a"]


def test_a_class_with_one_example_is_refused_with_its_place_and_a_way_out():
    message = (
        r"^train\.csv:5: .* Received: 'rare', which is there once\. "
        r"Add examples, remove the row, or give a --validation_file\.$"
    )
    with pytest.raises(ValueError, match=message):
        stratified_split(of_classes(a=3, rare=1, b=3), fraction=0.2, seed=0)
    with pytest.raises(ValueError, match=r"'rare', which is there once\. So are 2 other labels\."):
        stratified_split(of_classes(a=3, rare=1, c=1, d=1), fraction=0.2, seed=0)


@pytest.mark.parametrize("fraction", [0, 1, -0.1, 1.5, float("nan")])
def test_the_fraction_is_between_nothing_and_all(fraction):
    with pytest.raises(ValueError, match=r"`fraction` must be in \(0, 1\)\. Received: fraction="):
        stratified_split(of_classes(a=3, b=3), fraction=fraction, seed=0)


def test_an_example_without_a_label_cannot_be_stratified():
    examples = [*of_classes(a=3), Example("", None, "train.csv", 5)]
    with pytest.raises(ValueError, match=r"^train\.csv:5: the label must be known"):
        stratified_split(examples, fraction=0.2, seed=0)


def rows(*texts_and_labels):
    return [Example(text, label, "f.csv", at) for at, (text, label) in enumerate(texts_and_labels)]


def contents(part):
    return {content(example.text) for example in part}


@pytest.mark.parametrize("seed", range(5))
def test_equal_texts_are_never_on_both_sides(seed):
    copies = [(f"Text {i % 60}" + "!" * (i % 3), "ab"[i % 60 % 2]) for i in range(200)]
    kept, held_out = stratified_split(rows(*copies), fraction=0.2, seed=seed)
    assert contents(kept) & contents(held_out) == set()
    for label in "ab":
        assert counts(held_out)[label] == pytest.approx(20, abs=4)


def test_a_text_keeps_its_part_when_the_file_is_in_another_order():
    examples = of_classes(a=100, b=50)
    _, held_out = stratified_split(examples, fraction=0.2, seed=3)
    _, again = stratified_split(examples[::-1], fraction=0.2, seed=3)
    assert again == held_out[::-1]


def test_few_texts_change_their_part_when_the_file_grows():
    examples = of_classes(a=1100)
    _, before = stratified_split(examples[:1000], fraction=0.2, seed=3)
    _, after = stratified_split(examples, fraction=0.2, seed=3)
    left = [example for example in before if example not in after]
    # The boundary is a quantile of 1,000 draws: its standard deviation is 13 of them.
    assert len(left) < 15


def test_a_text_with_two_labels_is_on_one_side():
    examples = rows(("x", "a"), ("x", "b"), *((f"{i}", "ab"[i % 2]) for i in range(20)))
    for seed in range(20):
        kept, held_out = stratified_split(examples, fraction=0.3, seed=seed)
        assert contents(kept) & contents(held_out) == set()


def test_a_class_whose_texts_all_belong_to_rarer_classes_keeps_one():
    shared = [(f"s{i}", label) for i in range(2) for label in ("rare", "common")]
    more = [("s0", "common"), *((f"o{i}", "other") for i in range(4))]
    for seed in range(20):
        kept, held_out = stratified_split(rows(*shared, *more), fraction=0.9, seed=seed)
        assert set(counts(kept)) == {"rare", "common", "other"}
        assert contents(kept) & contents(held_out) == set()


def test_a_class_of_two_texts_with_many_copies_holds_out_one_of_them():
    examples = rows(*[("yes", "a")] * 30, *[("Yes, sir", "a")] * 20, ("no", "b"), ("never", "b"))
    kept, held_out = stratified_split(examples, fraction=0.1, seed=0)
    assert contents([e for e in held_out if e.label == "a"]) == {"yes sir"}
    assert counts(kept)["a"] == 30


def test_a_class_of_one_text_divides_its_copies_and_says_so(caplog):
    examples = rows(*[("yes", "a")] * 10, *((f"{i}", "b") for i in range(10)))
    kept, held_out = stratified_split(examples, fraction=0.2, seed=0)
    assert (counts(kept)["a"], counts(held_out)["a"]) == (8, 2)
    assert "f.csv:0: the label 'a' has no other text than this one" in caplog.text
