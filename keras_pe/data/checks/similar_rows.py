"""The similarity join: which texts of one part are much like one of another."""

import numpy as np

from keras_pe.data.checks.pair_codes import PairCodes

# Rows compared at a time, and the training texts that may share a pair for it to lead to them.
_CHUNK = 256
_COMMON = 2_000


def similar_rows(
    pairs: PairCodes, left: range, right: range, *, similarity: float
) -> tuple[dict[int, int], int]:
    """Finds for each text on the right one on the left with at least that Jaccard similarity.

    Two sets of n pairs of which at least the share t is common have k of their rarest
    n - ceil(t n) + k pairs in common (prefix filter, Chaudhuri et al. 2006, "A Primitive Operator
    for Similarity Joins in Data Cleaning"; with more than one, Wang et al. 2012, "Can We Beat the
    Prefix Filtering?"). Texts that meet so often there are compared.

    Args:
        pairs: `PairCodes` of all texts.
        left: range of texts to find.
        right: range of texts to find them for.
        similarity: float in (0, 1].

    Returns:
        A dict from the number of a text within `right` to that of its most similar text within
        `left`, and how many texts on the right have pairs too common to be looked up.
    """
    codes, rows = _rarest(pairs, left, similarity)
    order = np.argsort(codes, kind="stable")
    known = codes[order], rows[order]
    needed = _needed(np.diff(pairs.offsets))
    found, skipped = {}, 0
    for start in range(right.start, right.stop, _CHUNK):
        chunk = range(start, min(start + _CHUNK, right.stop))
        candidates, lost = _meeting(*known, *_rarest(pairs, chunk, similarity), needed)
        skipped += lost
        for row, other in _best(pairs, candidates, similarity):
            found[row - right.start] = other - left.start
    return dict(sorted(found.items())), skipped


def _needed(sizes):
    """Returns how many of its rarest pairs a text wants to see in another."""
    return np.maximum(sizes // 10, 1)


def _rarest(pairs, rows, similarity):
    """Returns the rarest pairs of each text, and the texts they belong to."""
    starts = pairs.offsets[rows.start : rows.stop]
    sizes = np.diff(pairs.offsets[rows.start : rows.stop + 1])
    # A little less than t n, so that rounding loses nothing.
    kept = sizes - np.ceil(similarity * sizes - 1e-9).astype(np.int64) + _needed(sizes)
    kept = np.minimum(kept, sizes)
    return pairs.codes[_spans(starts, kept)], np.repeat(np.arange(rows.start, rows.stop), kept)


def _spans(starts, sizes):
    """Returns starts[0], starts[0] + 1, ... for each span, one after the other."""
    ends = sizes.cumsum()
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + sizes, sizes)


def _meeting(codes, rows, asked, askers, needed):
    """Returns [K, 2] (asking row, known row), and how many rows cannot ask often enough."""
    first, last = np.searchsorted(codes, asked), np.searchsorted(codes, asked, side="right")
    common = last - first > _COMMON
    lost = np.bincount(askers[common], minlength=len(needed))
    sizes = np.where(common, 0, last - first)
    met = np.repeat(askers, sizes) * np.int64(len(needed)) + rows[_spans(first, sizes)]
    met, counts = np.unique(met, return_counts=True)
    askers, others = np.divmod(met, len(needed))
    enough = counts >= np.minimum(needed[askers], needed[others]) - lost[askers]
    candidates = np.stack([askers, others], axis=1)[enough]
    return candidates, int(((lost >= needed) & (lost > 0)).sum())


def _best(pairs, candidates, similarity):
    """Yields for each asking row the candidate that is most similar, if it is similar enough."""
    sizes = np.diff(pairs.offsets)[candidates]
    near = sizes.min(axis=1, initial=np.iinfo(np.int64).max) >= similarity * sizes.max(
        axis=1, initial=0
    )
    candidates, sizes = candidates[near], sizes[near]
    common = _common(pairs, candidates)
    scores = common / np.maximum(sizes.sum(axis=1) - common, 1)
    enough = scores >= similarity - 1e-9
    # The last one to be written stays: the most similar, and of equally similar ones the first.
    for at in np.lexsort((-candidates[:, 1], scores)):
        if enough[at]:
            yield candidates[at].tolist()


def _common(pairs, candidates):
    """Returns how many word pairs the two texts of each candidate share."""
    sizes = np.diff(pairs.offsets)
    counts = np.zeros(len(candidates), np.int64)
    for start in range(0, len(candidates), 20_000):
        some = candidates[start : start + 20_000]
        keys = [
            pairs.codes[_spans(pairs.offsets[column], sizes[column])]
            + np.repeat(np.arange(len(some)), sizes[column]) * np.int64(pairs.codes.max() + 1)
            for column in some.T
        ]
        both = np.sort(np.concatenate(keys))
        shared = both[1:][both[1:] == both[:-1]] // np.int64(pairs.codes.max() + 1)
        counts[start : start + len(some)] = np.bincount(shared, minlength=len(some))
    return counts
