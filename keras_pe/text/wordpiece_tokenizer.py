"""Strings to WordPiece ids, inside the graph."""

from collections.abc import Iterable
from typing import Self

import tensorflow as tf
import tensorflow_text as tf_text

from keras_pe.text.special_tokens import UNKNOWN
from keras_pe.text.tokenizer import Tokenizer
from keras_pe.text.wordpiece import learn_wordpiece


class WordPieceTokenizer(Tokenizer):
    """Turns texts into the ids of their word pieces, with `tensorflow_text.FastBertTokenizer`.

    A punctuation mark or a Chinese character is a word of its own. A word of which the vocabulary
    does not have the pieces, or that is longer than 100 bytes, is [UNK]. Control characters count
    as white space. A special token cannot be typed: "[PAD]" in a text is three words.

    Args:
        vocabulary: iterable of str. The pieces in the order of their ids, with [PAD] first, and
            with [UNK], [CLS] and [SEP]; `learn_wordpiece` gives one, and BERT's are like it.
        lowercase: bool. Whether to fold case and strip accents; as the vocabulary was learned.

    Raises:
        ValueError: the vocabulary lacks a special token, holds no piece, or holds one twice.
        TypeError: a piece is not a string.

    Example:
        >>> tokenizer = WordPieceTokenizer(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "tea", "##s", "茶"])
        >>> ids = tokenizer.encode(tf.constant(["Teas", "茶 or tea"]), max_length=8)
        >>> tokenizer.pad(ids).numpy().tolist()
        [[2, 4, 5, 3, 0], [2, 6, 1, 4, 3]]
    """

    kind = "wordpiece"
    learning_settings = ("vocabulary_size", "lowercase")
    settings = ("lowercase",)

    def __init__(self, vocabulary: Iterable[str], *, lowercase: bool = True):
        super().__init__(vocabulary)
        self.lowercase = bool(lowercase)
        self._pieces = tf_text.FastBertTokenizer(
            list(self.vocabulary),
            token_out_type=tf.int32,
            unknown_token=UNKNOWN,
            lower_case_nfd_strip_accents=self.lowercase,
        )

    @classmethod
    def learn(cls, texts: Iterable[str], *, vocabulary_size: int, lowercase: bool = True) -> Self:
        """Returns a tokenizer with the vocabulary that `learn_wordpiece` gives."""
        pieces = learn_wordpiece(texts, vocabulary_size=vocabulary_size, lowercase=lowercase)
        return cls(pieces, lowercase=lowercase)

    def _tokenize(self, texts: tf.Tensor) -> tf.RaggedTensor:
        return self._pieces.tokenize(texts)
