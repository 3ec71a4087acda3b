"""The beginning of texts, as much of it as some pieces cover."""

from collections.abc import Sequence

import tensorflow as tf

from keras_pe.text.tokenizer import Tokenizer

_AT_A_TIME = 256


def first_pieces(texts: Sequence[str], tokenizer: Tokenizer, count: int) -> list[str]:
    """Returns each text as far as its first pieces go.

    Args:
        texts: sequence of str.
        tokenizer: `Tokenizer`.
        count: int, at least 1. Most pieces of a text; shorter ones stay as they are.

    Raises:
        ValueError: the tokenizer cleans or normalises texts, which keeps no offsets.

    Example:
        >>> from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer
        >>> vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "good", "film", "##s", "!"]
        >>> first_pieces(["A good films!", "A film"], WordPieceTokenizer(vocabulary), 3)
        ['A good film', 'A film']
    """
    found = []
    for start in range(0, len(texts), _AT_A_TIME):
        encoded = [text.encode("utf-8", "replace") for text in texts[start : start + _AT_A_TIME]]
        _, _, ends = tokenizer.tokenize_with_offsets(tf.constant(encoded))
        for text, places in zip(encoded, ends.to_list(), strict=True):
            end = places[count - 1] if len(places) > count else len(text)
            found.append(text[:end].decode("utf-8", "replace"))
    return found
