"""What all tokenizers of training and serving share: strings to ids, inside the graph."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar, Self

import tensorflow as tf

from keras_pe.text.framing import Framing
from keras_pe.text.preparation import TextPreparation
from keras_pe.text.special_tokens import END, SPECIAL_TOKENS, START
from keras_pe.text.stored_tokenizer import StoredTokenizer
from keras_pe.text.vocabulary import check_vocabulary

Offsets = tuple[tf.RaggedTensor, tf.RaggedTensor, tf.RaggedTensor]


class Tokenizer(Framing, StoredTokenizer, ABC):
    """Turns texts into ids, and puts them between [CLS] and [SEP]; a subclass cuts the pieces.

    All that takes tensors works in eager code, in `tf.data` and in a graph that is exported, with
    any number of texts; only operations of TensorFlow and TensorFlow Text are used. Bytes that are
    not UTF-8 count as U+FFFD. A special token cannot be typed.

    A subclass has a `kind`, and the methods `_learn`, `_tokenize` and `_tokenize_with_offsets`.

    Args:
        vocabulary: iterable of str. The pieces in the order of their ids, with [PAD] first, and
            with [UNK], [CLS] and [SEP].
        lowercase: bool. Whether to fold case and strip accents; as the vocabulary was learned.
        unicode_normalization: str. none, nfc, nfd, nfkc or nfkd.
        clean: str. Names of `CLEANERS`, by comma; or None.

    Raises:
        ValueError: the vocabulary lacks a special token, holds no piece, or holds one twice; a name
            is unknown.
        TypeError: a piece is not a string.
    """

    kind: ClassVar[str]
    # Whether texts say what the vocabulary is.
    learns: ClassVar[bool] = True
    # Whether the operation that cuts the pieces folds case, too.
    folds_case: ClassVar[bool] = False
    # What is added to the ids of a model that somebody else made.
    id_shift: int = 0
    # Objects that an export must keep: those that no graph holds by itself.
    resources: tuple = ()

    def __init__(
        self,
        vocabulary: Iterable[str],
        *,
        lowercase: bool = True,
        unicode_normalization: str = "none",
        clean: str | None = None,
    ):
        self.vocabulary = tuple(vocabulary)
        check_vocabulary(self.vocabulary)
        self.lowercase = bool(lowercase)
        self.unicode_normalization = unicode_normalization
        self.clean = clean
        self._prepare = self._preparation(lowercase, unicode_normalization, clean)
        super().__init__(start=self.vocabulary.index(START), end=self.vocabulary.index(END))

    @classmethod
    def _preparation(cls, lowercase, unicode_normalization, clean) -> TextPreparation:
        fold_case = lowercase and not cls.folds_case
        return TextPreparation(
            clean=clean, unicode_normalization=unicode_normalization, fold_case=fold_case
        )

    @classmethod
    def learn(
        cls,
        texts: Iterable[str],
        *,
        vocabulary_size: int,
        lowercase: bool = True,
        unicode_normalization: str = "none",
        clean: str | None = None,
    ) -> Self:
        """Returns a tokenizer whose vocabulary is learned from texts, prepared as it will do.

        Args:
            texts: iterable of str, for example the training texts; gone over once.
            vocabulary_size: int. The most entries the vocabulary may have.
            lowercase: bool. Whether to fold case and strip accents.
            unicode_normalization: str. none, nfc, nfd, nfkc or nfkd.
            clean: str. Names of `CLEANERS`, by comma; or None.

        Raises:
            ValueError: `vocabulary_size` is too small, the texts hold nothing to learn, or a name
                is unknown.
            TypeError: `vocabulary_size` is no whole number, or `texts` is a single string.
        """
        if isinstance(texts, str):
            raise TypeError(
                f"`texts` must be an iterable of strings. Received: texts={texts[:60]!r}"
            )
        prepared = cls._preparation(lowercase, unicode_normalization, clean).each(texts)
        return cls(
            cls._learn(prepared, vocabulary_size, lowercase=lowercase),
            lowercase=lowercase,
            unicode_normalization=unicode_normalization,
            clean=clean,
        )

    @classmethod
    @abstractmethod
    def _learn(cls, texts: Iterable[str], vocabulary_size: int, *, lowercase: bool) -> Any:
        """Returns the first argument of the constructor, from texts that are prepared."""

    @abstractmethod
    def _tokenize(self, texts: tf.Tensor) -> tf.RaggedTensor:
        """Returns the ids, [B, None] int32, of prepared texts, [B] string."""

    @abstractmethod
    def _tokenize_with_offsets(self, texts: tf.Tensor) -> Offsets:
        """Returns the ids, and where in the prepared texts each starts and ends, in bytes."""

    def tokenize(self, texts: tf.Tensor) -> tf.RaggedTensor:
        """Returns the ids of the texts' pieces, all of them and nothing else.

        Args:
            texts: [B] string, UTF-8.

        Returns:
            [B, None] int32, ragged; a row may be empty.

        Raises:
            ValueError: `texts` is not a vector.
        """
        return self._tokenize(self._prepare(_vector(texts)))

    def tokenize_with_offsets(self, texts: tf.Tensor) -> Offsets:
        """Returns the ids of the texts' pieces, and where in the texts they stand.

        Args:
            texts: [B] string, UTF-8.

        Returns:
            ids [B, None] int32, starts and ends [B, None] int64, in bytes; all ragged. Where a text
            is not UTF-8, a bad byte counts as U+FFFD, which has three.

        Raises:
            ValueError: `texts` is not a vector, or texts are cleaned or normalised, which keeps
                no offsets.
        """
        prepared, to_source = self._prepare.with_sources(_vector(texts))
        ids, starts, ends = self._tokenize_with_offsets(prepared)
        return ids, to_source(tf.cast(starts, tf.int64)), to_source(tf.cast(ends, tf.int64))

    def encode(
        self, texts: tf.Tensor, max_length: int, second_texts: tf.Tensor | None = None
    ) -> tf.RaggedTensor:
        """Returns what a model reads: [CLS], the pieces as far as there is room, [SEP].

        Args:
            texts: [B] string, UTF-8.
            max_length: int, at least 3, or 5 for pairs. Tokens a text or a pair may have, [CLS] and
                [SEP] included.
            second_texts: [B] string, UTF-8. The second texts of pairs.

        Returns:
            [B, None] int32, ragged, 2 to `max_length` ids per row, none of them 0.

        Raises:
            ValueError: `texts` is not a vector, or `max_length` is too small.
        """
        second = None if second_texts is None else self.tokenize(second_texts)
        return self.frame(self.tokenize(texts), max_length, second)

    def piece_text(self, piece: str) -> str:
        """Returns what a piece of the vocabulary is in a text; nothing for a special token."""
        return "" if piece in SPECIAL_TOKENS else piece

    def starts_word(self, piece: str) -> bool | None:
        """Returns whether a word begins with a piece; None where pieces know of no words."""
        return None


def _vector(texts: tf.Tensor) -> tf.Tensor:
    texts = tf.convert_to_tensor(texts, tf.string)
    if texts.shape.rank != 1:
        raise ValueError(f"`texts` must have the shape [B]. Received: shape={texts.shape}")
    return texts
