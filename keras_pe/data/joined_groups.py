"""Groups that share a text, found one to be one."""

from collections.abc import Iterable

import numpy as np

from keras_pe.data.sorted_search import places_among


class JoinedGroups:
    """Knows for each group that is joined to a smaller one the smallest that it is joined to.

    That one is its root, so that nothing depends on the order of the links.

    Args:
        links: iterable of pairs of int. Groups that must stay together.

    Example:
        >>> joined = JoinedGroups([(7, 3), (9, 7), (4, 4), (8, 5)])
        >>> len(joined), joined.roots_of(np.array([2, 7, 9, 8], "uint64")).tolist()
        (3, [2, 3, 3, 5])
        >>> joined.with_joined(np.array([3, 4], "uint64")).tolist()
        [3, 4, 7, 9]

    Source: union-find with path halving, Tarjan and van Leeuwen (1984), Worst-case analysis of set
    union algorithms.
    """

    def __init__(self, links: Iterable[tuple[int, int]]):
        found = sorted(_joined(links).items())
        self._groups = np.array([group for group, _ in found], np.uint64)
        self._roots = np.array([root for _, root in found], np.uint64)

    def __len__(self) -> int:
        return len(self._groups)

    def roots_of(self, groups: np.ndarray) -> np.ndarray:
        """Returns the group that stands for each of some groups: its root, or itself.

        Args:
            groups: [N] uint64.

        Returns:
            [N] uint64.
        """
        at = places_among(self._groups, groups)
        return np.where(at >= 0, self._roots[at], groups) if len(self) else groups

    def with_joined(self, roots: np.ndarray) -> np.ndarray:
        """Returns some roots and all groups that are joined to them, rising.

        Args:
            roots: [N] uint64, rising.

        Returns:
            [M] uint64.
        """
        own = self._groups[places_among(roots, self._roots) >= 0]
        return np.sort(np.concatenate([roots, own]))


def _joined(links: Iterable[tuple[int, int]]) -> dict[int, int]:
    parent: dict[int, int] = {}

    def root(group: int) -> int:
        while (above := parent.get(group, group)) != group:
            parent[group] = parent.get(above, above)
            group = parent[group]
        return group

    for one, other in links:
        smaller, larger = sorted((root(one), root(other)))
        if smaller != larger:
            parent[larger] = smaller
    return {group: root(group) for group in parent}


def links_of(texts: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Returns the pairs of groups that rows of one text join.

    Args:
        texts: [N] int. What rows of equal texts have in common.
        groups: [N] uint64.

    Returns:
        [L, 2] uint64, neighbours among the groups of a text.

    Example:
        >>> links_of(np.array([1, 2, 1, 2]), np.array([5, 8, 6, 8], "uint64")).tolist()
        [[5, 6]]
    """
    order = np.lexsort((groups, texts))
    texts, groups = texts[order], groups[order]
    links = (texts[1:] == texts[:-1]) & (groups[1:] != groups[:-1])
    return np.stack([groups[:-1][links], groups[1:][links]], axis=1)
