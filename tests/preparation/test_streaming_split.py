"""The split of a corpus on disk is that of the same corpus in memory."""

import random

import pytest

from keras_pe.data.example import Example
from keras_pe.data.stratified_split import stratified_split
from keras_pe.preparation.plan import Plan
from keras_pe.preparation.spill import spill
from keras_pe.preparation.spills import Spills
from keras_pe.preparation.split_rows import split_rows
from keras_pe.preparation.streaming_split import streaming_split


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


def by_disk(examples, folder, *, num_buckets, fraction, seed):
    half = len(examples) // 2
    names = {"train": ["train-0", "train-1"]}
    for name, part in zip(names["train"], (examples[:half], examples[half:]), strict=True):
        spill(part, folder / name, num_buckets=num_buckets, seed=seed)
    spills = Spills(folder, names, seed)
    labels = list(spills.firsts("train"))
    keys = [lambda at=at: spills.keys("train", at, labels) for at in range(num_buckets)]
    (folder / "texts").mkdir()
    rule = streaming_split(
        keys, labels=labels, fraction=fraction, seed=seed, folder=folder / "texts"
    )
    plan = Plan(num_buckets=num_buckets, spills=names, labels=labels, rule=rule)
    parts = [
        split_rows(plan, {"train": spills.rows("train", at)}, seed) for at in range(num_buckets)
    ]
    return [[e for part in parts for e in part[name]] for name in ("train", "validation")]


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
        fraction = (0.1, 0.3, 0.5, 0.9)[seed]
        expected = stratified_split(examples, fraction=fraction, seed=seed)
        (tmp_path / f"{seed}").mkdir()
        found = by_disk(
            examples, tmp_path / f"{seed}", num_buckets=num_buckets, fraction=fraction, seed=seed
        )
        for ours, theirs in zip(found, expected, strict=True):
            assert ours, "each part has something to compare"
            assert sorted(map(repr, ours)) == sorted(map(repr, theirs))


def test_a_class_with_one_text_is_told_of(tmp_path, caplog):
    examples = [Example("a", "a", "f", 2)] * 4 + [Example(f"b{i}", "b", "f", 2) for i in range(4)]
    by_disk(examples, tmp_path, num_buckets=2, fraction=0.5, seed=0)
    assert "The label 'a' has no more than one text" in caplog.text
