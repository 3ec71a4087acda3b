"""A split as a rule of a few numbers, which tells the part of a row wherever it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from keras_pe.data.example import Example
from keras_pe.data.splits import draw
from keras_pe.preparation.number_band import NumberBand
from keras_pe.preparation.rarest_label import RarestLabel
from keras_pe.preparation.spill import text_draw


@dataclass(frozen=True, kw_only=True)
class HeldOutRule:
    """Tells which rows a split holds out, from their hashes and what stratum they are of.

    Splits hold out the texts of a stratum with the smallest hashes, until its share is full; texts
    that do not fit any more are left out. So a stratum needs one number, the largest hash held out,
    and the few hashes that were left out below it.

    Args:
        strata: `RarestLabel` or `NumberBand`.
        last: [S] int. The largest hash held out of the texts of a stratum, or -1.
        skipped: list of int. Hashes below that which are kept.
        added: list of int. Hashes held out besides.
        divided: list of [hash, stratum, rows]. Texts of which some copies are held out, since their
            class has no other.
        returned: list of int. Hashes kept after all, so that a label keeps a text.
        seed: int. That of the hashes; it also decides between copies.
    """

    strata: RarestLabel | NumberBand
    last: Sequence[int]
    skipped: list[int] = field(default_factory=list)
    added: list[int] = field(default_factory=list)
    divided: list[list[int]] = field(default_factory=list)
    returned: list[int] = field(default_factory=list)
    seed: int = 0

    def texts(self, draws: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, ...]:
        """Groups rows by their hash, and finds the stratum of each text.

        Args:
            draws: [N] uint64.
            labels: [N]. What `strata.of_rows` gives.

        Returns:
            The different hashes [M], rising; their strata [M]; their rows [M]; and for each row
            its place among these [N].
        """
        texts, at, rows = np.unique(draws, return_inverse=True, return_counts=True)
        return texts, self.strata.of_texts(labels, at, len(texts)), rows, at

    def is_held_out(self, keys: np.ndarray) -> np.ndarray:
        """Returns which rows are held out.

        Args:
            keys: [N] `KEY`, with labels as `strata.of_rows` gives them. All rows of their texts,
                copies in the order of the source.

        Returns:
            [N] bool.
        """
        return self._is_held_out(keys["draw"], keys["label"])

    def holds_out(self, examples: Sequence[Example]) -> np.ndarray:
        """Returns which examples are held out, [N] bool; they must stand as for `is_held_out`."""
        draws = np.array([text_draw(each, self.seed) for each in examples], np.uint64)
        return self._is_held_out(draws, self.strata.of_rows(examples))

    def _is_held_out(self, draws: np.ndarray, labels: np.ndarray) -> np.ndarray:
        if not len(draws):
            return np.zeros(0, bool)
        texts, owner, _, at = self.texts(draws, labels)
        held = texts.astype(np.int64) <= np.array(self.last, np.int64)[owner]
        held &= ~np.isin(texts, np.array(self.skipped, np.uint64))
        held |= np.isin(texts, np.array(self.added, np.uint64))
        rows = held[at]
        for number, stratum, size in self.divided:
            copies = np.flatnonzero(draws == np.uint64(number))
            rows[copies] = False
            rows[copies[_some(len(copies), self.strata.names[stratum], size, self.seed)]] = True
        rows[np.isin(draws, np.array(self.returned, np.uint64))] = False
        return rows


def _some(copies: int, label: str, size: int, seed: int) -> list[int]:
    """Chooses among the copies of a text as `stratified_split` does."""
    ordered = sorted((draw(seed, f"{at}:{label}"), at) for at in range(copies))
    return [at for _, at in ordered[: min(size, copies - 1)]]
