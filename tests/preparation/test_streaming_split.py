"""The split of a corpus on disk is that of the same corpus in memory."""

import random

import numpy as np
import pytest

from keras_pe.config import RunConfig
from keras_pe.data.example import Example
from keras_pe.data.targets import TARGETS
from keras_pe.preparation.order_statistics import order_statistics
from keras_pe.preparation.plan import Plan
from keras_pe.preparation.planning import make_plan
from keras_pe.preparation.spill import spill
from keras_pe.preparation.spills import Spills
from keras_pe.preparation.split_rows import split_rows


def written(draw, texts, classes, rows):
    """Rows with copies, with copies of different case, and with texts that classes share."""
    for row in range(rows):
        text = f"text {draw.randrange(texts)}"
        label = draw.choices(classes, weights=range(1, len(classes) + 1))[0]
        yield Example(text.upper() if draw.random() < 0.1 else text, label, "f.csv", row + 2)


def own_texts(draw, classes, rows):
    for row in range(rows):
        label = draw.choice(classes)
        yield Example(f"{label} {draw.randrange(rows)}", label, "f.csv", row + 2)


def by_disk(examples, folder, *, problem_type, num_buckets, fraction, seed):
    """The parts, and the numbering of labels."""
    half = len(examples) // 2
    names = {"train": ["train-0", "train-1"]}
    for name, part in zip(names["train"], (examples[:half], examples[half:]), strict=True):
        spill(part, folder / name, num_buckets=num_buckets, seed=seed)
    spills = Spills(folder, names, seed)
    settings = RunConfig(problem_type=problem_type, validation_fraction=fraction, seed=seed)
    plan, labels = make_plan(settings, spills, names, num_buckets, folder)
    plan.save(folder / "plan.json")
    plan = Plan.load(folder / "plan.json")
    parts = [
        split_rows(plan, {"train": spills.rows("train", at)}, seed) for at in range(num_buckets)
    ]
    return [[e for part in parts for e in part[name]] for name in ("train", "validation")], labels


def in_memory(examples, *, problem_type, fraction, seed):
    target = TARGETS[problem_type]
    parts = target.split(examples, fraction=fraction, seed=seed)
    return parts, target.numbering.from_examples(parts[0])


def assert_the_same(found, expected):
    (ours, our_labels), (theirs, their_labels) = found, expected
    for part, other in zip(ours, theirs, strict=True):
        assert part, "each part has something to compare"
        assert sorted(map(repr, part)) == sorted(map(repr, other))
    assert our_labels == their_labels


CORPORA = {
    "many-texts": lambda draw: own_texts(draw, "abc", 600),
    "many-copies": lambda draw: written(draw, 40, "abcd", 500),
    "few-texts": lambda draw: written(draw, 5, "abc", 60),
    "one-text-of-each-class": lambda draw: (Example(c, c, "f", 2) for c in "abc" * 7),
    "a-text-shared-by-all": lambda draw: (
        Example(t, c, "f", 2) for t, c in [("x", "a"), ("x", "b"), ("y", "a"), ("x", "b")] * 4
    ),
}


@pytest.mark.parametrize("num_buckets", [1, 7])
@pytest.mark.parametrize("corpus", CORPORA)
def test_the_same_rows_are_held_out_as_in_memory(corpus, num_buckets, tmp_path):
    for seed in range(4):
        examples = list(CORPORA[corpus](random.Random(seed)))
        how = {
            "problem_type": "single_label",
            "fraction": (0.1, 0.3, 0.5, 0.9)[seed],
            "seed": seed,
        }
        (tmp_path / f"{seed}").mkdir()
        found = by_disk(examples, tmp_path / f"{seed}", num_buckets=num_buckets, **how)
        assert_the_same(found, in_memory(examples, **how))


SETS = {
    "label-sets": lambda draw: [c for c in "abcdefg" if draw.random() < "abcdefg".index(c) / 9],
    "labels-that-only-few-texts-have": lambda draw: draw.sample(range(200), draw.randint(0, 3)),
}


