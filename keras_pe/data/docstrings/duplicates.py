"""Leaves one text of each group of texts that are nearly the same."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from tqdm import tqdm

from keras_pe.data.word_pairs import word_pairs


def distinct_texts(texts: Sequence[str], *, progress: bool = False) -> list[int]:
    """Chooses texts no two of which have half of their word pairs in common.

    A text stays unless one before it that stays is too similar, so put the preferred copy first.
    The measure is the Jaccard similarity |A & B| / |A | B| of the sets of word pairs; from 1/2 on
    two texts are near duplicates. None is missed: of two such sets, the rarer half of one and the
    rarer half of the other meet, so that only texts that meet there need to be compared (prefix
    filter, Chaudhuri et al. 2006, "A Primitive Operator for Similarity Joins in Data Cleaning").

    Args:
        texts: in order of preference.
        progress: whether to show a bar on standard error.

    Returns:
        The indices of the texts that stay, ascending.

    Example:
        >>> distinct_texts(["Adds one to x.", "Turns a page.", "adds one to X"])
        [0, 1]
    """
    ranked = _rank_pairs(map(word_pairs, texts))
    sets = [frozenset(pairs) for pairs in ranked]
    texts_with: dict[int, list[int]] = defaultdict(list)
    kept = []
    for index, pairs in enumerate(tqdm(ranked, "near duplicates", disable=not progress)):
        rarest = pairs[: len(pairs) // 2 + 1]
        candidates = {other for pair in rarest for other in texts_with[pair]}
        if not any(_similar(sets[index], sets[other]) for other in candidates):
            kept.append(index)
            for pair in rarest:
                texts_with[pair].append(index)
    return kept


def _rank_pairs(sets: Iterable[set[str]]) -> list[list[int]]:
    """Writes each set as ascending numbers, the rarest pair of all texts being 0."""
    sets = list(sets)
    counts = Counter(pair for pairs in sets for pair in pairs)
    by_rarity = sorted(counts, key=lambda pair: (counts[pair], pair))
    rank = {pair: number for number, pair in enumerate(by_rarity)}
    return [sorted(rank[pair] for pair in pairs) for pairs in sets]


def _similar(left: frozenset[int], right: frozenset[int]) -> bool:
    if 2 * min(len(left), len(right)) < max(len(left), len(right)):
        return False
    common = len(left & right)
    return 2 * common >= len(left) + len(right) - common
