"""How many rows each group has of each stratum, for more groups than memory can hold."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from keras_pe.data.group_rows import GroupRows
from keras_pe.preparation.rising import rising

_PAIR = np.dtype([("group", "<u8"), ("stratum", "<u4"), ("rows", "<i8")])


class SpilledGroupRows:
    """Keeps `GroupRows` on disk; gives them anew, a range of groups at a time by rising hash.

    Args:
        buckets: iterable of the groups and the strata of the rows in a bucket, [M] int each. Groups
            may have rows in all buckets.
        folder: Path. Where to put a file for every bucket; made if it is missing.
        num_strata: int.
    """

    def __init__(
        self,
        buckets: Iterable[tuple[np.ndarray, np.ndarray]],
        folder: Path,
        *,
        num_strata: int,
    ):
        folder.mkdir(exist_ok=True)
        self._num_strata = num_strata
        self._files: list[Path] = []
        for groups, strata in buckets:
            own = GroupRows(groups, strata, np.ones(len(groups)), num_strata=num_strata)
            pairs = np.zeros(len(own.pairs[0]), _PAIR)
            pairs["group"], pairs["stratum"], pairs["rows"] = own.pairs
            self._files.append(folder / f"{len(self._files)}.pairs")
            pairs.tofile(self._files[-1])

    def __iter__(self) -> Iterator[GroupRows]:
        for pairs in rising(self._files, _PAIR, by="group"):
            own = pairs["group"], pairs["stratum"], pairs["rows"]
            yield GroupRows(*own, num_strata=self._num_strata)
