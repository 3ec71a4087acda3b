"""Published facts about what the generators draw."""

import collections

import numpy as np
import pytest

from keras_pe.tasks import TASKS


def draw(name, length, count):
    return TASKS[name].draw(np.random.default_rng(5), length, count)


@pytest.mark.parametrize(("length", "share"), [(3, 0.252), (5, 0.233), (11, 0.204)])
def test_short_sums_of_products_favour_zero_as_published(length, share):
    _, labels = draw("modular_arithmetic", length, 100_000)
    assert np.mean(labels == 0) == pytest.approx(share, abs=0.005)


def test_bracketed_products_favour_zero():
    # In the limit p = 2/3 * 1/5 + 1/3 * (1 - (1 - p) ** 2).
    _, labels = draw("modular_arithmetic_brackets", 101, 20_000)
    assert np.mean(labels == 0) == pytest.approx(0.306, abs=0.01)


def test_even_pairs_compares_the_ends():
    tokens, labels = draw("even_pairs", 17, 500)
    assert np.array_equal(labels, tokens[:, 0] != tokens[:, -1])


def test_no_bag_of_tokens_solves_even_pairs():
    tokens, labels = draw("even_pairs", 40, 20_000)
    ones = (tokens == 2).sum(axis=1)
    best = sum(np.bincount(labels[ones == count]).max() for count in np.unique(ones))
    assert best / labels.size < 0.53


def test_the_hidden_bit_is_anywhere():
    tokens, _ = draw("missing_duplicate", 8, 8_000)
    places = np.bincount((tokens == 3).argmax(axis=1), minlength=8) / 8_000
    assert places == pytest.approx([1 / 8] * 8, abs=0.02)


def test_expressions_split_anywhere():
    # "(L o R)" of nine tokens: L has 1 to 5, uniformly. Where L begins and how tells which.
    task = TASKS["modular_arithmetic_brackets"]
    tokens, _ = draw("modular_arithmetic_brackets", 9, 10_000)
    shapes = [left_length(task.text(row).split()) for row in tokens]
    shares = [shapes.count(length) / len(shapes) for length in range(1, 6)]
    assert shares == pytest.approx([1 / 5] * 5, abs=0.02)


def left_length(symbols):
    depth, operand = 0, True
    for place, symbol in enumerate(symbols[1:-1]):
        if depth == 0 and not operand and symbol in "+-*":
            return place
        depth += {"(": 1, ")": -1}.get(symbol, 0)
        operand = symbol in "(-+*"
    raise AssertionError(symbols)


def test_the_unknown_is_the_next_digit_of_a_uniform_place():
    # ( a o b ): of the five places three lead to the first digit, one of them round the end.
    task = TASKS["solve_equation"]
    tokens, _ = draw("solve_equation", 7, 10_000)
    places = collections.Counter(task.text(row).split().index("x") for row in tokens)
    assert places[1] / 10_000 == pytest.approx(3 / 5, abs=0.02)
    assert places[3] / 10_000 == pytest.approx(2 / 5, abs=0.02)
