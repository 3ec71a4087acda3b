"""What all tokenizers of training and serving share: strings to ids, inside the graph."""

import copy
import json
import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Self

import tensorflow as tf

from keras_pe.text.special_tokens import END, START
from keras_pe.text.truncation import check_truncation, truncate
from keras_pe.text.vocabulary import check_vocabulary, read_vocabulary, write_vocabulary

_FORMAT = 1


class Tokenizer(ABC):
    """Turns texts into ids, and puts them between [CLS] and [SEP]; a subclass cuts the pieces.

    All methods but `learn`, `save` and `load` work in eager code, in `tf.data` and in a graph that
    is exported, with any number of texts; only operations of TensorFlow and TensorFlow Text are
    used. Bytes that are not UTF-8 count as U+FFFD.

    A subclass has a `kind`, the names of the `settings` that `learn` and the constructor take, and
    a method `_tokenize`.

    Args:
        vocabulary: iterable of str. The pieces in the order of their ids, with [PAD] first, and
            with [UNK], [CLS] and [SEP].

    Raises:
        ValueError: the vocabulary lacks a special token, holds no piece, or holds one twice.
        TypeError: a piece is not a string.
    """

    kind: ClassVar[str]
    # What `learn` takes besides the texts, and what the constructor does besides the vocabulary.
    learning_settings: ClassVar[tuple[str, ...]]
    settings: ClassVar[tuple[str, ...]]
    # [CLS] and [SEP].
    framing_tokens = 2
    # What is kept of a text that is too long: see `truncating`.
    truncation = "head"

    def __init__(self, vocabulary: Iterable[str]):
        self.vocabulary = tuple(vocabulary)
        check_vocabulary(self.vocabulary)
        self._start = self.vocabulary.index(START)
        self._end = self.vocabulary.index(END)

    @classmethod
    @abstractmethod
    def learn(cls, texts: Iterable[str], **settings: Any) -> Self:
        """Returns a tokenizer whose vocabulary is learned from texts.

        Args:
            texts: iterable of str, for example the training texts; gone over once.
            **settings: those of `learning_settings`.
        """

    @abstractmethod
    def _tokenize(self, texts: tf.Tensor) -> tf.RaggedTensor:
        """Returns the ids, [B, None] int32, of texts that are valid UTF-8, [B] string."""

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
        # TensorFlow Text gives the same ids for raw bytes, but does not promise to.
        return self._tokenize(
            tf.strings.unicode_transcode(texts, "UTF-8", "UTF-8", errors="replace")
        )

    def frame(self, pieces: tf.RaggedTensor, max_length: int) -> tf.RaggedTensor:
        """Cuts long texts as `truncation` says and puts the rest between [CLS] and [SEP].

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
        kept = truncate(pieces, max_length - self.framing_tokens, self.truncation)
        column = tf.stack([kept.nrows(), 1])
        return tf.concat([tf.fill(column, self._start), kept, tf.fill(column, self._end)], axis=1)

    def truncating(self, truncation: str) -> Self:
        """Returns this tokenizer with another way to cut long texts.

        Args:
            truncation: str. A key of `TRUNCATIONS`.

        Raises:
            ValueError: there is no such way.
        """
        check_truncation(truncation)
        other = copy.copy(self)
        other.truncation = truncation
        return other

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
        (folder / "tokenizer.json").write_text(json.dumps(self._description(), indent=1) + "\n")

    @classmethod
    def load(cls, folder: str | os.PathLike[str]) -> Self:
        """Reads what `save` wrote.

        Args:
            folder: str or path.

        Returns:
            A tokenizer of this class.

        Raises:
            FileNotFoundError: one of the two files is missing.
            ValueError: they are not what `save` writes, or do not belong together.
        """
        folder = Path(folder)
        # Files of before there was a choice of it do not say `truncation`.
        description = {"truncation": "head", **read_description(folder)}
        kind = {"kind": cls.kind, "format": _FORMAT}
        if description | kind != description:
            raise ValueError(
                f"{folder / 'tokenizer.json'}: the file must describe a tokenizer of the kind "
                f"{kind!r}. Received: {description!r}"
            )
        pieces = read_vocabulary(folder / "vocabulary.txt")
        given = {name: description[name] for name in cls.settings if name in description}
        tokenizer = cls(pieces, **given).truncating(description["truncation"])
        if description != tokenizer._description():
            raise ValueError(
                f"{folder}: vocabulary.txt, with {len(pieces)} pieces, and tokenizer.json must "
                f"belong together. Received: {description!r}"
            )
        return tokenizer

    def _description(self) -> dict[str, Any]:
        settings = {name: getattr(self, name) for name in self.settings}
        rest = {"truncation": self.truncation, "vocabulary_size": len(self.vocabulary)}
        return {"kind": self.kind, "format": _FORMAT} | settings | rest


def read_description(folder: Path) -> Mapping[str, Any]:
    """Returns what the `tokenizer.json` of a folder says, its `kind` among it.

    Raises:
        FileNotFoundError: the folder has none.
        ValueError: the file is no JSON object with a kind.
    """
    path = folder / "tokenizer.json"
    try:
        description = json.loads(path.read_bytes())
    except ValueError as error:
        raise ValueError(f"{path}: the file must be JSON. {error}") from error
    if not isinstance(description, dict) or "kind" not in description:
        raise ValueError(
            f"{path}: the file must say the `kind` of a tokenizer. Received: {description!r}"
        )
    return description
