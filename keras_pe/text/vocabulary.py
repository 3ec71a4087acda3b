"""The list of word pieces: what it must hold, and its file."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from keras_pe.files.remote_path import RemotePath
from keras_pe.text.special_tokens import END, PAD, SPECIAL_TOKENS, START, UNKNOWN


def check_vocabulary(vocabulary: Sequence[str]) -> None:
    """Raises an error if a list of pieces is none that a tokenizer can have.

    Args:
        vocabulary: sequence of str. The pieces in the order of their ids.

    Raises:
        ValueError: a special token is missing or [PAD] is not the first, there are no other pieces,
            or a piece is there twice or cannot stand on a line.
        TypeError: a piece is not a string.
    """
    for line, piece in enumerate(vocabulary, start=1):
        if not isinstance(piece, str):
            raise TypeError(f"A piece of the vocabulary must be a string. Received: {piece!r}")
        if not piece or "\n" in piece:
            raise ValueError(
                f"A piece of the vocabulary must be neither empty nor have a line break. "
                f"Received: {piece!r}, in line {line}"
            )
    if not vocabulary or vocabulary[0] != PAD:
        raise ValueError(f"`vocabulary` must begin with {PAD}. Received: {vocabulary[:5]!r}")
    missing = [token for token in (UNKNOWN, START, END) if token not in vocabulary]
    if missing:
        raise ValueError(
            f"`vocabulary` must hold {', '.join(missing)}. "
            f"Received: {len(vocabulary)} pieces without."
        )
    _refuse_twice(vocabulary)
    if set(SPECIAL_TOKENS).issuperset(vocabulary):
        raise ValueError("`vocabulary` must hold pieces of words. Received: only special tokens.")


def _refuse_twice(vocabulary: Sequence[str]) -> None:
    seen = {}
    for line, piece in enumerate(vocabulary, start=1):
        if piece in seen:
            raise ValueError(
                f"`vocabulary` must hold every piece once. Received: {piece!r}, in the lines "
                f"{seen[piece]} and {line}"
            )
        seen[piece] = line


def write_vocabulary(vocabulary: Iterable[str], path: Path) -> None:
    """Writes one piece per line, in UTF-8 and with the line ends of Unix on every system."""
    path.write_bytes("".join(f"{piece}\n" for piece in vocabulary).encode())


def read_vocabulary(path: Path | RemotePath) -> list[str]:
    """Reads what `write_vocabulary` wrote.

    Args:
        path: Path or RemotePath. The file.

    Returns:
        List of str.

    Raises:
        ValueError: the file is not UTF-8, or its lines are no vocabulary.
    """
    content = path.read_bytes()
    try:
        # Only "\n" ends a piece: `splitlines` would cut at U+2028 and others, too.
        pieces = content.decode().removesuffix("\n").split("\n")
        check_vocabulary(pieces)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    return pieces
