"""How many rows of each stratum a group has."""

import numpy as np


class GroupRows:
    """Counts rows per group and stratum: 20 bytes for each two that meet.

    Args:
        groups: [P] uint64. A number for each group, in whose order groups are gone through.
        strata: [P] int. Numbers of strata, from 0.
        rows: [P] int. Rows of that group in that stratum; those of equal pairs are added up.
        num_strata: int.

    Example:
        >>> counts = GroupRows([7, 3, 7], [0, 0, 1], [1, 2, 1], num_strata=2)
        >>> counts.groups.tolist(), counts.sizes.tolist(), counts.of(1)
        ([3, 7], [3, 1], [(0, 1), (1, 1)])
    """

    def __init__(self, groups, strata, rows, *, num_strata: int):
        order = np.lexsort((strata, groups))
        groups = np.asarray(groups, np.uint64)[order]
        strata = np.asarray(strata, np.uint32)[order]
        is_first = np.ones(len(order), bool)
        is_first[1:] = (np.diff(groups) > 0) | (np.diff(strata.astype(np.int64)) != 0)
        firsts = np.flatnonzero(is_first)
        self._own, self._strata = groups[firsts], strata[firsts]
        self._rows = np.add.reduceat(np.asarray(rows, np.int64)[order], firsts)
        self._num_strata = num_strata
        self.groups, starts = np.unique(self._own, return_index=True)
        self._bounds = [*starts.tolist(), len(self._own)]

    @property
    def sizes(self) -> np.ndarray:
        """Rows of each stratum, [S] int64."""
        counts = np.bincount(self._strata, self._rows, minlength=self._num_strata)
        return counts.astype(np.int64)

    @property
    def pairs(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Groups, strata and rows, [P] each, by rising group and stratum."""
        return self._own, self._strata, self._rows

    def of(self, place: int) -> list[tuple[int, int]]:
        """Returns (stratum, rows) of the group `groups[place]`."""
        own = slice(*self._bounds[place : place + 2])
        return list(zip(self._strata[own].tolist(), self._rows[own].tolist(), strict=True))

    def places_with(self, stratum: int) -> list[int]:
        """Returns the places of the groups that have rows of a stratum."""
        return np.searchsorted(self.groups, self._own[self._strata == stratum]).tolist()
