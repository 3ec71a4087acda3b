"""The tokenizers in plain Python by the names of those in the graph."""

from collections.abc import Mapping
from pathlib import Path

from keras_pe.text.plain.plain_bytes import PlainBytes
from keras_pe.text.plain.plain_characters import PlainCharacters
from keras_pe.text.plain.plain_framing import PlainFraming
from keras_pe.text.plain.plain_preparation import PlainPreparation
from keras_pe.text.plain.plain_sentencepiece import PlainSentencePiece
from keras_pe.text.plain.plain_tokenizer import PlainTokenizer
from keras_pe.text.plain.plain_wordpiece import PlainWordPiece

# Each takes the file of the vocabulary, what `plain_description` says, and what all share.
PLAIN_TOKENIZERS = {
    "wordpiece": lambda file, told, **shared: PlainWordPiece(_lines(file), **shared),
    "unigram": lambda file, told, **shared: _of_model(file, told, **shared),
    "bpe": lambda file, told, **shared: _of_model(file, told, **shared),
    "words": lambda file, told, **shared: PlainWordPiece(_lines(file), **shared),
    "characters": lambda file, told, **shared: PlainCharacters(_lines(file), **shared),
    "bytes": lambda file, told, **shared: PlainBytes(**shared),
}


def plain_tokenizer(folder: Path, told: Mapping, characters: Mapping) -> PlainTokenizer:
    """Returns the tokenizer of an exported model.

    Args:
        folder: where the file of the vocabulary stands.
        told: what `plain_description` says of it, and `max_length`.
        characters: as `character_table` returns it.
    """
    ids = told["special_ids"]
    return PLAIN_TOKENIZERS[told["tokenizer"]](
        folder / told["vocabulary_file"],
        told,
        prepare=PlainPreparation(characters, told["cleaning"], told["unicode_normalization"]),
        frame=PlainFraming(ids["start"], ids["end"], told["max_length"], told["truncation"]),
    )


def _of_model(file: Path, told: Mapping, **shared) -> PlainSentencePiece:
    return PlainSentencePiece(file.read_bytes(), told["id_shift"], **shared)


def _lines(file: Path) -> list[str]:
    # Only a line feed ends a piece.
    return file.read_bytes().decode().removesuffix("\n").split("\n")
