"""Token ids of many texts in one flat array, in memory or on disk."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from keras_pe.data.target_counts import TargetCounts
from keras_pe.data.weight_sums import WeightSums


@dataclass(frozen=True, eq=False)
class EncodedTexts:
    """Holds the token ids of N texts one after the other, their labels and weights.

    Args:
        ids: [total] int32. The tokens of all texts.
        offsets: [N + 1] int64. Text n is `ids[offsets[n]:offsets[n + 1]]`.
        labels: [N] int32 class numbers, [N, C] uint8 for sets of labels, [N] float32 numbers, or
            None where they are not known.
        full_lengths: [N] int32. Tokens of the texts before they were cut; None if none was.
        weights: [N] float64. What rows say that they count in training; None where they do not.

    Raises:
        ValueError: there are no texts, a text has no tokens, or the sizes do not fit together.

    Example:
        >>> encoded = EncodedTexts(np.array([2, 7, 3, 2, 3]), np.array([0, 3, 5]))
        >>> len(encoded), encoded.lengths.tolist(), encoded.cut
        (2, [3, 2], 0)
    """

    ids: np.ndarray
    offsets: np.ndarray
    labels: np.ndarray | None = None
    full_lengths: np.ndarray | None = None
    weights: np.ndarray | None = None

    def __post_init__(self):
        if len(self.offsets) < 2:
            raise ValueError("There must be at least one text. Received: none.")
        if self.offsets[0] != 0 or self.offsets[-1] != len(self.ids) or self.lengths.min() < 1:
            raise ValueError(
                "`offsets` must rise from 0 to the number of ids. Received: offsets="
                f"{self.offsets!r}, {len(self.ids)} ids"
            )
        for name in ("labels", "full_lengths", "weights"):
            column = getattr(self, name)
            if column is not None and len(column) != len(self):
                raise ValueError(
                    f"`{name}` must have one entry per text. "
                    f"Received: {len(column)} entries, {len(self)} texts"
                )

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @cached_property
    def lengths(self) -> np.ndarray:
        """Tokens of each text, [N] int64."""
        return np.diff(self.offsets)

    @cached_property
    def cut(self) -> int:
        """How many texts lost tokens because they were too long."""
        return 0 if self.full_lengths is None else int((self.full_lengths > self.lengths).sum())

    @cached_property
    def target_counts(self) -> TargetCounts:
        """How often labels stand at the texts."""
        return TargetCounts.of(self.labels)

    @cached_property
    def weight_sums(self) -> WeightSums | None:
        """What the texts weigh; None where rows do not say it."""
        return None if self.weights is None else WeightSums.of(self.weights, self.labels)

    def length_counts(self) -> tuple[np.ndarray, np.ndarray]:
        """Returns rising lengths [M] int64, in tokens, and the texts of each [M] int64."""
        return np.unique(self.lengths, return_counts=True)

    def full_length_percentiles(self, shares: Sequence[float]) -> np.ndarray:
        """Returns percentiles of the lengths before texts were cut."""
        full = self.lengths if self.full_lengths is None else self.full_lengths
        return np.percentile(full, shares)

    def windows(self, size: int) -> Iterator["EncodedTexts"]:
        """Yields itself: texts in memory need not be gone through `size` at a time."""
        yield self

    @classmethod
    def load(cls, folder: str | os.PathLike[str]) -> "EncodedTexts":
        """Opens what `encode_examples` wrote; the ids stay on disk.

        Args:
            folder: str or path.

        Returns:
            EncodedTexts.

        Raises:
            FileNotFoundError: a file is missing.
            ValueError: the files are damaged or do not belong together.
        """
        folder = Path(folder)
        files = {name: folder / f"{name}.npy" for name in ("labels", "weights")}
        return cls(
            ids=np.load(folder / "ids.npy", mmap_mode="r"),
            offsets=np.load(folder / "offsets.npy"),
            full_lengths=np.load(folder / "full_lengths.npy"),
            **{name: np.load(file) for name, file in files.items() if file.exists()},
        )
