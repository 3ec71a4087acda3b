"""Groups that share a text, found one to be one."""

from collections.abc import Iterable

import numpy as np


def joined_groups(links: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Returns for each group that is joined to a smaller one the smallest that it is joined to.

    Args:
        links: iterable of pairs of int. Groups that must stay together; their order plays no part.

    Returns:
        Dict from int to int.

    Example:
        >>> joined_groups([(7, 3), (9, 7), (4, 4), (8, 5)])
        {7: 3, 9: 3, 8: 5}

    Source: union-find with path halving, Tarjan and van Leeuwen (1984), Worst-case analysis of set
    union algorithms. The smaller number is the root, so that the result tells of no order.
    """
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


def roots_of(groups: np.ndarray, joined: dict[int, int]) -> np.ndarray:
    """Returns the group that stands for each group and those it is joined to.

    Args:
        groups: [N] uint64.
        joined: dict, as of `joined_groups`.

    Returns:
        [N] uint64.

    Example:
        >>> roots_of(np.array([2, 7, 9], "uint64"), {7: 3, 9: 3}).tolist()
        [2, 3, 3]
    """
    if not joined:
        return groups
    known = np.array(sorted(joined), np.uint64)
    roots = np.array([joined[group] for group in sorted(joined)], np.uint64)
    at = np.minimum(np.searchsorted(known, groups), len(known) - 1)
    return np.where(known[at] == groups, roots[at], groups)


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
