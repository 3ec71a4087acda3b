"""What the tokenizer does to each character of Unicode, as a table that needs no library."""

import functools
from typing import TypedDict

import tensorflow as tf
import tensorflow_text as tf_text

from keras_pe.text.tokenizer import Tokenizer
from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer

# Planes 0 to 3 without surrogates, and the tags of plane 14: in the others Unicode has nothing yet,
# or what it leaves to private use, which stays as it is.
_POINTS = (*range(0xD800), *range(0xE000, 0x40000), *range(0xE0000, 0xE1000))
# Ids that a probe gives to "a", the character, "a".
_PROBE = ("[UNK]", "a", "##a")
_KINDS = {(1, 1): "separate", (1, 0, 1): "alone"}


class CharacterTable(TypedDict):
    """What happens to characters; each that is not named stays and is part of a word.

    Code points are given as ranges [first, last]. Text of `replaced` has spaces around what is a
    word of its own.
    """

    separate: list[list[int]]
    alone: list[list[int]]
    removed: list[list[int]]
    replaced: dict[str, str]


def character_table(tokenizer: Tokenizer) -> CharacterTable:
    """Asks TensorFlow Text about every character, once.

    Folding case and accents follows Unicode's NFKC_Casefold, of the version that TensorFlow Text
    was built with; other libraries have other versions, or none of it. To a tokenizer of word
    pieces, characters that can only end as [UNK], because its vocabulary does not spell them, are
    left out. To others, which know of no words, characters are at most folded.

    Args:
        tokenizer: its folding and its vocabulary count.

    Returns:
        `CharacterTable`: about 1,000 entries for word pieces of English; 16,000 where case is
        folded without words, and none where it is kept.
    """
    if isinstance(tokenizer, WordPieceTokenizer):
        alphabet = {c for piece in tokenizer.vocabulary for c in piece}
        return _table(_folded(tokenizer.lowercase), _kinds(), alphabet)
    folded = _folded(True) if tokenizer.lowercase else {}
    return _table(folded, {" ": "separate"}, None)


def _table(
    folded: dict[str, str], kinds: dict[str, str], alphabet: set[str] | None
) -> CharacterTable:
    """Returns the table; without an alphabet, all that changes is in it."""
    points: dict[str, list[int]] = {"separate": [], "alone": [], "removed": []}
    replaced = {}
    for character, become in folded.items():
        kind = _kind(become, kinds)
        if kind:
            points[kind].append(ord(character))
        if become != character and kind not in ("separate", "removed"):
            parts = [kinds.get(part, "") for part in become]
            if alphabet is None or _matters(character, become, parts, alphabet):
                replaced[character] = "".join(
                    _spaced(part, kind) for part, kind in zip(become, parts, strict=True)
                )
    return CharacterTable(
        replaced=replaced, **{name: _ranges(of_kind) for name, of_kind in points.items()}
    )


def _matters(character: str, become: str, parts: list[str], alphabet: set[str]) -> bool:
    return character in alphabet or any(parts) or alphabet.issuperset(become)


def _kind(become: str, kinds: dict[str, str]) -> str:
    if not become:
        return "removed"
    return kinds.get(become, "") if len(become) == 1 else ""


def _spaced(character: str, kind: str) -> str:
    return {"separate": " ", "alone": f" {character} "}.get(kind, character)


@functools.cache
def _folded(lowercase: bool) -> dict[str, str]:
    characters = [chr(point) for point in _POINTS]
    normalizer = tf_text.FastBertNormalizer(lower_case_nfd_strip_accents=lowercase)
    folded = normalizer.normalize(tf.constant(characters)).numpy()
    return {one: become.decode() for one, become in zip(characters, folded, strict=True)}


@functools.cache
def _kinds() -> dict[str, str]:
    """Returns "separate", "alone" or, for what is part of words, "" for each character."""
    characters = [chr(point) for point in _POINTS]
    probe = tf_text.FastBertTokenizer(list(_PROBE), token_out_type=tf.int32)
    ids = probe.tokenize(tf.constant([f"a{one}a" for one in characters])).to_list()
    return {one: _KINDS.get(tuple(row), "") for one, row in zip(characters, ids, strict=True)}


def _ranges(points: list[int]) -> list[list[int]]:
    """Joins increasing numbers that follow each other: [1, 2, 3, 7] -> [[1, 3], [7, 7]]."""
    ranges: list[list[int]] = []
    for point in points:
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return ranges
