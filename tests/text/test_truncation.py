import pytest
import tensorflow as tf

from keras_pe.text.truncation import truncate
from keras_pe.text.truncations import TRUNCATIONS
from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer

PIECES = tf.ragged.constant([[11, 12, 13, 14, 15, 16, 17], [21, 22], [], [31, 32, 33, 34, 35]])
LETTERS = [*("[PAD]", "[UNK]", "[CLS]", "[SEP]"), *"abcdefghij"]


@pytest.mark.parametrize(
    ("truncation", "first", "last"),
    [
        ("head", [11, 12, 13, 14, 15], []),
        ("tail", [], [13, 14, 15, 16, 17]),
        # (5 + 3) // 4 = 2 of 5 are a quarter, rounded up.
        ("head_tail", [11, 12], [15, 16, 17]),
    ],
)
def test_long_rows_lose_what_the_policy_says_and_others_nothing(truncation, first, last):
    found = truncate(PIECES, 5, truncation).to_list()
    assert found == [first + last, [21, 22], [], [31, 32, 33, 34, 35]]


@pytest.mark.parametrize(
    ("truncation", "expected"),
    [
        ("head", [[11, 12, 13], [21], [], [31, 32, 33, 34]]),
        ("tail", [[15, 16, 17], [22], [], [32, 33, 34, 35]]),
        ("head_tail", [[11, 16, 17], [21], [], [31, 33, 34, 35]]),
    ],
)
def test_every_row_may_have_room_of_its_own(truncation, expected):
    assert truncate(PIECES, tf.constant([3, 1, 0, 4]), truncation).to_list() == expected


def test_head_and_tail_are_those_of_sun_et_al():
    pieces = tf.ragged.range([0], [1_000])
    expected = [*range(128), *range(1_000 - 382, 1_000)]
    assert truncate(pieces, 510, "head_tail").to_list() == [expected]


def test_an_unknown_policy_is_refused_by_name():
    said = "`truncation` must be one of: head, tail, head_tail.*Received: truncation='middle'"
    with pytest.raises(ValueError, match=said):
        truncate(PIECES, 3, "middle")
    with pytest.raises(ValueError, match=said):
        WordPieceTokenizer(LETTERS).truncating("middle")


@pytest.mark.parametrize(
    ("truncation", "kept"), [("head", "abcde"), ("tail", "fghij"), ("head_tail", "abhij")]
)
def test_what_is_kept_stands_between_first_and_last_token(truncation, kept, tmp_path):
    text = tf.constant(["a b c d e f g h i j"])
    expected = [[2, *(LETTERS.index(letter) for letter in kept), 3]]
    tokenizer = WordPieceTokenizer(LETTERS).truncating(truncation)
    tokenizer.save(tmp_path)
    for each in (tokenizer, WordPieceTokenizer.load(tmp_path)):
        assert each.encode(text, max_length=7).to_list() == expected


def test_another_policy_leaves_the_tokenizer_as_it_was():
    tokenizer = WordPieceTokenizer(LETTERS)
    tokenizer.truncating("tail")
    assert tokenizer.truncation == "head"


def test_a_tokenizer_of_before_there_was_a_choice_keeps_the_beginning(tmp_path):
    WordPieceTokenizer(LETTERS).save(tmp_path)
    path = tmp_path / "tokenizer.json"
    old = path.read_text(encoding="utf-8").replace(' "truncation": "head",\n', "")
    assert "truncation" not in old
    path.write_text(old, encoding="utf-8")
    assert WordPieceTokenizer.load(tmp_path).truncation == "head"


@pytest.mark.parametrize("truncation", TRUNCATIONS)
def test_rows_of_any_length_keep_as_many_as_there_is_room_for(truncation):
    pieces = tf.ragged.range(tf.zeros(40, tf.int32), tf.range(40))
    kept = truncate(pieces, 9, truncation)
    assert kept.row_lengths().numpy().tolist() == [min(length, 9) for length in range(40)]
    for row in kept.to_list():
        assert row == sorted(set(row))
