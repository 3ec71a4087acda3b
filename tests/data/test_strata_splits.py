"""Splits of texts with sets of labels and with numbers: shares, copies, order of the file."""

import random
from collections import Counter

import numpy as np
import pytest

from keras_pe.data.content import content
from keras_pe.data.example import Example
from keras_pe.data.label_set_split import label_set_split
from keras_pe.data.number_split import number_split

draw = random.Random(0)
SETS = [
    tuple(sorted({name for name, share in zip("abcdef", (50, 30, 20, 5, 2, 1), strict=True)
                  if draw.random() < share / 100}))
    for _ in range(2_000)
]  # fmt: skip
# Every third text stands there twice, but for case and a full stop.
TEXTS = [f"text {row // 3} {row % 3 % 2}" + "." * (row % 3 // 2) for row in range(2_000)]
ROWS = [Example(text, labels, "f", row) for row, (text, labels) in enumerate(zip(TEXTS, SETS))]  # noqa: B905
NUMBERS = [Example(t, draw.expovariate(1), "f", row) for row, t in enumerate(TEXTS)]
SPLITS = {"labels": (label_set_split, ROWS), "numbers": (number_split, NUMBERS)}


@pytest.mark.parametrize("kind", SPLITS)
def test_equal_texts_stay_together_and_every_row_is_there_once(kind):
    split, rows = SPLITS[kind]
    kept, held_out = split(rows, fraction=0.2, seed=1)
    assert sorted(kept + held_out, key=lambda e: e.row) == rows
    assert not {content(e.text) for e in kept} & {content(e.text) for e in held_out}
    assert len(held_out) / len(rows) == pytest.approx(0.2, abs=0.01)


@pytest.mark.parametrize("kind", SPLITS)
def test_a_text_keeps_its_part_in_another_order_and_the_seed_decides(kind):
    split, rows = SPLITS[kind]
    mixed = random.Random(1).sample(rows, len(rows))
    parts = [{e.row for e in split(r, fraction=0.2, seed=3)[1]} for r in (rows, mixed)]
    assert parts[0] == parts[1]
    assert parts[0] != {e.row for e in split(rows, fraction=0.2, seed=4)[1]}


def test_every_label_has_its_share_rare_ones_too():
    _, held_out = label_set_split(ROWS, fraction=0.2, seed=1)
    found, all_rows = (Counter(n for e in part for n in e.labels) for part in (held_out, ROWS))
    for name, rows in all_rows.items():
        assert found[name] / rows == pytest.approx(0.2, abs=0.06), (name, rows)
    without = [sum(not e.labels for e in part) for part in (held_out, ROWS)]
    assert without[0] / without[1] == pytest.approx(0.2, abs=0.02)


def test_small_and_large_numbers_have_their_share():
    _, held_out = number_split(NUMBERS, fraction=0.2, seed=1)
    edges = np.quantile([e.label for e in NUMBERS], [0.25, 0.5, 0.75])
    counts = np.bincount(np.searchsorted(edges, [e.label for e in held_out]), minlength=4)
    # A text of two rows is in the band of their mean, so not exactly a quarter each.
    assert counts.max() / counts.min() < 1.5


def test_a_label_of_one_text_is_learned_and_none_is_taken_from_training():
    sets = [("a", "once"), *[("a", "b")] * 5, ("b", "c"), ("c", "d"), *[("b",)] * 8]
    rows = [Example(f"text {at}", labels, "f", at) for at, labels in enumerate(sets)]
    for seed in range(20):
        kept, held_out = label_set_split(rows, fraction=0.5, seed=seed)
        assert {n for e in kept for n in e.labels} == {"a", "b", "c", "d", "once"}
        assert held_out
        assert "once" not in {n for e in held_out for n in e.labels}


def test_a_label_gets_a_text_back_of_which_rarer_labels_have_taken_all():
    # One of two texts of `a` is held out and one of `b`: with some seeds both that have `c`.
    sets = [("a", "c"), ("a",), ("b", "c"), ("b",)]
    rows = [Example(f"text {at}", labels, "f", at) for at, labels in enumerate(sets)]
    for seed in range(20):
        kept, held_out = label_set_split(rows, fraction=0.5, seed=seed)
        assert {n for e in kept for n in e.labels} == {"a", "b", "c"}
        assert held_out


@pytest.mark.parametrize("split", [label_set_split, number_split])
def test_what_cannot_be_split_is_refused(split):
    label = () if split is label_set_split else 1.0
    with pytest.raises(ValueError, match=r"at least two different texts.* \(f:1\)"):
        split([Example("a", label, "f", 1), Example("A!", label, "f", 2)], fraction=0.5, seed=0)
    with pytest.raises(ValueError, match=r"`fraction` must be in \(0, 1\)"):
        split([Example("a", label, "f", 1)], fraction=1.0, seed=0)


def test_texts_that_each_have_a_label_of_their_own_cannot_be_held_out():
    rows = [Example(name, (name,), "f", at) for at, name in enumerate("abc", start=1)]
    with pytest.raises(ValueError, match=r"f:1: there are too few texts to hold one out"):
        label_set_split(rows, fraction=0.5, seed=0)
