"""A stratified split as a rule of a few numbers, which tells the part of a row wherever it is."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

import numpy as np

from keras_pe.data.splits import draw


@dataclass(frozen=True, kw_only=True)
class HeldOutRule:
    """Tells which rows `stratified_split` holds out, from their hashes and labels.

    `stratified_split` holds out the texts of a class with the smallest hashes, until its share is
    full; texts that do not fit any more are left out. So a class needs one number, the largest hash
    held out, and the few hashes that were left out below it.

    Args:
        labels: sequence of str. The classes.
        sizes: [C] int. Their rows; the rarest class of those that share a text owns it.
        last: [C] int. The largest hash held out of the texts that a class owns, or -1.
        skipped: list of int. Hashes below that which are kept.
        added: list of int. Hashes held out besides.
        divided: list of [hash, class, rows]. Texts of which some copies are held out, since their
            class has no other.
        returned: list of int. Hashes kept after all, so that a class keeps a text.
        seed: int. Decides between copies.
    """

    labels: Sequence[str]
    sizes: Sequence[int]
    last: Sequence[int]
    skipped: list[int] = field(default_factory=list)
    added: list[int] = field(default_factory=list)
    divided: list[list[int]] = field(default_factory=list)
    returned: list[int] = field(default_factory=list)
    seed: int = 0

    def owners(self, draws: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, ...]:
        """Groups rows by their hash, and gives each text to the rarest of its classes.

        Args:
            draws: [N] uint64.
            labels: [N] int. Classes.

        Returns:
            The different hashes [M], rising; their classes [M]; their rows [M]; and for each row
            its place among these [N].
        """
        by_rarity = np.array(sorted(self._classes, key=lambda c: (self.sizes[c], self.labels[c])))
        rarity = np.argsort(by_rarity)
        texts, at, rows = np.unique(draws, return_inverse=True, return_counts=True)
        owner = np.full(len(texts), len(by_rarity), np.int64)
        np.minimum.at(owner, at, rarity[labels])
        return texts, by_rarity[owner], rows, at

    def is_held_out(self, draws: np.ndarray, labels: np.ndarray) -> np.ndarray:
        """Returns which rows are held out.

        Args:
            draws: [N] uint64. All rows of their texts, copies in the order of the source.
            labels: [N] int. Classes.

        Returns:
            [N] bool.
        """
        if not len(draws):
            return np.zeros(0, bool)
        texts, owner, _, at = self.owners(draws, labels)
        held = texts.astype(np.int64) <= np.array(self.last, np.int64)[owner]
        held &= ~np.isin(texts, np.array(self.skipped, np.uint64))
        held |= np.isin(texts, np.array(self.added, np.uint64))
        rows = held[at]
        for number, label, size in self.divided:
            copies = np.flatnonzero(draws == np.uint64(number))
            rows[copies] = False
            rows[copies[_some(len(copies), self.labels[label], size, self.seed)]] = True
        rows[np.isin(draws, np.array(self.returned, np.uint64))] = False
        return rows

    def to_dict(self) -> dict:
        """Returns what JSON can hold."""
        return asdict(self)

    @property
    def _classes(self):
        return range(len(self.labels))


def _some(copies: int, label: str, size: int, seed: int) -> list[int]:
    """Chooses among the copies of a text as `stratified_split` does."""
    ordered = sorted((draw(seed, f"{at}:{label}"), at) for at in range(copies))
    return [at for _, at in ordered[: min(size, copies - 1)]]
