"""The strata of texts with labels: each counts for the rarest of its labels."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from keras_pe.data.example import Example


@dataclass(frozen=True)
class RarestLabel:
    """Puts a text into the stratum of the rarest label of its rows; the last one is for none.

    Args:
        names: sequence of str. The labels, the rarest first.

    Example:
        >>> RarestLabel.of({"b": 7, "c": 2, "a": 7}).names
        ['c', 'a', 'b']
    """

    names: Sequence[str]

    @classmethod
    def of(cls, rows: Mapping[str, int]) -> "RarestLabel":
        """Returns the strata of labels.

        Args:
            rows: mapping from the labels to how many rows have them.
        """
        return cls(sorted(rows, key=lambda name: (rows[name], name)))

    @property
    def count(self) -> int:
        """How many strata there are."""
        return len(self.names) + 1

    def numbers(self, label_sets: Iterable[Sequence[str]]) -> list[int]:
        """Returns the stratum of each of several sets of labels."""
        known = {name: number for number, name in enumerate(self.names)}
        return [min((known[n] for n in own), default=len(known)) for own in label_sets]

    def of_rows(self, examples: Sequence[Example]) -> np.ndarray:
        """Returns the stratum of each row, [N] int64: what its key holds."""
        return np.array(self.numbers(example.labels for example in examples), np.int64)

    def of_texts(self, strata: np.ndarray, at: np.ndarray, texts: int) -> np.ndarray:
        """Returns the stratum of each text, [M] int64.

        Args:
            strata: [N]. Those of the rows.
            at: [N] int. Which text each row holds.
            texts: int. M.
        """
        owner = np.full(texts, len(self.names), np.int64)
        np.minimum.at(owner, at, strata.astype(np.int64))
        return owner
