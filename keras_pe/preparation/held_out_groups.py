"""A split that holds out whole groups, told by their hashes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from keras_pe.data.example import Example
from keras_pe.data.grouped_split import group_numbers
from keras_pe.data.sorted_search import places_among


@dataclass(frozen=True, eq=False)
class HeldOutGroups:
    """Tells which rows a split holds out, from the hash of their group.

    Args:
        groups: [G] uint64, rising. Those that are held out.
        seed: int. That of the hashes.
    """

    groups: np.ndarray
    seed: int

    def is_held_out(self, keys: np.ndarray) -> np.ndarray:
        """Returns which rows are held out, [N] bool.

        Args:
            keys: [N] `KEY`.
        """
        return places_among(self.groups, keys["group"]) >= 0

    def holds_out(self, examples: Sequence[Example]) -> np.ndarray:
        """Returns which examples are held out, [N] bool."""
        return places_among(self.groups, group_numbers(examples, self.seed)) >= 0
