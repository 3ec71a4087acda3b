"""Strings to their Unicode characters, inside the graph."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import tensorflow as tf

from keras_pe.files.remote_path import RemotePath
from keras_pe.text.check_learning import check_learning
from keras_pe.text.frequent_characters import frequent_characters
from keras_pe.text.special_tokens import SPECIAL_TOKENS, UNKNOWN
from keras_pe.text.tokenizer import Offsets, Tokenizer

# A vocabulary has an entry per line, so this character needs a name; SentencePiece's is taken.
_NAMES = {"\n": "<0x0A>"}
_CHARACTERS = {name: character for character, name in _NAMES.items()}


class CharacterTokenizer(Tokenizer):
    """Turns texts into their characters, which are Unicode code points, spaces among them.

    Args:
        vocabulary: iterable of str. Special tokens and single characters, a line feed as <0x0A>.
        **settings: Of `Tokenizer`.

    Raises:
        ValueError: an entry is neither a special token nor one character.

    Example:
        >>> tokenizer = CharacterTokenizer(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "茶", "a"])
        >>> tokenizer.tokenize(["A茶b"]).to_list()
        [[5, 4, 1]]
    """

    kind = "characters"

    def __init__(self, vocabulary: Iterable[str], **settings):
        super().__init__(vocabulary, **settings)
        codes = {
            ord(_CHARACTERS.get(piece, piece)): number
            for number, piece in enumerate(_checked(self.vocabulary))
            if piece not in SPECIAL_TOKENS
        }
        # From code points to ids; all that are above the highest known one share the last entry.
        ids = np.full(max(codes) + 2, self.vocabulary.index(UNKNOWN), np.int32)
        ids[list(codes)] = list(codes.values())
        self._ids = tf.constant(ids)

    @classmethod
    def _learn(cls, texts: Iterable[str], vocabulary_size: int, *, lowercase: bool) -> list[str]:
        check_learning(texts, vocabulary_size, least=1, needed="one character")
        counts = Counter()
        for text in texts:
            counts.update(text)
        if not counts:
            raise ValueError("`texts` must hold at least one character. Received: none.")
        kept = frequent_characters(counts, room=vocabulary_size - len(SPECIAL_TOKENS))
        return [*SPECIAL_TOKENS, *(_NAMES.get(character, character) for character in kept)]

    @classmethod
    def read_vocabulary_file(cls, path: Path | RemotePath) -> list[str]:
        """Returns the entries of a file, a line each.

        Raises:
            ValueError: they are no vocabulary of characters.
        """
        pieces = super().read_vocabulary_file(path)
        try:
            _checked(pieces)
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from error
        return pieces

    def _tokenize(self, texts: tf.Tensor) -> tf.RaggedTensor:
        codes = tf.strings.unicode_decode(texts, "UTF-8")
        return codes.with_flat_values(self._look_up(codes.flat_values))

    def _tokenize_with_offsets(self, texts: tf.Tensor) -> Offsets:
        codes, starts = tf.strings.unicode_decode_with_offsets(texts, "UTF-8")
        bytes_before = tf.constant([0x80, 0x800, 0x10000])
        lengths = 1 + tf.searchsorted(bytes_before, codes.flat_values, side="right")
        ends = starts.flat_values + tf.cast(lengths, tf.int64)
        return self._tokenize(texts), starts, starts.with_flat_values(ends)

    def _look_up(self, codes: tf.Tensor) -> tf.Tensor:
        return tf.gather(self._ids, tf.minimum(codes, tf.size(self._ids) - 1))

    def piece_text(self, piece: str) -> str:
        """Returns the character of a piece; nothing for a special token."""
        return super().piece_text(_CHARACTERS.get(piece, piece))

    def detokenize(self, ids: tf.RaggedTensor) -> tf.Tensor:
        """Returns the texts of characters, U+FFFD for unknown ones, [B] string.

        Args:
            ids: [B, None] int32, ragged, from `tokenize`.
        """
        special = dict.fromkeys(SPECIAL_TOKENS, "\ufffd")
        shown = [special.get(piece, _CHARACTERS.get(piece, piece)) for piece in self.vocabulary]
        characters = tf.gather(tf.constant(shown), ids.flat_values)
        return tf.strings.reduce_join(ids.with_flat_values(characters), axis=-1)


def _checked(vocabulary: Sequence[str]) -> Sequence[str]:
    for number, piece in enumerate(vocabulary, start=1):
        if len(piece) > 1 and piece not in SPECIAL_TOKENS and piece not in _CHARACTERS:
            raise ValueError(
                "Entries of a vocabulary of characters must be special tokens or single "
                f"characters. Received: {piece!r}, in line {number}"
            )
    return vocabulary
