"""Texts cut where their first pieces end: what is left is cut into these pieces and no others."""

import pytest
import tensorflow as tf

from keras_pe.text.character_tokenizer import CharacterTokenizer
from keras_pe.text.first_pieces import first_pieces
from keras_pe.text.wordpiece import learn_wordpiece
from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer

TEXTS = ["A Good film,  a film!", "一部好电影，一部好电影", "", "  ", "naïve 😀 café"] * 60


@pytest.fixture(scope="module")
def wordpiece():
    return WordPieceTokenizer(learn_wordpiece(TEXTS, vocabulary_size=80))


@pytest.mark.parametrize("count", [1, 3, 7])
def test_what_is_left_has_the_first_pieces(count, wordpiece):
    left = first_pieces(TEXTS, wordpiece, count)
    assert len(left) == len(TEXTS)
    assert all(text.startswith(beginning) for text, beginning in zip(TEXTS, left, strict=True))
    whole, found = (wordpiece.tokenize(tf.constant(each)).to_list() for each in (TEXTS, left))
    assert found == [pieces[:count] for pieces in whole]


def test_characters_are_pieces_too():
    tokenizer = CharacterTokenizer(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"abc好"])
    assert first_pieces(["abc好", "好", "b" * 9], tokenizer, 2) == ["ab", "好", "bb"]


def test_a_tokenizer_that_keeps_no_offsets_is_refused():
    tokenizer = WordPieceTokenizer(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a"], clean="entities")
    with pytest.raises(ValueError, match="Offsets are known only"):
        first_pieces(["a"], tokenizer, 1)
