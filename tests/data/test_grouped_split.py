"""The split by groups: nobody is on both sides, whatever links them, and shares are near."""

import random
import re
from collections import Counter

import numpy as np
import pytest

from keras_pe.data.example import Example
from keras_pe.data.group_choice import GroupChoice
from keras_pe.data.group_rows import GroupRows
from keras_pe.data.grouped_split import grouped_split
from keras_pe.data.targets import TARGETS


def written(draw, *, groups, rows, classes="abc", texts=10**9):
    """Rows of authors who favour one class each; few texts make authors share some."""
    for row in range(rows):
        group = draw.randrange(groups)
        favourite = classes[group % len(classes)]
        label = favourite if draw.random() < 0.7 else draw.choice(classes)
        yield Example(f"Text {draw.randrange(texts)}", label, "f.csv", row + 2, group=f"g{group}")


def split(examples, problem_type="single_label", *, fraction=0.1, seed=0):
    strata_of = TARGETS[problem_type].strata
    return grouped_split(examples, strata_of=strata_of, fraction=fraction, seed=seed)


def groups_of(examples):
    return {example.group for example in examples}


def texts_of(examples):
    return {example.text.lower() for example in examples}


def test_no_group_and_no_text_is_on_both_sides():
    for seed in range(5):
        examples = list(written(random.Random(seed), groups=80, rows=600, texts=8_000))
        texts = Counter((e.text, e.group) for e in examples)
        assert len({text for text, _ in texts}) < len(texts), "some groups share a text"
        kept, held_out = split(examples, fraction=0.2, seed=seed)
        assert not groups_of(kept) & groups_of(held_out)
        assert not texts_of(kept) & texts_of(held_out)
        assert kept == [e for e in examples if e.group in groups_of(kept)]
        assert len(kept) + len(held_out) == len(examples)


def test_groups_are_joined_over_several_texts_and_by_texts_that_differ_in_case():
    pairs = [("one", "a"), ("One!", "b"), ("two", "b"), ("TWO", "c"), ("x", "d"), ("y", "e")]
    rows = [
        Example(text, "ab"[i % 2], "f", i, group=group) for i, (text, group) in enumerate(pairs)
    ]
    rows += [
        Example(f"of {group}", "ab"[i], "f", i, group=group) for group in "cde" for i in (0, 1)
    ]
    for seed in range(12):
        kept, held_out = split(rows, fraction=0.4, seed=seed)
        assert {"a", "b", "c"} <= groups_of(kept) or {"a", "b", "c"} <= groups_of(held_out)


def test_empty_texts_join_no_groups():
    rows = [Example("", "ab"[i % 2], "f", i, group=f"{i // 2}") for i in range(40)]
    kept, held_out = split(rows, fraction=0.1)
    assert (len(kept), len(held_out)) == (36, 4)


def test_the_order_of_the_rows_plays_no_part():
    examples = list(written(random.Random(1), groups=60, rows=400, texts=3_000))
    _, held_out = split(examples)
    for seed in range(3):
        mixed = random.Random(seed).sample(examples, len(examples))
        assert groups_of(split(mixed)[1]) == groups_of(held_out)
    assert groups_of(split(examples, seed=1)[1]) != groups_of(held_out)


def test_a_group_that_is_added_moves_few_of_the_others():
    examples = list(written(random.Random(2), groups=300, rows=3_000))
    _, before = split(examples)
    more = [Example(f"new {i}", "abc"[i % 3], "f", i, group="new") for i in range(9)]
    _, after = split([*more, *examples])
    assert len(groups_of(before) ^ groups_of(after)) <= 6


@pytest.mark.parametrize("fraction", [0.1, 0.3])
def test_every_class_gives_about_its_share(fraction):
    examples = list(written(random.Random(3), groups=200, rows=2_000, classes="abcd"))
    kept, held_out = split(examples, fraction=fraction)
    sizes, counts = (Counter(e.label for e in part) for part in (examples, held_out))
    for label, size in sizes.items():
        # A group has ten rows. Drawn by the toss of a coin, a class would miss its share by 20.
        assert counts[label] == pytest.approx(fraction * size, abs=10)


