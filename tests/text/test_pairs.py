"""Pairs of texts: how they are cut, and what stands around them."""

import pytest
import tensorflow as tf

from keras_pe.text.truncation import truncate_pairs
from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer

VOCABULARY = [*("[PAD]", "[UNK]", "[CLS]", "[SEP]"), *"abcdefgh"]
FIRST, SECOND = tf.constant(["a b c d", "a", "a b", ""]), tf.constant(["e f g h", "e f g", "e", ""])


def ids(text):
    return [VOCABULARY.index(letter) for letter in text]


def as_bert_cuts(first, second, room):
    """The lengths to which `truncate_seq_pair` of BERT cuts, piece by piece."""
    while first + second > room:
        if first > second:
            first -= 1
        else:
            second -= 1
    return first, second


def test_the_longer_text_is_cut_first_as_bert_does():
    lengths = [(first, second) for first in range(9) for second in range(9)]
    firsts, seconds = (tf.ragged.range(column) for column in zip(*lengths, strict=True))
    for room in range(1, 18):
        kept = truncate_pairs(firsts, seconds, room, "head")
        found = zip(*(each.row_lengths().numpy().tolist() for each in kept), strict=True)
        assert list(found) == [as_bert_cuts(*each, room) for each in lengths]


@pytest.mark.parametrize(
    ("truncation", "long"), [("head", "abc", ), ("tail", "bcd"), ("head_tail", "acd")]
)  # fmt: skip
def test_each_text_keeps_what_the_policy_says(truncation, long):
    tokenizer = WordPieceTokenizer(VOCABULARY).truncating(truncation)
    (row,) = tokenizer.encode(FIRST[:1], 8, tf.constant(["e f"])).to_list()
    assert row == [2, *ids(long), 3, *ids("ef"), 3]


def test_pairs_stand_between_three_tokens():
    rows = WordPieceTokenizer(VOCABULARY).encode(FIRST, 9, SECOND).to_list()
    assert rows == [
        [2, *ids("abc"), 3, *ids("efg"), 3],
        [2, *ids("a"), 3, *ids("efg"), 3],
        [2, *ids("ab"), 3, *ids("e"), 3],
        [2, 3, 3],
    ]


def test_a_length_without_room_for_two_texts_is_refused():
    tokenizer = WordPieceTokenizer(VOCABULARY)
    with pytest.raises(ValueError, match="`max_length` must be at least 5: .* max_length=4"):
        tokenizer.encode(FIRST, 4, SECOND)
    assert tokenizer.encode(FIRST, 5, SECOND).row_lengths().numpy().tolist() == [5, 5, 5, 3]


def windowed(second_length=2):
    tokenizer = WordPieceTokenizer(VOCABULARY)
    return tokenizer.truncating("window", window_length=8, second_length=second_length)


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("abcdefgh", "efgh", ("abcdef", "ef")),
        ("abcdefgh", "e", ("abcdefg", "e")),
        ("abc", "efgh", ("abc", "ef")),
        ("ab", "efgh", ("ab", "efg")),
        ("a", "efgh", ("a", "efgh")),
        ("", "efghefgh", ("", "efghe")),
        ("abcd", "", ("abcd", "")),
    ],
)
def test_a_second_text_keeps_its_share_beside_windows_of_the_first(first, second, kept):
    # Windows of 5 tokens of both texts, 8 in all.
    texts = (tf.constant([" ".join(text)]) for text in (first, second))
    (row,) = windowed().encode(next(texts), 11, next(texts)).to_list()
    assert row == [2, *ids(kept[0]), 3, *ids(kept[1]), 3]


def test_pairs_that_must_fit_into_one_window_are_cut_as_others():
    plain = WordPieceTokenizer(VOCABULARY)
    for max_length in (5, 8):
        found = windowed().encode(FIRST, max_length, SECOND).to_list()
        assert found == plain.encode(FIRST, max_length, SECOND).to_list()


def test_graphs_cut_pairs_as_eager_code_does():
    encode = windowed().encode
    graph = tf.function(lambda first, second: encode(first, 11, second), autograph=False)
    assert graph(FIRST, SECOND).to_list() == encode(FIRST, 11, SECOND).to_list()


def test_how_pairs_are_cut_is_kept_with_the_tokenizer(tmp_path):
    windowed().save(tmp_path)
    again = WordPieceTokenizer.load(tmp_path)
    assert (again.truncation, again.window_length, again.second_length) == ("window", 8, 2)
    assert again.truncating("head").second_length is None
