import os
import subprocess
import sys
from collections import Counter

import pytest

from keras_pe.data.example import Example
from keras_pe.data.splits import group_split, stratified_split


def of_classes(**sizes):
    labels = [label for label, size in sizes.items() for _ in range(size)]
    return [Example(f"text {i}", label, "train.csv", i + 2) for i, label in enumerate(labels)]


def of_sources(count, each=3):
    return [Example("", "a", f"module_{i % count}.py", i) for i in range(count * each)]


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
    _, beside = stratified_split(of_classes(b=40, a=40), fraction=0.2, seed=3)
    rows = [example.row - 40 for example in beside if example.label == "a"]
    assert [example.row for example in alone] == rows


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


def test_no_source_stands_in_two_parts():
    parts = group_split(of_sources(300), seed=0)
    sources = [{example.source for example in part} for part in parts]
    assert sum(map(len, sources)) == len(set.union(*sources)) == 300


def test_parts_have_about_the_asked_share_of_the_sources():
    train, validation, test = group_split(of_sources(2000, each=1), seed=0)
    # Four standard deviations: sqrt(2000 * 0.8 * 0.2) = 17.9, sqrt(2000 * 0.1 * 0.9) = 13.4.
    assert len(train) == pytest.approx(1600, abs=72)
    assert len(validation) == pytest.approx(200, abs=54)
    assert len(test) == pytest.approx(200, abs=54)


def test_the_parts_of_a_group_split_keep_the_order_and_lose_nothing():
    examples = of_sources(100)
    parts = group_split(iter(examples), fractions=(0.5, 0.5), seed=0)
    assert len(parts) == 2
    assert all(part == sorted(part, key=lambda example: example.row) for part in parts)
    assert sorted(sum(parts, []), key=lambda example: example.row) == examples


def test_a_source_stays_in_its_part_when_others_leave():
    examples = of_sources(200)
    train, validation, test = group_split(examples, seed=4)
    fewer = [example for example in examples if example.source.endswith(("1.py", "2.py"))]
    for part, smaller in zip((train, validation, test), group_split(fewer, seed=4), strict=True):
        assert smaller == [example for example in part if example in fewer]


def test_the_seed_decides_where_a_source_goes():
    examples = of_sources(100)
    assert group_split(examples, seed=1) == group_split(examples, seed=1)
    assert group_split(examples, seed=1) != group_split(examples, seed=2)


def test_splits_do_not_depend_on_the_hash_seed_of_the_process():
    script = (
        "from keras_pe.data.example import Example\n"
        "from keras_pe.data.splits import group_split, stratified_split\n"
        "e = [Example('', 'ab'[i % 2], f'{i % 50}.py', i) for i in range(100)]\n"
        "parts = *stratified_split(e, fraction=0.2, seed=0), *group_split(e, seed=0)\n"
        "print([[x.row for x in part] for part in parts])\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert outputs.pop().count(b"[") == 6


@pytest.mark.parametrize(
    "fractions",
    [(0.8, 0.1), (0.8, 0.3, -0.1), (1.0, 0.0), (float("nan"), 0.5), ()],
    ids=["below one", "negative", "zero", "nan", "none"],
)
def test_fractions_are_positive_and_sum_to_one(fractions):
    with pytest.raises(ValueError, match=r"`fractions` must be positive and sum to 1\. Received: "):
        group_split(of_sources(3), fractions=fractions, seed=0)


def test_an_empty_part_is_warned_of(caplog):
    parts = group_split(of_sources(1), seed=0)
    assert sorted(map(len, parts)) == [0, 0, 3]
    assert "A part of the split is empty" in caplog.text


def test_a_source_whose_name_is_not_utf8_has_a_place_too():
    parts = group_split([Example("", "a", "\udcff.py", 1)], fractions=(1.0,), seed=0)
    assert len(parts[0]) == 1
