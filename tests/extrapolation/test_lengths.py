"""Lengths of texts in a study."""

import pytest

from keras_pe.extrapolation.lengths import in_range_lengths, length_range, padded_width


@pytest.mark.parametrize(
    ("text", "lengths"),
    [("5:7", (5, 6, 7)), ("41:81:20", (41, 61, 81)), ("41:80:20", (41, 61)), ("9:9", (9,))],
)
def test_the_last_length_is_included(text, lengths):
    assert length_range(text) == lengths


@pytest.mark.parametrize(
    "text", ["", "5", "5:", ":5", "5:9:", "5:9:0", "9:5", "0:5", "-1:5", "a:b", "1:2:3:4", "1.5:3"]
)
def test_what_is_no_range_is_refused(text):
    said = r"`test_lengths` must be first:last or first:last:step, .* Received: test_lengths='"
    with pytest.raises(ValueError, match=said + text + "'"):
        length_range(text)


@pytest.mark.parametrize(
    ("train_length", "lengths"),
    [
        (40, (5, 10, 15, 20, 25, 30, 35, 40)),
        (9, (2, 3, 4, 5, 6, 7, 8, 9)),
        (3, (1, 2, 3)),
        (1, (1,)),
    ],
)
def test_lengths_in_range_end_at_the_longest(train_length, lengths):
    assert in_range_lengths(train_length) == lengths


@pytest.mark.parametrize(("width", "padded"), [(1, 16), (16, 16), (17, 32)])
def test_widths_are_multiples(width, padded):
    assert padded_width(width, step=16) == padded
