"""Ways to show a long text."""

import numpy as np
import pytest

from keras_pe.data.encoded import EncodedTexts
from keras_pe.extrapolation.text_views import chosen, cut, drawn_window, windows

FIRST, LAST = 2, 3


def texts(*inner, labels=None):
    rows = [[FIRST, *row, LAST] for row in inner]
    offsets = np.cumsum([0, *map(len, rows)])
    return EncodedTexts(np.concatenate(rows), offsets, labels)


def rows(encoded):
    return [row.tolist() for row in np.split(encoded.ids, encoded.offsets[1:-1])]


def test_a_cut_text_keeps_its_beginning_and_its_last_token():
    encoded = texts([11, 12, 13, 14], [21], labels=np.array([1, 0]))
    found = cut(encoded, 4)
    assert rows(found) == [[2, 11, 12, 3], [2, 21, 3]]
    assert found.labels.tolist() == [1, 0]


def test_a_text_of_the_length_is_not_cut():
    assert rows(cut(texts([11, 12], [21, 22, 23]), 4)) == [[2, 11, 12, 3], [2, 21, 22, 3]]


def test_a_drawn_window_may_stand_anywhere_and_keeps_first_and_last_token():
    encoded = texts([11, 12, 13, 14], [21, 22], labels=np.array([1, 0]))
    draw = np.random.default_rng(0)
    found = [drawn_window(encoded, 4, draw) for _ in range(60)]
    seen = {tuple(rows(windows)[0]) for windows in found}
    assert seen == {(2, 11, 12, 3), (2, 12, 13, 3), (2, 13, 14, 3)}
    assert {tuple(rows(windows)[1]) for windows in found} == {(2, 21, 22, 3)}
    assert found[0].labels.tolist() == [1, 0]


def test_windows_by_hand():
    parts, owners = windows(texts([11, 12, 13, 14, 15], [], [21, 22]), 4)
    assert rows(parts) == [[2, 11, 12, 3], [2, 13, 14, 3], [2, 15, 3], [2, 3], [2, 21, 22, 3]]
    assert owners.tolist() == [0, 0, 0, 1, 2]


def test_no_window_is_a_short_rest():
    parts, _ = windows(texts(range(10, 19)), 10)
    assert parts.lengths.tolist() == [7, 6]


@pytest.mark.parametrize("length", [3, 4, 7, 50])
def test_windows_joined_are_the_text(length):
    draw = np.random.default_rng(length)
    inner = [draw.integers(10, 99, size).tolist() for size in (1, 5, 8, 40, 97)]
    parts, owners = windows(texts(*inner), length)
    assert parts.lengths.max() <= length
    joined = [[] for _ in inner]
    for row, owner in zip(rows(parts), owners, strict=True):
        assert (row[0], row[-1]) == (FIRST, LAST)
        joined[owner] += row[1:-1]
    assert joined == inner


def test_chosen_texts_bring_their_labels():
    found = chosen(texts([11], [12], [13], labels=np.array([5, 6, 7])), np.array([2, 0]))
    assert rows(found) == [[2, 13, 3], [2, 11, 3]]
    assert found.labels.tolist() == [7, 5]
