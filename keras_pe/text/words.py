"""The words of a text as the WordPiece tokenizer sees them, before it looks for pieces."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

import tensorflow as tf
import tensorflow_text as tf_text

from keras_pe.text.special_tokens import UNKNOWN

# What `FastBertTokenizer` takes at most for a word, and what a longer one becomes: [UNK].
MAX_WORD_BYTES = 100


class WordSplitter:
    """Splits texts into words with the operations that `FastBertTokenizer` is made of.

    Words end at white space, control characters and punctuation. A punctuation mark or a Chinese
    character is a word of its own.

    Args:
        lowercase: bool. Whether to fold case and strip accents.

    Example:
        >>> dict(WordSplitter(lowercase=True).count(["Ein Café, ein Tee"]))
        {'ein': 2, 'cafe': 1, ',': 1, 'tee': 1}
    """

    def __init__(self, *, lowercase: bool):
        self._normalizer = tf_text.FastBertNormalizer(lower_case_nfd_strip_accents=lowercase)
        # No word can begin with a continuation, so every word is unknown and comes back whole.
        self._splitter = tf_text.FastWordpieceTokenizer([UNKNOWN, "##x"], token_out_type=tf.int32)

    def count(self, texts: Iterable[str]) -> Counter[str]:
        """Returns how often each word stands in the texts.

        Args:
            texts: iterable of str; gone over once.

        Returns:
            Counter of the words of at most 100 bytes, in the order of their first appearance.
        """
        words = Counter()
        for chunk in _chunks(texts, size=512):
            words.update(self._words(chunk))
        return Counter({word.decode(): count for word, count in words.items()})

    def joining(self, characters: Iterable[str]) -> set[str]:
        """Returns the characters that can stand inside a word, not only at its start."""
        characters = list(characters)
        if not characters:
            return set()
        twice = tf.constant([character * 2 for character in characters])
        counts = self._splitter.tokenize(twice).row_lengths().numpy()
        return {
            character for character, count in zip(characters, counts, strict=True) if count == 1
        }

    def _words(self, texts: list[str]) -> Iterator[bytes]:
        encoded = [text.encode("utf-8", "replace") for text in texts]
        normalized = self._normalizer.normalize(tf.constant(encoded))
        _, starts, ends = self._splitter.tokenize_with_offsets(normalized)
        for text, first, last in zip(
            normalized.numpy(), starts.to_list(), ends.to_list(), strict=True
        ):
            for start, end in zip(first, last, strict=True):
                if end - start <= MAX_WORD_BYTES:
                    yield text[start:end]


def _chunks(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    remaining = iter(texts)
    return iter(lambda: list(islice(remaining, size)), [])
