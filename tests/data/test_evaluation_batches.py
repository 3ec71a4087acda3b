"""Batches to evaluate on: every text once, and few long ones at a time."""

import numpy as np
import pytest

from keras_pe.data.batches import evaluation_batches
from keras_pe.data.encoded import EncodedTexts


def texts_of(sizes):
    """Texts of such numbers of tokens; text n consists of n + 1."""
    ids = np.repeat(np.arange(1, len(sizes) + 1, dtype="int32"), sizes)
    return EncodedTexts(ids, np.cumsum([0, *sizes]))


def shapes(sizes, **settings):
    dataset, order = evaluation_batches(texts_of(sizes), **settings)
    batches = [ids.numpy() for ids in dataset]
    assert dataset.cardinality() == len(batches)
    assert [row[0] for ids in batches for row in ids] == [number + 1 for number in order]
    return [ids.shape for ids in batches]


@pytest.mark.parametrize(
    ("full_length", "expected"),
    [
        (6, [(4, 4), (3, 8), (2, 12), (1, 12)]),
        (3, [(3, 4), (2, 4), (1, 8), (1, 8), (1, 8), (1, 12), (1, 12)]),
        (1, [(1, 4)] * 5 + [(1, 8)] * 3 + [(1, 12)] * 2),
        (250, [(4, 4), (4, 8), (2, 12)]),
    ],
)
def test_a_batch_has_fewer_texts_where_they_are_long(full_length, expected):
    sizes = [12, 3, 8, 4, 4, 7, 2, 8, 4, 12]
    found = shapes(sizes, batch_size=4, lengths=[4, 8, 12], full_length=full_length)
    assert found == expected


def test_sixty_four_texts_of_512_tokens_stay_together_and_longer_ones_do_not():
    assert shapes([512] * 64 + [8192] * 5, batch_size=64, lengths=[512, 8192]) == [
        (64, 512),
        (4, 8192),
        (1, 8192),
    ]


def test_padding_counts():
    # 4 x 8 tokens, of which 12 are padding.
    allowed = {"batch_size": 4, "lengths": [4, 8]}
    assert shapes([4, 4, 4, 8], full_length=8, **allowed) == [(4, 8)]
    assert shapes([4, 4, 4, 8], full_length=7, **allowed) == [(3, 4), (1, 8)]


def test_whoever_asks_for_more_texts_at_a_time_gets_more_long_ones():
    sizes = [1024] * 8
    assert shapes(sizes, batch_size=4, lengths=[1024]) == [(2, 1024)] * 4
    assert shapes(sizes, batch_size=16, lengths=[1024]) == [(8, 1024)]
