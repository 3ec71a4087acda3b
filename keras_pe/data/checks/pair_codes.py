"""The word pairs of many texts as numbers, the rarest first."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from keras_pe.data.word_pairs import lower_words


@dataclass(frozen=True, eq=False)
class PairCodes:
    """Holds the distinct word pairs of N texts one after the other.

    Args:
        codes: [total] int64. Pairs as numbers, ascending within a text; 0 is the rarest pair of
            all texts.
        offsets: [N + 1] int64. Text n has `codes[offsets[n]:offsets[n + 1]]`.

    Example:
        >>> pairs = PairCodes.of(["tea for two", "Two for tea", "tea for 2, for 3"])
        >>> np.diff(pairs.offsets).tolist()
        [2, 2, 3]
    """

    codes: np.ndarray
    offsets: np.ndarray

    @classmethod
    def of(cls, texts: Iterable[str]) -> "PairCodes":
        """Returns the pairs of texts; a text of one word has that word, an empty one nothing.

        All numbers are one word.
        """
        numbers = _Numbers()
        words = [np.array([numbers[word] for word in lower_words(t)], np.int64) for t in texts]
        sizes = np.array([len(each) for each in words], np.int64)
        rows = np.repeat(np.arange(len(words)), sizes)
        flat = np.concatenate([*words, np.zeros(1, np.int64)])
        # A text of one word is paired with 0, which is no word.
        alone = np.repeat(sizes == 1, sizes)
        follows = np.append(rows[1:] == rows[:-1], np.zeros(min(len(rows), 1), bool))
        pairs = flat[:-1] * (len(numbers) + 1) + np.where(alone, 0, flat[1:])
        kept = follows | alone
        return cls._ranked(pairs[kept], rows[kept], len(words))

    @classmethod
    def _ranked(cls, pairs, rows, count):
        """Numbers the pairs by how many texts have them."""
        base = pairs.max(initial=0) + 1
        rows, pairs = np.divmod(_distinct(rows * base + pairs), base)
        order = np.argsort(pairs)
        starts = np.flatnonzero(np.diff(pairs[order], prepend=-1))
        counts = np.diff(np.append(starts, len(pairs)))
        rank = np.empty_like(counts)
        rank[np.argsort(counts, kind="stable")] = np.arange(len(counts))
        codes = np.empty_like(pairs)
        codes[order] = np.repeat(rank, counts)
        codes = np.sort(rows * (len(counts) + 1) + codes) % (len(counts) + 1)
        offsets = np.concatenate([[0], np.bincount(rows, minlength=count).cumsum()])
        return cls(codes, offsets)


class _Numbers(dict):
    """Numbers words from 1 as they come, all decimal numbers alike."""

    def __missing__(self, word):
        number = self["#"] if word.isdecimal() else len(self) + 1
        return self.setdefault(word, number)


def _distinct(numbers):
    # `np.unique` takes six times as long on millions of numbers (NumPy 2.3: a hash table).
    numbers = np.sort(numbers)
    return numbers[np.diff(numbers, prepend=-1) > 0]
