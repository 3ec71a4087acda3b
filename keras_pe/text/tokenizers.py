"""The names of the tokenizers, and how a saved one is found again, whichever it is."""

import os
from pathlib import Path

from keras_pe.text.tokenizer import Tokenizer, read_description
from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer

TOKENIZERS = {
    "wordpiece": WordPieceTokenizer,
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
