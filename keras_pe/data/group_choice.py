"""Which groups are held out, so that every stratum gives about its share."""

from array import array
from collections.abc import Iterable, Iterator

import numpy as np

from keras_pe.data.group_rows import GroupRows

# Of the rows; beyond it, a stratum without any held-out row is the smaller evil.
_MOST = 0.5

Counts = list[tuple[int, int]]  # (stratum, rows) of a group


class GroupChoice:
    """Chooses whole groups to hold out.

    Groups are gone through by rising number. One is held out if this brings the rows held out of
    its strata nearer to what they shall be, in the sum of (rows - wanted)^2 / wanted, and leaves
    each of them something to learn from. Then a stratum of which nothing is held out gets the group
    that costs least by the same measure, while at most half of the rows are held out.

    So every stratum keeps a row for training, and one whose rows are all in one group is held out
    nowhere. Shares are met as nearly as the sizes of groups allow; none is promised.

    Args:
        slices: iterable of `GroupRows`, gone over several times: one that has all groups, or
            several, the groups of each above those of the one before.
        fraction: float in (0, 1). The share of each stratum to hold out.

    Example:
        >>> counts = GroupRows(range(8), [0, 1] * 4, [2] * 8, num_strata=2)
        >>> GroupChoice([counts], fraction=0.25).held_out.tolist()
        [0, 1]
    """

    def __init__(self, slices: Iterable[GroupRows], *, fraction: float):
        self._slices = slices
        totals = [(len(counts.groups), counts.sizes) for counts in slices]
        self.num_groups = sum(groups for groups, _ in totals)
        self._sizes = sum(sizes for _, sizes in totals).tolist()
        self._wanted = [max(round(fraction * size), 1) for size in self._sizes]
        self._held = [0] * len(self._sizes)
        # Of many million groups, a list would take five times as much.
        self._taken = array("Q")
        for group, rows in self._groups():
            if self._may_go(rows) and self._cost(rows) < 0:
                self._take(group, rows)
        for stratum in np.argsort(self._sizes, kind="stable").tolist():
            if not self._held[stratum]:
                self._take_one_of(self._groups_with(stratum))
        if not self._taken:
            self._take_one_of(self._groups(), most=sum(self._sizes))

    @property
    def held_out(self) -> np.ndarray:
        """The groups that are held out, [G] uint64, rising; none if none can be."""
        return np.sort(np.array(self._taken, np.uint64))

    @property
    def rows(self) -> tuple[np.ndarray, np.ndarray]:
        """The rows of each stratum, and how many of them are held out, [S] int64 both."""
        return np.array(self._sizes), np.array(self._held)

    def _groups(self) -> Iterator[tuple[int, Counts]]:
        for counts in self._slices:
            for place, group in enumerate(counts.groups.tolist()):
                yield group, counts.of(place)

    def _groups_with(self, stratum: int) -> Iterator[tuple[int, Counts]]:
        for counts in self._slices:
            for place in counts.places_with(stratum):
                yield int(counts.groups[place]), counts.of(place)

    def _may_go(self, own: Counts) -> bool:
        return all(self._held[stratum] + rows < self._sizes[stratum] for stratum, rows in own)

    def _cost(self, own: Counts) -> float:
        """What holding a group out adds to the sum of (rows - wanted)^2 / wanted."""
        return sum(
            rows * (rows + 2 * (self._held[at] - self._wanted[at])) / self._wanted[at]
            for at, rows in own
        )

    def _take(self, group: int, own: Counts) -> None:
        self._taken.append(group)
        for stratum, rows in own:
            self._held[stratum] += rows

    def _take_one_of(self, groups: Iterator[tuple[int, Counts]], most: int | None = None) -> None:
        room = (_MOST * sum(self._sizes) if most is None else most) - sum(self._held)
        fitting = (
            (self._cost(own), group, own)
            for group, own in groups
            if self._may_go(own) and sum(rows for _, rows in own) <= room
        )
        _, group, own = min(fitting, default=(0, None, ()))
        if group is not None:
            self._take(group, own)
