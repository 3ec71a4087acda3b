"""Strings to the ids of a SentencePiece model, inside the graph."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

import sentencepiece
import tensorflow as tf
from sentencepiece import sentencepiece_model_pb2

from keras_pe.files.remote_path import RemotePath
from keras_pe.text.sentencepiece_model import SPACE, learn_sentencepiece
from keras_pe.text.shared_sentencepiece import SharedSentencePiece
from keras_pe.text.special_tokens import SPECIAL_TOKENS, UNKNOWN
from keras_pe.text.tokenizer import Offsets, Tokenizer


class SentencePieceTokenizer(Tokenizer):
    """Turns texts into the ids of a SentencePiece model, with `tf_text.SentencepieceTokenizer`.

    A model that was learned here begins with the special tokens. Any other gets them in front: its
    ids grow by five, and its unknown piece is [UNK]. What a model says of normalisation is done
    too, after our own.

    Args:
        model: bytes. The serialised model.
        **settings: Of `Tokenizer`.

    Raises:
        ValueError: `model` is no SentencePiece model.
    """

    # unigram or bpe, as the library calls it.
    model_type: ClassVar[str]
    vocabulary_file = "sentencepiece.model"

    def __init__(self, model: bytes, **settings):
        self._model = bytes(model)
        processor = _processor(self._model)
        pieces = [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
        own = tuple(pieces[: len(SPECIAL_TOKENS)]) == SPECIAL_TOKENS
        self.id_shift = 0 if own else len(SPECIAL_TOKENS)
        self._unknown = processor.unk_id() + self.id_shift
        super().__init__(pieces if own else _behind_ours(pieces), **settings)
        self._unknown_here = self.vocabulary.index(UNKNOWN)
        self._pieces = SharedSentencePiece(self._model)
        self.resources = (self._pieces,)

    @classmethod
    def _learn(cls, texts: Iterable[str], vocabulary_size: int, *, lowercase: bool) -> bytes:
        return learn_sentencepiece(
            texts, model_type=cls.model_type, vocabulary_size=vocabulary_size
        )

    def _tokenize(self, texts: tf.Tensor) -> tf.RaggedTensor:
        return self._ours(self._pieces.tokenize(texts))

    def _tokenize_with_offsets(self, texts: tf.Tensor) -> Offsets:
        ids, starts, ends = self._pieces.tokenize_with_offsets(texts)
        return self._ours(ids), starts, ends

    def _ours(self, ids: tf.RaggedTensor) -> tf.RaggedTensor:
        if not self.id_shift:
            return ids
        shifted = ids.flat_values + self.id_shift
        return ids.with_flat_values(tf.where(shifted == self._unknown, self._unknown_here, shifted))

    def detokenize(self, ids: tf.RaggedTensor) -> tf.Tensor:
        """Returns the texts of pieces, as far as they are known, [B] string.

        Args:
            ids: [B, None] int32, ragged, from `tokenize`.
        """
        unknown = self._unknown - self.id_shift
        theirs = tf.maximum(ids.flat_values - self.id_shift, 0)
        theirs = tf.where(ids.flat_values == self._unknown_here, unknown, theirs)
        return self._pieces.detokenize(ids.with_flat_values(theirs))

    def piece_text(self, piece: str) -> str:
        """Returns what a piece of the vocabulary is in a text; nothing for a special token."""
        return super().piece_text(piece.replace(SPACE, ""))

    def starts_word(self, piece: str) -> bool:
        """Returns whether a word begins with a piece."""
        return piece.startswith(SPACE)

    def write_vocabulary_file(self, path: Path) -> None:
        """Writes the model."""
        path.write_bytes(self._model)

    @classmethod
    def read_vocabulary_file(cls, path: Path | RemotePath) -> bytes:
        """Returns the model.

        Raises:
            ValueError: the file is no SentencePiece model, or one of another type.
        """
        model = path.read_bytes()
        try:
            _processor(model)
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from error
        spec = sentencepiece_model_pb2.ModelProto.FromString(model).trainer_spec
        model_type = spec.ModelType.Name(spec.model_type).lower()
        if model_type != cls.model_type:
            raise ValueError(
                f"{path}: the model must be of the type {cls.model_type}, as the tokenizer. "
                f"Received: model_type={model_type!r}"
            )
        return model


def _processor(model: bytes) -> sentencepiece.SentencePieceProcessor:
    try:
        # An empty model is taken for none at all.
        return sentencepiece.SentencePieceProcessor(model_proto=model or b"-")
    except RuntimeError as error:
        raise ValueError(
            "The file must be a SentencePiece model, as its trainer writes it "
            f"(.model, not .vocab). Received: {len(model):,} bytes, which begin with {model[:20]!r}"
        ) from error


def _behind_ours(pieces: list[str]) -> list[str]:
    """Returns pieces behind the special tokens; one of the same name would be there twice."""
    named = [f"<{piece}>" if piece in SPECIAL_TOKENS else piece for piece in pieces]
    return [*SPECIAL_TOKENS, *named]