@pytest.mark.parametrize("problem_type", ["multi_label", "regression"])
def test_labels_and_bands_of_numbers_give_their_share(problem_type):
    draw = random.Random(4)
    labels = {
        "multi_label": lambda: tuple(sorted(draw.sample("abcd", draw.randrange(3)))),
        "regression": lambda: draw.gauss(3.0, 1.0),
    }[problem_type]
    examples = [Example(f"text {i}", labels(), "f", i, group=f"{i // 5}") for i in range(1_000)]
    _, held_out = split(examples, problem_type)
    assert len(held_out) == pytest.approx(100, abs=15)
    strata = dict(zip(map(id, examples), TARGETS[problem_type].strata(examples), strict=True))
    sizes = Counter(name for own in strata.values() for name in own)
    counts = Counter(name for example in held_out for name in strata[id(example)])
    assert len(sizes) == (5 if problem_type == "multi_label" else 10)
    for name, size in sizes.items():
        assert counts[name] == pytest.approx(0.1 * size, abs=5)


def test_a_class_keeps_a_row_and_holds_one_out_where_two_groups_have_it():
    sizes = {"a": {"g1": 50, "g2": 50, "g3": 20}, "b": {"g1": 5}, "c": {"g2": 7, "g4": 1}}
    rows = [
        Example(f"{label} {group} {i}", label, "f", i, group=group)
        for label, own in sizes.items()
        for group, size in own.items()
        for i in range(size)
    ]
    for seed in range(10):
        kept, held_out = split(rows, seed=seed)
        assert {e.label for e in kept} == {"a", "b", "c"}
        assert {"a", "c"} <= {e.label for e in held_out}
        assert "g1" in groups_of(kept), "no other group has the label b"


def test_the_cheapest_group_is_held_out_where_all_are_too_large():
    counts = GroupRows([1, 2, 3], [0, 0, 0], [40, 10, 50], num_strata=1)
    assert GroupChoice([counts], fraction=0.01).held_out.tolist() == [2]
    half = GroupRows([1, 2], [0, 0], [49, 51], num_strata=1)
    assert GroupChoice([half], fraction=0.1).held_out.tolist() == [1]


def test_by_hand():
    # Wanted: 2 of a, 1 of b. Group 1 brings a to 2 and b to 1; every other one goes too far.
    counts = GroupRows([1, 1, 2, 2, 3, 3], [0, 1, 0, 1, 0, 1], [2, 1, 2, 1, 16, 8], num_strata=2)
    choice = GroupChoice([counts], fraction=0.1)
    assert choice.held_out.tolist() == [1]
    assert [rows.tolist() for rows in choice.rows] == [[20, 10], [2, 1]]


def test_what_came_of_it_is_told(caplog):
    caplog.set_level("INFO", logger="keras_pe")
    rows = [Example(f"t {i}", "ab"[i % 2], "f", i, group=f"{i // 2}") for i in range(40)]
    rows += [Example("T 0", "a", "f", 41, group="19")]
    split(rows, fraction=0.1)
    said = r"Held out 2 of 20 groups \(1 of them joined by equal texts\): 9\.8% in all, of each "
    assert re.search(said + r"stratum from 9\.5% \('a'\) to 10\.0% \('b'\)\.", caplog.text)


def test_what_cannot_be_split_is_refused():
    one = [Example(f"text {i}", "ab"[i % 2], "f.csv", i + 2, group="ann") for i in range(4)]
    said = (
        r"^f\.csv:2: there must be a group that can be held out .* Received: 1 group\. Add groups"
    )
    with pytest.raises(ValueError, match=said):
        split(one)
    joined = [*one, Example("TEXT 1", "b", "f.csv", 6, group="ben")]
    with pytest.raises(ValueError, match=r"1 group, after 1 that share a text with another\."):
        split(joined)
    own = [Example(f"text {i}", f"{i % 3}", "f.csv", i + 2, group=f"{i % 3}") for i in range(9)]
    with pytest.raises(ValueError, match="while others have all its labels. Received: 3 groups"):
        split(own)
    with pytest.raises(ValueError, match="f.csv:2: the group must be known. Received: group=None"):
        split([Example("text", "a", "f.csv", 2)])
    with pytest.raises(ValueError, match=r"`fraction` must be in \(0, 1\)"):
        split(one, fraction=1.0)


def test_rows_are_counted_by_group_and_stratum():
    draw = np.random.default_rng(0)
    groups, strata = draw.integers(0, 5, 200), draw.integers(0, 3, 200)
    counts = GroupRows(groups, strata, np.ones(200), num_strata=3)
    expected = Counter(zip(groups.tolist(), strata.tolist(), strict=True))
    found = {
        (group, stratum): rows
        for place, group in enumerate(counts.groups.tolist())
        for stratum, rows in counts.of(place)
    }
    assert found == expected
    assert counts.places_with(1) == [g for g in range(5) if (g, 1) in expected]
