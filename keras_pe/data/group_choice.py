"""Which groups are held out, so that every stratum gives about its share."""

import numpy as np

from keras_pe.data.group_rows import GroupRows

# Of the rows; beyond it, a stratum without any held-out row is the smaller evil.
_MOST = 0.5


class GroupChoice:
    """Chooses whole groups to hold out.

    Groups are gone through by rising number. One is held out if this brings the rows held out of
    its strata nearer to what they shall be, in the sum of (rows - wanted)^2 / wanted, and leaves
    each of them something to learn from. Then a stratum of which nothing is held out gets the group
    that costs least by the same measure, while at most half of the rows are held out.

    So every stratum keeps a row for training, and one whose rows are all in one group is held out
    nowhere. Shares are met as nearly as the sizes of groups allow; none is promised.

    Args:
        counts: `GroupRows`.
        fraction: float in (0, 1). The share of each stratum to hold out.

    Example:
        >>> counts = GroupRows(range(8), [0, 1] * 4, [2] * 8, names=["a", "b"])
        >>> GroupChoice(counts, fraction=0.25).held_out.tolist()
        [0, 1]
    """

    def __init__(self, counts: GroupRows, *, fraction: float):
        self._counts = counts
        self._sizes = counts.sizes.tolist()
        self._wanted = [max(round(fraction * size), 1) for size in self._sizes]
        self._held = [0] * len(self._sizes)
        self._places: set[int] = set()
        for place in range(len(counts.groups)):
            if self._may_go(place) and self._cost(place) < 0:
                self._take(place)
        for stratum in np.argsort(self._sizes, kind="stable").tolist():
            if not self._held[stratum]:
                self._take_one_of(counts.places_with(stratum))
        if not self._places:
            self._take_one_of(range(len(counts.groups)), most=sum(self._sizes))

    @property
    def held_out(self) -> np.ndarray:
        """The groups that are held out, [G] uint64, rising; none if none can be."""
        return self._counts.groups[sorted(self._places)]

    @property
    def held_rows(self) -> list[int]:
        """Rows that are held out of each stratum."""
        return list(self._held)

    def _may_go(self, place: int) -> bool:
        return all(
            self._held[stratum] + rows < self._sizes[stratum]
            for stratum, rows in self._counts.of(place)
        )

    def _cost(self, place: int) -> float:
        """What holding a group out adds to the sum of (rows - wanted)^2 / wanted."""
        return sum(
            rows * (rows + 2 * (self._held[at] - self._wanted[at])) / self._wanted[at]
            for at, rows in self._counts.of(place)
        )

    def _take(self, place: int) -> None:
        self._places.add(place)
        for stratum, rows in self._counts.of(place):
            self._held[stratum] += rows

    def _take_one_of(self, places, most: int | None = None) -> None:
        room = (_MOST * sum(self._sizes) if most is None else most) - sum(self._held)
        fitting = [
            place
            for place in places
            if self._may_go(place) and sum(rows for _, rows in self._counts.of(place)) <= room
        ]
        if fitting:
            self._take(min(fitting, key=lambda place: (self._cost(place), place)))
