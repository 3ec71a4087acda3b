"""The spilled examples of a whole corpus, part by part."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from keras_pe.data.example import Example
from keras_pe.data.splits import draw_number
from keras_pe.preparation.spill import read_keys, read_label_counts, read_rows

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
        self._counts = {
            part: [read_label_counts(each) for each in own] for part, own in self._folders.items()
        }
        self._empty = np.uint64(draw_number(seed, ""))

    def firsts(self, part: str) -> dict[str, Example]:
        """Returns the first example of each label, without its text."""
        found: dict[str, Example] = {}
        for counts in self._counts.get(part, []):
            for label, (_, example) in counts.items():
                found.setdefault(label, example)
        return found

    def rows(self, part: str, bucket: int) -> list[Example]:
        """Returns the examples of a bucket, in the order of the sources."""
        folders = self._folders.get(part, [])
        return [example for folder in folders for example in read_rows(folder, bucket)]

    def keys(self, part: str, bucket: int, labels: Sequence[str]) -> np.ndarray:
        """Returns the keys of a bucket, [N] `KEY`, in the order of the sources.

        Args:
            part: str.
            bucket: int.
            labels: sequence of str. What labels count in; rows with others are left out.
        """
        numbers = {label: number for number, label in enumerate(labels)}
        found = [
            self._numbered(folder, bucket, [numbers.get(label, -1) for label in counts], place)
            for place, (folder, counts) in enumerate(
                zip(self._folders.get(part, []), self._counts.get(part, []), strict=True)
            )
        ]
        return np.concatenate(found) if found else read_keys(Path(), bucket)

    def _numbered(self, folder, bucket, numbers, place):
        keys = read_keys(folder, bucket)
        labels = np.array(numbers or [-1], np.int64)[keys["label"]]
        keys["at"] += place * _SOURCE
        keys["label"] = np.maximum(labels, 0)
        return keys[labels >= 0]

    def leaks(self, bucket: int, draws: np.ndarray) -> np.ndarray:
        """Returns which hashes of training are also of a text in another part, [N] bool.

        Empty texts do not count.
        """
        others = [read_keys(folder, bucket)["draw"] for folder in self._held_out()]
        if not others:
            return np.zeros(len(draws), bool)
        return np.isin(draws, np.concatenate(others)) & (draws != self._empty)

    def _held_out(self) -> list[Path]:
        return [f for part, own in self._folders.items() if part != "train" for f in own]
