"""Windows of token ids, worked out by hand."""

import numpy as np
import pytest
from keras import ops

from keras_pe.layers import TextWindows, WindowVectors

START, END = 2, 3


def cut(rows, window_length=6, overlap=1, second_length=None):
    layer = TextWindows(window_length, overlap, second_length=second_length)
    windows, has_window = layer(np.array(rows, "int32"))
    return ops.convert_to_numpy(windows).tolist(), ops.convert_to_numpy(has_window).tolist()


def test_windows_share_the_overlap_and_cover_all():
    # Room for 4 of the text, 3 of them new: 11..14, 14..17, and what is left of 17..20.
    text = [START, *range(11, 19), END]
    assert cut([text]) == (
        [[2, 11, 12, 13, 14, 3], [2, 14, 15, 16, 17, 3], [2, 17, 18, 3, 0, 0]],
        [[True, True, True]],
    )


def test_without_overlap_windows_stand_side_by_side():
    text = [START, *range(11, 19), END]
    expected = [[2, 11, 12, 13, 14, 3], [2, 15, 16, 17, 18, 3]]
    assert cut([text], overlap=0) == (expected, [[True, True]])


@pytest.mark.parametrize(("tokens", "windows"), [(4, 1), (5, 2), (7, 2), (8, 3), (10, 3), (11, 4)])
def test_there_is_no_window_without_something_new(tokens, windows):
    # 1 + ceil((tokens - 4) / 3)
    text = [START, *range(11, 11 + tokens), END]
    found, has_window = cut([text])
    assert has_window == [[True] * windows]
    inside = [token for window in found for token in window if token > END]
    assert sorted(set(inside)) == text[1:-1]
    assert len(inside) == tokens + windows - 1


def test_a_text_with_fewer_windows_than_its_neighbours_has_empty_texts_for_the_others():
    rows = [[START, *range(11, 19), END], [START, 9, END, *[0] * 7], [0] * 10]
    windows, has_window = cut(rows)
    assert has_window == [[True, True, True], [True, False, False], [True, False, False]]
    assert windows[3:6] == [[2, 9, 3, 0, 0, 0], [2, 3, 0, 0, 0, 0], [2, 3, 0, 0, 0, 0]]
    assert windows[6:] == [[0] * 6] * 3


def test_what_the_window_before_has_already_is_no_window():
    # The padding would have room for a second window, which would have 14 alone.
    rows = [[START, 11, 12, 13, 14, END, 0, 0]]
    assert cut(rows) == ([[2, 11, 12, 13, 14, 3], [2, 3, 0, 0, 0, 0]], [[True, False]])


@pytest.mark.parametrize(
    "row", [[2, 5, 3], [2, 3], [7], [2, 5, 6, 7, 8, 3], [0]],
    ids=["short", "empty", "one-token", "full", "no-token"],
)  # fmt: skip
def test_a_text_that_fits_is_its_own_window(row):
    assert cut([row]) == ([row], [[True]])


@pytest.mark.parametrize(
    "row",
    [[0, 0, 2, 11, 12, 13, 14, 15, 3], [2, 11, 0, 12, 13, 0, 14, 15, 3]],
    ids=["left", "inside"],
)
def test_padding_may_stand_anywhere(row):
    assert cut([row]) == cut([[2, 11, 12, 13, 14, 15, 3, 0, 0]])


def test_no_texts_give_no_windows():
    windows, has_window = TextWindows(6, 1)(np.zeros((0, 10), "int32"))
    assert tuple(windows.shape) == (0, 6)
    assert tuple(has_window.shape) == (0, 3)


# Beside two tokens of a second text there is room for 4 of the first, 3 of them new.
BESIDE = {"window_length": 9, "overlap": 1, "second_length": 2}


def pair(first, second):
    return [START, *first, END, *second, END]


