"""Texts to ask a model that hold nothing of its training data."""

import itertools
import re

from keras_pe.text.tokenizer import Tokenizer


def vocabulary_texts(tokenizer: Tokenizer, rows: int, words: int) -> list[str]:
    """Returns texts of words of a vocabulary, different ones: equal ones would hide mistakes.

    Args:
        tokenizer: gives the words.
        rows: int. How many texts.
        words: int. Words of each.
    """
    pieces = map(tokenizer.piece_text, tokenizer.vocabulary)
    unused = re.compile(r"\[.+\]|")  # BERT's [unused1], ..., and what is no text by itself
    endless = itertools.cycle(piece for piece in pieces if not unused.fullmatch(piece))
    return [" ".join(itertools.islice(endless, words)) for _ in range(rows)]
