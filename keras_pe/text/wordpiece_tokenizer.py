"""Strings to WordPiece ids, inside the graph."""

from collections.abc import Iterable

import tensorflow as tf
import tensorflow_text as tf_text

from keras_pe.text.special_tokens import UNKNOWN
from keras_pe.text.tokenizer import Offsets, Tokenizer
from keras_pe.text.wordpiece import learn_wordpiece

_INSIDE = "##"


class WordPieceTokenizer(Tokenizer):
    """Turns texts into the ids of their word pieces, with `tensorflow_text.FastBertTokenizer`.

    A punctuation mark or a Chinese character is a word of its own. A word of which the vocabulary
    does not have the pieces, or that is longer than 100 bytes, is [UNK]. Control characters count
    as white space. "[PAD]" in a text is three words.

    Args:
        vocabulary: iterable of str. The pieces in the order of their ids, with [PAD] first, and
            with [UNK], [CLS] and [SEP]; `learn_wordpiece` gives one, and BERT's are like it.
        **settings: Of `Tokenizer`.

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
    folds_case = True

    def __init__(self, vocabulary: Iterable[str], **settings):
        super().__init__(vocabulary, **settings)
        self._pieces = tf_text.FastBertTokenizer(
            list(self.vocabulary),
            token_out_type=tf.int32,
            unknown_token=UNKNOWN,
            lower_case_nfd_strip_accents=self.lowercase,
        )

    @classmethod
    def _learn(cls, texts: Iterable[str], vocabulary_size: int, *, lowercase: bool) -> list[str]:
        return learn_wordpiece(texts, vocabulary_size=vocabulary_size, lowercase=lowercase)

    def piece_text(self, piece: str) -> str:
        """Returns what a piece of the vocabulary is in a text; nothing for a special token."""
        return super().piece_text(piece.removeprefix(_INSIDE))

    def starts_word(self, piece: str) -> bool:
        """Returns whether a word begins with a piece."""
        return not piece.startswith(_INSIDE)

    def _tokenize(self, texts: tf.Tensor) -> tf.RaggedTensor:
        return self._pieces.tokenize(texts)

    def _tokenize_with_offsets(self, texts: tf.Tensor) -> Offsets:
        return self._pieces.tokenize_with_offsets(texts)