def test_every_window_of_a_first_text_stands_beside_the_second():
    assert cut([pair(range(11, 21), [31, 32])], **BESIDE) == (
        [
            [2, 11, 12, 13, 14, 3, 31, 32, 3],
            [2, 14, 15, 16, 17, 3, 31, 32, 3],
            [2, 17, 18, 19, 20, 3, 31, 32, 3],
        ],
        [[True, True, True]],
    )


def test_a_shorter_second_text_lets_windows_share_more():
    windows, has_window = cut([pair(range(11, 21), [31]), pair(range(11, 22), [])], **BESIDE)
    assert windows == [
        [2, 11, 12, 13, 14, 15, 3, 31, 3],
        [2, 14, 15, 16, 17, 18, 3, 31, 3],
        [2, 17, 18, 19, 20, 3, 31, 3, 0],
        [2, 11, 12, 13, 14, 15, 16, 3, 3],
        [2, 14, 15, 16, 17, 18, 19, 3, 3],
        [2, 17, 18, 19, 20, 21, 3, 3, 0],
    ]
    assert has_window == [[True] * 3] * 2


@pytest.mark.parametrize("second", [0, 1, 2])
def test_windows_of_a_first_text_are_as_few_as_hold_it(second):
    behind = [END, *range(31, 31 + second), END]
    firsts = [list(range(11, 11 + tokens)) for tokens in range(4, 19)]
    rows = [[START, *first, *behind] for first in firsts]
    windows, has_window = cut([row + [0] * (len(rows[-1]) - len(row)) for row in rows], **BESIDE)
    for first, own, has in zip(
        firsts, np.split(np.array(windows), len(rows)), has_window, strict=True
    ):
        # 9 - 3 tokens of both texts, and 3 new ones of the first in each window more.
        count = 1 + -(-max(len(first) + second - 6, 0) // 3)
        assert has == [True] * count + [False] * (len(has) - count)
        kept = [[token for token in row.tolist() if token] for row in own[:count]]
        assert all(row[0] == START and row[-len(behind) :] == behind for row in kept)
        assert {token for row in kept for token in row[1 : -len(behind)]} == set(first)


@pytest.mark.parametrize(
    "row",
    [pair([11], [31, 32, 33, 34, 35]), pair([], []), pair([11, 12], []), [2, 11, 3], [0], [7]],
    ids=["long-second", "empty", "no-second", "single-text", "no-token", "one-token"],
)
def test_a_pair_that_fits_is_its_own_window(row):
    assert cut([row], **BESIDE) == ([row], [[True]])


def test_pairs_in_a_batch_are_cut_as_alone():
    long, short = pair(range(11, 21), [31, 32]), pair([11], [31])
    rows = [[0, 0, *long], [2, 0, *short[1:], *[0] * 11], [0] * 17]
    windows, has_window = cut(rows, **BESIDE)
    own, others = cut([long], **BESIDE)[0], [2, 3, 31, 3, 0, 0, 0, 0, 0]
    assert windows[:3] == own
    # The padding has room for one more, as it might be the first text's.
    assert has_window == [[True] * 3 + [False]] + [[True] + [False] * 3] * 2
    assert windows[4:8] == [[*short, 0, 0, 0, 0], others, others, others]
    assert windows[8:] == [[0] * 9] * 4


def test_vectors_go_back_to_their_texts():
    vectors = np.arange(12.0, dtype="float32").reshape(6, 2)
    found = WindowVectors()(vectors, np.ones((2, 3), bool))
    np.testing.assert_array_equal(ops.convert_to_numpy(found), vectors.reshape(2, 3, 2))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((2, 0), "`window_length` must be at least 3: .* Received: window_length=2"),
        ((6, 4), "`overlap` must be at least 0 and less than window_length - 2. Rec.*overlap=4, "),
        ((9, 4, 2), "`overlap` must be at least 0 and less than window_length - 3 - second_length"),
        ((6, -1), "`overlap` must be at least 0 .* Received: overlap=-1, window_length=6"),
    ],
)
def test_windows_without_room_are_refused(arguments, said):
    with pytest.raises(ValueError, match=said):
        TextWindows(*arguments)