@pytest.mark.parametrize("texts", [60, 400])
@pytest.mark.parametrize("kind", SETS)
def test_sets_of_labels_are_divided_as_in_memory(kind, texts, tmp_path):
    for seed in range(3):
        draw = random.Random(seed)
        examples = [
            Example(f"text {draw.randrange(texts)}", tuple(sorted(map(str, own))), "f.csv", row)
            for row in range(300)
            for own in [SETS[kind](draw)]
        ]
        how = {"problem_type": "multi_label", "fraction": (0.1, 0.4, 0.9)[seed], "seed": seed}
        (tmp_path / f"{seed}").mkdir()
        found = by_disk(examples, tmp_path / f"{seed}", num_buckets=5, **how)
        assert_the_same(found, in_memory(examples, **how))


NUMBERS = {
    "spread": lambda draw: draw.gauss(0, 1e6),
    "few": lambda draw: float(draw.choice([-1, 0, 1, 1, 1, 5])),
    "tiny-and-large": lambda draw: draw.choice([-1, 1]) * 10.0 ** draw.randint(-30, 30),
}


@pytest.mark.parametrize("rows", [12, 300])
@pytest.mark.parametrize("kind", NUMBERS)
def test_numbers_are_divided_and_scaled_as_in_memory(kind, rows, tmp_path):
    for seed in range(3):
        draw = random.Random(seed)
        examples = [
            Example(f"text {draw.randrange(rows)}", NUMBERS[kind](draw), "f.csv", row)
            for row in range(rows)
        ]
        how = {"problem_type": "regression", "fraction": (0.1, 0.3, 0.5)[seed], "seed": seed}
        (tmp_path / f"{seed}").mkdir()
        found = by_disk(examples, tmp_path / f"{seed}", num_buckets=4, **how)
        assert_the_same(found, in_memory(examples, **how))


@pytest.mark.parametrize(
    ("problem_type", "rows", "said"),
    [
        ("multi_label", [("tea", ("a", "b"))] * 3, "at least two different texts.* 1 "),
        ("multi_label", [("tea", ("a",)), ("rum", ("b",))], "too few texts to hold one out"),
        ("regression", [("tea", 1.0)] * 3, "at least two different texts.* 1 "),
        ("regression", [("tea", 2.0), ("rum", 2.0)] * 9, "at least two different targets.* only 2"),
    ],
)
def test_what_cannot_be_divided_is_told_as_in_memory(problem_type, rows, said, tmp_path):
    examples = [Example(text, label, "f.csv", row) for row, (text, label) in enumerate(rows)]
    how = {"problem_type": problem_type, "fraction": 0.5, "seed": 0}
    with pytest.raises(ValueError, match=said):
        in_memory(examples, **how)
    with pytest.raises(ValueError, match=said):
        by_disk(examples, tmp_path, num_buckets=2, **how)


def test_a_class_with_one_text_is_told_of(tmp_path, caplog):
    examples = [Example("a", "a", "f", 2)] * 4 + [Example(f"b{i}", "b", "f", 2) for i in range(4)]
    how = {"problem_type": "single_label", "num_buckets": 2, "fraction": 0.5, "seed": 0}
    by_disk(examples, tmp_path, **how)
    assert "The label 'a' has no more than one text" in caplog.text


def test_numbers_are_found_by_their_place_without_being_sorted():
    draw = np.random.default_rng(0)
    numbers = np.concatenate([draw.normal(size=500), [0.0, -0.0, 1e300, -1e300, 5e-324], [2.0] * 9])
    places = np.array([0, 1, 250, 251, 400, len(numbers) - 2, len(numbers) - 1])
    found = order_statistics(lambda: np.array_split(numbers, 7), places)
    np.testing.assert_array_equal(found, np.sort(numbers)[places])
