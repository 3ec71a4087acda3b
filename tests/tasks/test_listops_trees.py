"""Trees drawn many at once, beside the same rule as a recursion."""

import random

import numpy as np
import pytest

from keras_pe.tasks.listops import LISTOPS
from keras_pe.tasks.listops_trees import MAX_DEPTH, draw_trees


def slow_length(draw, depth=1):
    """The tokens of a tree by the rule of Long Range Arena, one node after the other."""
    is_digit = depth == MAX_DEPTH or (depth > 1 and draw.random() > 0.25)
    if is_digit:
        return 1
    return 2 + sum(slow_length(draw, depth + 1) for _ in range(draw.randint(2, 10)))


@pytest.mark.parametrize("longest", [12, 60])
def test_lengths_are_distributed_as_those_of_whole_trees(longest):
    draw = random.Random(1)
    whole = np.array([n for n in (slow_length(draw) for _ in range(8_000)) if n <= longest])
    _, lengths = draw_trees(np.random.default_rng(2), 30_000, longest=longest)
    assert lengths.max() <= longest
    assert lengths.size / 30_000 == pytest.approx(whole.size / 8_000, abs=0.02)
    for quarter in (0.25, 0.5, 0.75):
        bound = np.quantile(whole, quarter)
        assert np.mean(lengths <= bound) == pytest.approx(np.mean(whole <= bound), abs=0.04)


def test_no_tree_is_deeper_than_ten_and_the_deepest_nodes_are_digits():
    depths, _ = draw_trees(np.random.default_rng(0), 300, longest=3_000)
    assert len(depths) == MAX_DEPTH
    assert depths[0].is_operator.all()
    assert not depths[-1].is_operator.any()


def test_nodes_are_as_often_what_they_should_be():
    depths, _ = draw_trees(np.random.default_rng(0), 400, longest=10**9)
    middle = depths[5]
    assert middle.is_operator.mean() == pytest.approx(0.25, abs=0.02)
    assert middle.arguments.mean() == pytest.approx(6, abs=0.2)
    assert np.bincount(middle.operators) / middle.operators.size == pytest.approx(
        [0.25] * 4, abs=0.03
    )
    assert np.bincount(middle.digits) / middle.digits.size == pytest.approx([0.1] * 10, abs=0.02)


def test_too_long_is_refused():
    with pytest.raises(ValueError, match="`length` must be at most 2,000 in ListOps"):
        LISTOPS.draw(np.random.default_rng(0), 2_001, 1)


def test_long_ones_are_there():
    tokens, _ = LISTOPS.draw(np.random.default_rng(0), 2_000, 3)
    assert np.all(np.count_nonzero(tokens, axis=1) > 1_000)
