"""The tokenizer of training and serving: strings to WordPiece ids, inside the graph."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

import tensorflow as tf
import tensorflow_text as tf_text

from keras_pe.text.special_tokens import END, START, UNKNOWN
from keras_pe.text.vocabulary import check_vocabulary, read_vocabulary, write_vocabulary

_KIND = {"kind": "wordpiece", "format": 1}


class WordPieceTokenizer:
    """Turns texts into the ids of their word pieces, with `tensorflow_text.FastBertTokenizer`.

    A punctuation mark or a Chinese character is a word of its own. A word of which the vocabulary
    does not have the pieces, or that is longer than 100 bytes, is [UNK]. Bytes that are not UTF-8
    count as U+FFFD, control characters as white space. A special token cannot be typed: "[PAD]" in
    a text is three words.

    All methods but `save` and `load` work in eager code, in `tf.data` and in a graph that is
    exported, with any number of texts; only TensorFlow Text's operations are used.

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

    # [CLS] and [SEP].
    framing_tokens = 2

    def __init__(self, vocabulary: Iterable[str], *, lowercase: bool = True):
        self.vocabulary = tuple(vocabulary)
        self.lowercase = bool(lowercase)
        check_vocabulary(self.vocabulary)
        self._start = self.vocabulary.index(START)
        self._end = self.vocabulary.index(END)
        self._pieces = tf_text.FastBertTokenizer(
            list(self.vocabulary),
            token_out_type=tf.int32,
            unknown_token=UNKNOWN,
            lower_case_nfd_strip_accents=self.lowercase,
        )

    def tokenize(self, texts: tf.Tensor) -> tf.RaggedTensor:
        """Returns the ids of the texts' pieces, all of them and nothing else.

        Args:
            texts: [B] string, UTF-8.

        Returns:
            [B, None] int32, ragged; a row may be empty.

        Raises:
            ValueError: `texts` is not a vector.
        """
        texts = tf.convert_to_tensor(texts, tf.string)
        if texts.shape.rank != 1:
            raise ValueError(f"`texts` must have the shape [B]. Received: shape={texts.shape}")
        # FastBertTokenizer gives the same ids for raw bytes, but does not promise to.
        valid = tf.strings.unicode_transcode(texts, "UTF-8", "UTF-8", errors="replace")
        return self._pieces.tokenize(valid)

    def frame(self, pieces: tf.RaggedTensor, max_length: int) -> tf.RaggedTensor:
        """Cuts the ends off long texts and puts the rest between [CLS] and [SEP].

        Args:
            pieces: [B, None] int32, ragged; from `tokenize`.
            max_length: int, at least 3. Tokens a text may have, [CLS] and [SEP] included.

        Returns:
            [B, None] int32, ragged, 2 to `max_length` ids per row.

        Raises:
            ValueError: `max_length` is less than 3.
        """
        if max_length < 3:
            raise ValueError(
                "`max_length` must be at least 3: [CLS], one piece and [SEP]. "
                f"Received: max_length={max_length!r}"
            )
        kept = pieces[:, : max_length - self.framing_tokens]
        column = tf.stack([kept.nrows(), 1])
        return tf.concat([tf.fill(column, self._start), kept, tf.fill(column, self._end)], axis=1)

    def encode(self, texts: tf.Tensor, max_length: int) -> tf.RaggedTensor:
        """Returns what a model reads: [CLS], the pieces as far as there is room, [SEP].

        Args:
            texts: [B] string, UTF-8.
            max_length: int, at least 3. Tokens a text may have, [CLS] and [SEP] included.

        Returns:
            [B, None] int32, ragged, 2 to `max_length` ids per row, none of them 0.

        Raises:
            ValueError: `texts` is not a vector, or `max_length` is less than 3.
        """
        return self.frame(self.tokenize(texts), max_length)

    @staticmethod
    def pad(ids: tf.RaggedTensor) -> tf.Tensor:
        """Fills the rows up to the longest one, on the right, with 0.

        Args:
            ids: [B, None] int32, ragged.

        Returns:
            [B, T] int32; T is 0 if B is.
        """
        return ids.to_tensor(0)

    def save(self, folder: str | os.PathLike[str]) -> None:
        """Writes `vocabulary.txt`, one piece per line, and `tokenizer.json`.

        Args:
            folder: str or path; made if it is missing.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        write_vocabulary(self.vocabulary, folder / "vocabulary.txt")
        (folder / "tokenizer.json").write_text(json.dumps(self._settings(), indent=1) + "\n")

    @classmethod
    def load(cls, folder: str | os.PathLike[str]) -> "WordPieceTokenizer":
        """Reads what `save` wrote.

        Args:
            folder: str or path.

        Returns:
            A WordPieceTokenizer.

        Raises:
            FileNotFoundError: one of the two files is missing.
            ValueError: they are not what `save` writes, or do not belong together.
        """
        folder = Path(folder)
        settings = _read_settings(folder / "tokenizer.json")
        pieces = read_vocabulary(folder / "vocabulary.txt")
        tokenizer = cls(pieces, lowercase=settings.get("lowercase", True))
        if settings != tokenizer._settings():
            raise ValueError(
                f"{folder}: vocabulary.txt, with {len(pieces)} pieces, and tokenizer.json must "
                f"belong together. Received: {settings!r}"
            )
        return tokenizer

    def _settings(self):
        return _KIND | {"lowercase": self.lowercase, "vocabulary_size": len(self.vocabulary)}


def _read_settings(path: Path) -> dict:
    try:
        settings = json.loads(path.read_bytes())
    except ValueError as error:
        raise ValueError(f"{path}: the file must be JSON. {error}") from error
    if not isinstance(settings, dict) or settings | _KIND != settings:
        raise ValueError(
            f"{path}: the file must describe a tokenizer of the kind {_KIND!r}. "
            f"Received: {settings!r}"
        )
    return settings
