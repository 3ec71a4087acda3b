"""The pairs of neighbouring words of a text: what near duplicates have in common."""

import re

from keras_pe.data.cjk import CJK_CHARACTERS

_WORD = re.compile(rf"[^\W\d_{CJK_CHARACTERS}]+|\d+|(?!\d)[^\W_]")


def lower_words(text: str) -> list[str]:
    """Returns the words of a text in lower case, without punctuation.

    A Chinese, Japanese or Korean character is a word of its own, and so is a number.

    Example:
        >>> lower_words("Adds 3 to x_1: 茶壶")
        ['adds', '3', 'to', 'x', '1', '茶', '壶']
    """
    return _WORD.findall(text.lower())


def word_pairs(text: str) -> set[str]:
    """Returns the distinct pairs of neighbouring words; case is folded, all numbers are one.

    Example:
        >>> sorted(word_pairs("Adds 3 to x, adds 4 to y."))
        ['# to', 'adds #', 'to x', 'to y', 'x adds']
    """
    words = ["#" if word.isdecimal() else word for word in lower_words(text)]
    return set(map(" ".join, zip(words, words[1:], strict=False))) or {" ".join(words)}
