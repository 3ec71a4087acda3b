"""Strings to their bytes, inside the graph."""

from collections.abc import Iterable

import tensorflow as tf

from keras_pe.text.special_tokens import SPECIAL_TOKENS
from keras_pe.text.tokenizer import Offsets, Tokenizer

# Named as SentencePiece names them.
_BYTES = tuple(f"<0x{byte:02X}>" for byte in range(256))


class ByteTokenizer(Tokenizer):
    """Turns texts into the bytes of their UTF-8: nothing is learned, and nothing is unknown.

    The id of a byte is its value and five, behind the special tokens.

    Args:
        vocabulary: the 261 entries that there are.
        **settings: Of `Tokenizer`.

    Raises:
        ValueError: `vocabulary` is any other.

    Example:
        >>> ByteTokenizer(lowercase=False).tokenize(["Aé"]).to_list()
        [[70, 200, 174]]

    Source: Xue et al., ByT5 (2022), https://arxiv.org/abs/2105.13626
    """

    kind = "bytes"
    learns = False

    def __init__(self, vocabulary: Iterable[str] = (*SPECIAL_TOKENS, *_BYTES), **settings):
        super().__init__(vocabulary, **settings)
        if self.vocabulary != (*SPECIAL_TOKENS, *_BYTES):
            raise ValueError(
                "`vocabulary` must be the special tokens and the 256 bytes. Received: "
                f"{len(self.vocabulary)} entries, the last is {self.vocabulary[-1]!r}"
            )

    @classmethod
    def _learn(cls, texts: Iterable[str], vocabulary_size: int, *, lowercase: bool) -> tuple:
        return (*SPECIAL_TOKENS, *_BYTES)

    def _tokenize(self, texts: tf.Tensor) -> tf.RaggedTensor:
        # One string of all texts: its bytes are what one operation gives.
        values = tf.io.decode_raw(tf.strings.reduce_join(texts), tf.uint8)
        ids = tf.cast(values, tf.int32) + len(SPECIAL_TOKENS)
        return tf.RaggedTensor.from_row_lengths(ids, tf.strings.length(texts, unit="BYTE"))

    def _tokenize_with_offsets(self, texts: tf.Tensor) -> Offsets:
        starts = tf.ragged.range(tf.strings.length(texts, unit="BYTE"))
        return self._tokenize(texts), starts, starts + 1

    def piece_text(self, piece: str) -> str:
        """Returns the character that a byte is by itself; nothing for special tokens and others."""
        if piece in SPECIAL_TOKENS:
            return ""
        character = chr(int(piece[1:-1], 16))
        return character if character.isascii() and character.isprintable() else ""

    def detokenize(self, ids: tf.RaggedTensor) -> tf.Tensor:
        """Returns the texts of bytes, [B] string.

        Args:
            ids: [B, None] int32, ragged, from `tokenize`.
        """
        characters = tf.constant([bytes([byte]) for byte in range(256)])
        return tf.strings.reduce_join(
            ids.with_flat_values(tf.gather(characters, ids.flat_values - len(SPECIAL_TOKENS))),
            axis=-1,
        )
