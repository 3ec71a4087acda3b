from itertools import combinations

import numpy as np
import pytest

from keras_pe.data.encoded import EncodedTexts
from keras_pe.data.length_groups import padded_lengths


def texts_of(lengths):
    return EncodedTexts(np.ones(sum(lengths), np.int32), np.cumsum([0, *lengths]))


@pytest.mark.parametrize(
    ("lengths", "count", "expected"),
    [
        ([3, 5, 4, 18, 50], 1, (50,)),
        # Three texts at 8 and two at 50: 124 tokens; four at 20 and one at 50: 130.
        ([3, 5, 4, 18, 50], 2, (8, 50)),
        ([3, 5, 4, 18, 50], 3, (8, 20, 50)),
        ([3, 5, 4, 18, 50], 6, (4, 8, 20, 50)),
        ([8, 9, 16], 6, (8, 12, 16)),
        ([2, 2, 2], 6, (2,)),
        ([100, 100, 10], 6, (12, 100)),
        # Nine texts at 16 and one at 60: 204 tokens; one at 8 and nine at 60: 548.
        ([5] + [15] * 8 + [60], 2, (16, 60)),
    ],
)
def test_lengths_by_hand(lengths, count, expected):
    assert padded_lengths(texts_of(lengths), count=count) == expected


def test_no_other_lengths_need_less_padding():
    lengths = np.random.default_rng(0).lognormal(3, 0.8, 300).astype(int).clip(2, 100)
    chosen = padded_lengths(texts_of(lengths), count=4)

    def tokens(groups):
        return np.asarray(groups)[np.searchsorted(groups, lengths)].sum()

    others = combinations(range(4, int(lengths.max()), 4), 3)
    assert tokens(chosen) == min(tokens([*each, lengths.max()]) for each in others)


@pytest.mark.parametrize(("jit_compile", "most"), [(False, 24), (True, 6)])
def test_lengths_are_fewer_where_each_is_compiled(jit_compile, most):
    texts = texts_of(range(1, 401))
    assert len(padded_lengths(texts, jit_compile=jit_compile)) == most


def test_lengths_are_plain_numbers():
    assert {type(length) for length in padded_lengths(texts_of([3, 20]))} == {int}


def test_no_lengths_at_all_are_refused():
    with pytest.raises(ValueError, match="`count` must be at least 1. Received: count=0"):
        padded_lengths(texts_of([3]), count=0)
