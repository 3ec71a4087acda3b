"""The names of the tokenizers, and how a saved one is found again, whichever it is."""

import os
from pathlib import Path

from keras_pe.text.bpe_tokenizer import BytePairTokenizer
from keras_pe.text.byte_tokenizer import ByteTokenizer
from keras_pe.text.character_tokenizer import CharacterTokenizer
from keras_pe.text.tokenizer import Tokenizer
from keras_pe.text.tokenizer_folder import read_description
from keras_pe.text.unigram_tokenizer import UnigramTokenizer
from keras_pe.text.word_tokenizer import WordTokenizer
from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer

TOKENIZERS = {
    "wordpiece": WordPieceTokenizer,
    "unigram": UnigramTokenizer,
    "bpe": BytePairTokenizer,
    "words": WordTokenizer,
    "characters": CharacterTokenizer,
    "bytes": ByteTokenizer,
}


def load_tokenizer(folder: str | os.PathLike[str]) -> Tokenizer:
    """Returns the tokenizer that was saved in a folder, whichever it is.

    Args:
        folder: str or path.

    Returns:
        A `Tokenizer`.

    Raises:
        FileNotFoundError: a file is missing.
        ValueError: the files are damaged, or the tokenizer is none of `TOKENIZERS`.
    """
    kind = read_description(Path(folder))["kind"]
    if kind not in TOKENIZERS:
        raise ValueError(
            f"{Path(folder) / 'tokenizer.json'}: the kind of a tokenizer must be one of: "
            f"{', '.join(TOKENIZERS)}. Received: kind={kind!r}"
        )
    return TOKENIZERS[kind].load(folder)
