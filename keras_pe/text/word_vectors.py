"""Word vectors that somebody else trained, for the entries of a vocabulary."""

import dataclasses
import gzip
import logging
import os
import re
import struct
import warnings

import numpy as np

from keras_pe.files.local_copy import local_copy
from keras_pe.text.tokenizer import Tokenizer

# fasttext/src/fasttext.cc: the first four bytes of a model.
_FASTTEXT = struct.pack("<i", 793_712_314)
_GZIP = b"\x1f\x8b"
_WORDS_AND_SIZE = re.compile(rb"\d+ \d+\s*")
_HAN = re.compile("[\u3400-\u9fff]+")


@dataclasses.dataclass(frozen=True, eq=False)
class WordVectors:
    """Holds the vectors that were found for N entries of a vocabulary.

    Args:
        ids: [N] int64. The entries.
        vectors: [N, D] float32.
        entries: int. Entries of the vocabulary, special tokens not counted.
    """

    ids: np.ndarray
    vectors: np.ndarray
    entries: int

    @property
    def share(self) -> float:
        """Share of the entries that a vector was found for."""
        return len(self.ids) / max(self.entries, 1)


def load_word_vectors(path: str | os.PathLike[str], tokenizer: Tokenizer) -> WordVectors:
    """Reads the vectors of a vocabulary's words with gensim.

    Takes GloVe's text, word2vec's text and binary format, and fastText's .vec and .bin, each also
    packed as .gz; what a file is, its first bytes say. The file is held in memory once. One of
    another file system, such as `gs://bucket/vectors.bin`, is copied to a temporary folder first.

    An entry is looked up as it stands, and where the tokenizer folds case, also in any case. Of
    pieces of words those are looked up that begin a word, as if they were all of it, and those of
    Chinese characters. A fastText model (.bin) makes up a vector for a word that it does not know,
    but only words that it knows count as found.

    Args:
        path: str or path.
        tokenizer: `Tokenizer`.

    Returns:
        `WordVectors`.

    Raises:
        ImportError: gensim is not installed.
        FileNotFoundError: there is no such file.
        ValueError: the file is none of these formats, or none of the words is in it.
    """
    words = {
        number: tokenizer.piece_text(piece)
        for number, piece in enumerate(tokenizer.vocabulary)
        if _is_word(piece, tokenizer)
    }
    with local_copy(path) as file:
        known = _read(file, path)
    keys = _keys(known, words, any_case=tokenizer.lowercase)
    if not keys:
        raise ValueError(
            f"{path}: the file must have vectors of words that tokenizer={tokenizer.kind!r} knows. "
            f"Received: {len(known):,} other words, such as {known.index_to_key[:3]!r}"
        )
    vectors = np.stack([known.vectors[key] for key in keys.values()]).astype("float32")
    entries = sum(bool(tokenizer.piece_text(piece)) for piece in tokenizer.vocabulary)
    return WordVectors(np.array(list(keys)), vectors, entries)


def _is_word(piece, tokenizer):
    text = tokenizer.piece_text(piece)
    return bool(text) and (tokenizer.starts_word(piece) is not False or _HAN.fullmatch(text))


def _keys(known, words, *, any_case):
    """Returns the row of each entry that is known. The first of a file is the most frequent."""
    folded = {}
    if any_case:
        for row, word in enumerate(known.index_to_key):
            folded.setdefault(word.lower(), row)
    found = {number: known.key_to_index.get(word) for number, word in words.items()}
    found = {
        number: folded.get(words[number]) if row is None else row for number, row in found.items()
    }
    return {number: row for number, row in found.items() if row is not None}


def _read(file, path):
    try:
        from gensim.models import KeyedVectors
        from gensim.models.fasttext import load_facebook_vectors
    except ImportError as error:
        raise ImportError(
            "`word_vectors` needs the `gensim` package: pip install keras-pe[vectors]"
        ) from error
    # It tells every step to whoever listens to all that is logged.
    logging.getLogger("gensim").setLevel(logging.WARNING)
    head = _head(file)
    format = {} if head.startswith(_FASTTEXT) else _format(path, head)
    with warnings.catch_warnings():
        # gensim 4.4 does not close a file whose lines it has counted.
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            if head.startswith(_FASTTEXT):
                return load_facebook_vectors(str(file))
            return KeyedVectors.load_word2vec_format(str(file), unicode_errors="replace", **format)
        except (EOFError, ValueError, struct.error) as error:
            fault = str(error)
    # Not inside `except`: the error holds the open file.
    raise ValueError(f"{path}: the vectors cannot be read to their end. {fault}")


def _head(path):
    with open(path, "rb") as file:
        packed = file.read(2) == _GZIP
    with (gzip.open if packed else open)(path, "rb") as file:
        return file.read(1 << 16)


def _format(path, head):
    first, _, rest = head.partition(b"\n")
    if _WORDS_AND_SIZE.fullmatch(first):
        size = int(first.split()[1])
        return {"binary": not _is_vector(rest.partition(b"\n")[0], size)}
    if _is_vector(first, len(first.split()) - 1) and len(first.split()) > 2:
        return {"binary": False, "no_header": True}
    raise ValueError(
        f"{path}: the file must hold word vectors: GloVe's text, word2vec's text or binary format, "
        f"or fastText's .vec or .bin. Received: {head[:40]!r}"
    )


def _is_vector(line, size):
    """Returns whether a line is a word and so many numbers."""
    numbers = line.split()[-size:] if size > 0 else []
    try:
        return len(line.split()) > size > 0 and all(np.isfinite(list(map(float, numbers))))
    except ValueError:
        return False
