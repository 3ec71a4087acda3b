"""What every generated task promises."""

import re

import numpy as np
import pytest

from keras_pe.tasks import TASKS, Task

LENGTHS = [1, 2, 3, 4, 5, 7, 12, 41]
PUBLISHED_CLASSES = {
    "even_pairs": 2,
    "parity": 2,
    "cycle_navigation": 5,
    "modular_arithmetic": 5,
    "modular_arithmetic_brackets": 5,
    "solve_equation": 5,
    "missing_duplicate": 2,
    "sum_mod_10": 10,
    "listops": 10,
}
# By rule, not by chance: MIN and MAX favour 0 and 9, products favour 0.
UNEQUAL = {"listops": 0.25, "modular_arithmetic_brackets": 0.34}


def draw(name, length, count=64, seed=0):
    return TASKS[name].draw(np.random.default_rng(seed), length, count)


def promised_lengths(name, length):
    if name == "modular_arithmetic":
        return {length - (length + 1) % 2}
    if name == "listops":
        return set(range(length // 2 + 1, length + 1)) if length >= 4 else {1}
    return {length}


def test_the_tasks_have_the_published_numbers_of_classes():
    assert {name: len(task.classes) for name, task in TASKS.items()} == PUBLISHED_CLASSES


@pytest.mark.parametrize("name", TASKS)
@pytest.mark.parametrize("length", LENGTHS)
def test_rows_are_of_the_length_promised_and_padded_on_the_right(name, length):
    tokens, labels = draw(name, length)
    assert tokens.dtype == labels.dtype == np.int32
    assert tokens.shape[0] == 64
    assert labels.shape == (64,)
    assert tokens.shape[1] <= length
    lengths = np.count_nonzero(tokens, axis=1)
    assert set(lengths.tolist()) <= promised_lengths(name, length)
    assert all(np.all(row[:used] > 0) for row, used in zip(tokens, lengths, strict=True))
    assert tokens.max() <= len(TASKS[name].symbols)
    assert labels.min() >= 0
    assert labels.max() < len(TASKS[name].classes)


@pytest.mark.parametrize("name", TASKS)
def test_the_seed_decides(name):
    first, again, other = draw(name, 30), draw(name, 30), draw(name, 30, seed=1)
    assert np.array_equal(first[0], again[0])
    assert np.array_equal(first[1], again[1])
    assert not np.array_equal(first[0], other[0])


@pytest.mark.parametrize("name", TASKS)
def test_every_symbol_and_class_appears(name):
    drawn = [draw(name, length, count=400) for length in (20, 21)]
    seen = set(np.concatenate([tokens.ravel() for tokens, _ in drawn]).tolist()) - {0}
    assert seen == set(range(1, len(TASKS[name].symbols) + 1))
    assert {label for _, labels in drawn for label in labels.tolist()} == set(
        range(len(TASKS[name].classes))
    )


@pytest.mark.parametrize("name", TASKS)
def test_a_constant_answer_is_at_chance(name):
    _, labels = draw(name, 101, count=4_000)
    most_frequent = np.bincount(labels).max() / labels.size
    assert most_frequent < UNEQUAL.get(name, TASKS[name].chance + 0.03)


def test_chance_is_one_in_the_number_of_classes():
    assert TASKS["sum_mod_10"].chance == 0.1


def test_a_text_leaves_out_the_padding():
    assert TASKS["cycle_navigation"].text([3, 1, 0, 0]) == "forward back"


@pytest.mark.parametrize(
    ("symbols", "classes", "said"),
    [
        (("a", "a"), ("x", "y"), "`symbols` must differ. Received: symbols=('a', 'a')"),
        (("a", "b"), ("x", "x"), "`classes` must differ. Received: classes=('x', 'x')"),
        (("a", "b c"), ("x", "y"), "`symbols` must be words without spaces"),
        (("a", ""), ("x", "y"), "`symbols` must be words without spaces"),
    ],
)
def test_names_that_cannot_be_told_apart_are_refused(symbols, classes, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        Task(symbols, classes, draw=None)
