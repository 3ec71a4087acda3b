"""Labels, worked out again from the text alone, in plain Python."""

import statistics

import numpy as np
import pytest

from keras_pe.tasks import TASKS

LENGTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 25, 60]
STEPS = {"back": -1, "stay": 0, "forward": 1}


def even_pairs(symbols):
    unequal = [a != b for a, b in zip(symbols, symbols[1:], strict=False)]
    return "odd" if sum(unequal) % 2 else "even"


def parity(symbols):
    return "odd" if symbols.count("1") % 2 else "even"


def cycle_navigation(symbols):
    place = 0
    for symbol in symbols:
        place = (place + STEPS[symbol]) % 5
    return str(place)


def arithmetic(symbols):
    return str(eval(" ".join(symbols)) % 5)


def solve_equation(symbols):
    if len(symbols) < 3:
        assert set(symbols) == {"0"}
        return "0"
    *expression, equals, value = symbols
    assert equals == "="
    tried = {digit: [digit if s == "x" else s for s in expression] for digit in "01234"}
    (solution,) = (digit for digit, solved in tried.items() if arithmetic(solved) == value)
    return solution


def missing_duplicate(symbols):
    if len(symbols) == 1:
        assert symbols == ["1"]
        return "1"
    if len(symbols) % 2:
        assert symbols.pop() == "."
    half = len(symbols) // 2
    first, second = symbols[:half], symbols[half:]
    (hidden,) = (i for i in range(half) if "?" in (first[i], second[i]))
    assert first[:hidden] + first[hidden + 1 :] == second[:hidden] + second[hidden + 1 :]
    return (first + second)[(symbols.index("?") + half) % (2 * half)]


def sum_mod_10(symbols):
    return str(sum(map(int, symbols)) % 10)


def listops(symbols):
    value, rest = listops_value(symbols)
    assert not rest
    return str(value)


def listops_value(symbols):
    head, *rest = symbols
    if head.isdigit():
        return int(head), rest
    values = []
    while rest[0] != "]":
        value, rest = listops_value(rest)
        values.append(value)
    assert 2 <= len(values) <= 10
    answers = {
        "MIN": min(values),
        "MAX": max(values),
        "MED": int(statistics.median(values)),
        "SM": sum(values) % 10,
    }
    return answers[head], rest[1:]


ORACLES = {
    "even_pairs": even_pairs,
    "parity": parity,
    "cycle_navigation": cycle_navigation,
    "modular_arithmetic": arithmetic,
    "modular_arithmetic_brackets": arithmetic,
    "solve_equation": solve_equation,
    "missing_duplicate": missing_duplicate,
    "sum_mod_10": sum_mod_10,
    "listops": listops,
}


@pytest.mark.parametrize("name", TASKS)
@pytest.mark.parametrize("length", LENGTHS)
def test_labels_are_those_of_the_text(name, length):
    task = TASKS[name]
    tokens, labels = task.draw(np.random.default_rng(length), length, 60)
    answers = [ORACLES[name](task.text(row).split()) for row in tokens]
    assert answers == [task.classes[label] for label in labels]
