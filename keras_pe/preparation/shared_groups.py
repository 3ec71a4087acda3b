"""Groups that stand in two parts of a corpus on disk."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

from keras_pe.data.checks.between_parts import shared_rows
from keras_pe.data.checks.finding import Finding, count_of, shown_pairs
from keras_pe.data.checks.group_leaks import GROUP_LEAKS
from keras_pe.data.example import Example
from keras_pe.data.sorted_search import places_among
from keras_pe.preparation.part_keys import PartKeys
from keras_pe.preparation.spilled_group_rows import SpilledGroupRows
from keras_pe.preparation.spills import Spills


class SharedGroups:
    """Compares the groups of parts, a range of them at a time.

    Args:
        parts: sequence of `PartKeys`.
        spills: `Spills`.
        folder: Path. Where to put what is of use meanwhile.
    """

    def __init__(self, parts: Sequence[PartKeys], spills: Spills, folder: Path):
        self._parts = parts
        self._spills = spills
        self._counts = {
            part.name: SpilledGroupRows(_in_one_stratum(part), folder / part.name, num_strata=1)
            for part in parts
        }

    def between(self, part: PartKeys, others: Sequence[PartKeys]) -> tuple[np.ndarray, int]:
        """Finds the groups of a part that any of some others has, too.

        Args:
            part: `PartKeys`.
            others: sequence of `PartKeys`.

        Returns:
            [G] uint64, these groups, rising; and how many rows the part has of them.
        """
        groups, rows = [np.zeros(0, np.uint64)], 0
        counts = [self._counts[each.name] for each in (part, *others)]
        for own, *of_others in zip(*counts, strict=True):
            known = np.concatenate([each.groups for each in of_others])
            shared = np.isin(own.groups, known)
            groups.append(own.groups[shared])
            rows += int(own.pairs[2][shared].sum())
        return np.concatenate(groups), rows

    def pair(
        self, part: PartKeys, others: Sequence[PartKeys], groups: np.ndarray
    ) -> tuple[Example, Example]:
        """Returns the first row of a part that is of some groups, and one of the same in others.

        Args:
            part: `PartKeys`.
            others: sequence of `PartKeys`. The first of them that has the group gives its first row
                of it.
            groups: [G] uint64, rising. Some that are in the part, and in one of the others.
        """
        key, row = self._first([part], groups)
        _, other = self._first(others, key["group"][None])
        return row, other

    def finding(self) -> Finding:
        """Returns what the check of groups finds, with one place for each two parts."""
        numbers, sentences, examples = {}, [], []
        for earlier, later in combinations(self._parts, 2):
            groups, rows = self.between(later, [earlier])
            numbers[f"{later.name} rows in {earlier.name}"] = rows
            numbers[f"{later.name} groups in {earlier.name}"] = len(groups)
            if rows:
                row, other = self.pair(later, [earlier], groups)
                examples += shown_pairs([(other, row)])
                counted = (rows, sum(map(len, _rows(later))))
                what = (count_of(len(groups), "group"), row.group)
                names = (earlier.name, later.name)
                sentences.append(shared_rows(names, (other, row), counted, what))
        return Finding(
            check=GROUP_LEAKS,
            found=bool(sentences),
            sentence="; ".join(sentences) or "no group in two parts",
            numbers=numbers,
            examples=examples,
        )

    def _first(self, parts: Sequence[PartKeys], groups: np.ndarray) -> tuple[np.void, Example]:
        """Returns the first key, and its row, that the first of some parts has of some groups."""
        part, found = next((part, own) for part in parts if (own := _firsts(part, groups)))
        key, bucket = min(found, key=lambda first: first[0]["at"])
        return key, self._spills.row(part.spilled, bucket, key["at"])


def _firsts(part: PartKeys, groups: np.ndarray) -> list[tuple[np.void, int]]:
    """Returns the first key that each bucket has of some groups, and the bucket."""
    buckets = (rows[places_among(groups, rows["group"]) >= 0] for rows in _rows(part))
    return [
        (rows[np.argmin(rows["at"])], bucket) for bucket, rows in enumerate(buckets) if len(rows)
    ]


def _in_one_stratum(part: PartKeys) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    for rows in _rows(part):
        yield rows["group"], np.zeros(len(rows), np.int64)


def _rows(part: PartKeys) -> Iterator[np.ndarray]:
    return (keys() for keys in part.buckets)
