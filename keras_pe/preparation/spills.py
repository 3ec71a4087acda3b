"""The spilled examples of a whole corpus, part by part."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from keras_pe.data.example import Example
from keras_pe.data.splits import draw_number
from keras_pe.preparation.spill import read_firsts, read_keys, read_num_rows, read_rows

# Far more rows than a source can have: so places rise from source to source.
_SOURCE = 2**40


class Spills:
    """Reads the buckets of the sources of each part.

    Args:
        folder: Path. Where the folders of `spill` are.
        names: dict from `train`, `validation` and `test` to the names of these folders, in the
            order of the sources.
        seed: int. That of the hash.
    """

    def __init__(self, folder: Path, names: dict[str, list[str]], seed: int):
        self._folders = {
            part: [folder / name for name in own] for part, own in names.items() if own
        }
        self._firsts = {
            part: [read_firsts(each) for each in own] for part, own in self._folders.items()
        }
        self._empty = np.uint64(draw_number(seed, ""))

    def num_rows(self, part: str) -> int:
        """Returns how many rows there are."""
        return sum(map(read_num_rows, self._folders.get(part, [])))

    def firsts(self, part: str) -> dict[str | tuple[str, ...], Example]:
        """Returns the first example of each label, or set of labels, without its text.

        Where labels are numbers, there are none.
        """
        found: dict[str | tuple[str, ...], Example] = {}
        for firsts in self._firsts.get(part, []):
            for label, example in firsts.items():
                found.setdefault(label, example)
        return found

    def rows(self, part: str, bucket: int) -> list[Example]:
        """Returns the examples of a bucket, in the order of the sources."""
        folders = self._folders.get(part, [])
        return [example for folder in folders for example in read_rows(folder, bucket)]

    def keys(self, part: str, bucket: int, numbers: Mapping | None = None) -> np.ndarray:
        """Returns the keys of a bucket, [N] `KEY`, in the order of the sources.

        Args:
            part: str.
            bucket: int.
            numbers: mapping from labels, or sets of labels, to what keys shall hold of them; rows
                with others are left out. None leaves what stands there: the number that the label
                is, or its number in its own source.
        """
        folders, firsts = self._folders.get(part, []), self._firsts.get(part, [])
        found = [
            _keys(folder, bucket, place, _in_order(labels, numbers))
            for place, (folder, labels) in enumerate(zip(folders, firsts, strict=True))
        ]
        return np.concatenate(found) if found else read_keys(Path(), bucket)

    def row(self, part: str, bucket: int, at: int) -> Example:
        """Returns the example of a bucket whose key says that it stands at a place."""
        (index,) = np.flatnonzero(self.keys(part, bucket)["at"] == at)
        return self.rows(part, bucket)[index]

    def is_empty(self, draws: np.ndarray) -> np.ndarray:
        """Returns which hashes are that of an empty text, [N] bool."""
        return draws == self._empty

    def leaks(self, bucket: int, draws: np.ndarray) -> np.ndarray:
        """Returns which hashes of training are also of a text in another part, [N] bool.

        Empty texts do not count.
        """
        others = [read_keys(folder, bucket)["draw"] for folder in self._held_out()]
        if not others:
            return np.zeros(len(draws), bool)
        return np.isin(draws, np.concatenate(others)) & ~self.is_empty(draws)

    def _held_out(self) -> list[Path]:
        return [f for part, own in self._folders.items() if part != "train" for f in own]


def _in_order(labels: Mapping, numbers: Mapping | None) -> list[int] | None:
    return None if numbers is None else [numbers.get(label, -1) for label in labels]


def _keys(folder: Path, bucket: int, place: int, numbers: Sequence[int] | None) -> np.ndarray:
    keys = read_keys(folder, bucket)
    keys["at"] += place * _SOURCE
    if numbers is None:
        return keys
    keys["label"] = np.array([*numbers, -1], np.int64)[keys["label"].astype(np.int64)]
    return keys[keys["label"] >= 0]
