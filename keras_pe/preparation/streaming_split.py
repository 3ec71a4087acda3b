"""A split by strata, for more rows than memory can hold."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from keras_pe.preparation.held_out_rule import HeldOutRule
from keras_pe.preparation.number_band import NumberBand
from keras_pe.preparation.rarest_label import RarestLabel
from keras_pe.preparation.rising import rising

_TEXT = np.dtype([("draw", "<u8"), ("owner", "<i4"), ("rows", "<i8")])


def streaming_split(
    buckets: Sequence[Callable[[], np.ndarray]],
    strata: RarestLabel | NumberBand,
    *,
    size_of: Callable[[list[int]], Sequence[int]],
    seed: int,
    folder: Path,
) -> tuple[HeldOutRule, dict[int, int]]:
    """Finds the rule by which a split in memory would hold out rows.

    It is the same split: first come the texts with the smallest hashes. Rows lie in buckets by
    other digits of the hash, so the copies of a text are together. One bucket at a time is reduced
    to its texts, sorted; then all texts are gone through by rising hash, a slice of them at a time.

    Args:
        buckets: sequence of functions without arguments that return the keys of a bucket, [N]
            `KEY`, with labels as `strata.of_rows` gives them. They are called several times.
        strata: `RarestLabel` or `NumberBand`.
        size_of: function of the number of rows of each stratum's texts, that returns how many of
            them to hold out.
        seed: int. That of the hashes.
        folder: Path. Where the texts of each bucket are kept meanwhile.

    Returns:
        `HeldOutRule`, and a dict from each stratum that has a single text to its hash: of these the
        rule holds out nothing.
    """
    rule = HeldOutRule(strata=strata, last=[-1] * strata.count, seed=seed)
    files = [folder / f"{at}.texts" for at in range(len(buckets))]
    rows = np.zeros(strata.count, np.int64)
    for keys, file in zip(buckets, files, strict=True):
        rows += _write_texts(keys(), rule, file)
    found = [_Stratum(size) for size in size_of(rows.tolist())]
    for texts in rising(files, _TEXT, by="draw"):
        for owner in np.unique(texts["owner"]):
            found[owner].take(texts[texts["owner"] == owner])
    rule = HeldOutRule(
        strata=strata,
        last=[each.last if each.texts > 1 else -1 for each in found],
        skipped=[draw for each in found for draw in each.skipped],
        added=[each.smallest[0] for each in found if each.last < 0 and each.texts > 1],
        seed=seed,
    )
    return rule, {at: each.first for at, each in enumerate(found) if each.texts == 1}


def _write_texts(keys: np.ndarray, rule: HeldOutRule, path: Path) -> np.ndarray:
    """Writes the texts of a bucket; returns how many rows there are of each stratum, [S]."""
    draws, owner, rows, _ = rule.texts(keys["draw"], keys["label"])
    texts = np.zeros(len(draws), _TEXT)
    texts["draw"], texts["owner"], texts["rows"] = draws, owner, rows
    texts.tofile(path)
    return np.bincount(owner, weights=rows, minlength=rule.strata.count).astype(np.int64)


class _Stratum:
    """What is held out of one stratum, while its texts come by rising hash."""

    def __init__(self, size: int):
        self.room = size
        self.texts = 0
        self.first = self.smallest = None
        self.last = -1
        self.skipped: list[int] = []
        self._passed: list[int] = []

    def take(self, texts: np.ndarray) -> None:
        self._look_at(texts)
        fits = texts["rows"].cumsum() <= self.room
        # Rows only add up, so what fits is at the front.
        whole = texts[: np.count_nonzero(fits)] if not self._passed else texts[:0]
        if len(whole):
            self.room -= int(whole["rows"].sum())
            self.last = int(whole["draw"][-1])
        for draw, _, rows in texts[len(whole) :].tolist():
            if not self.room:
                return
            if rows > self.room:
                self._passed.append(draw)
                continue
            self.room -= rows
            self.last = draw
            self.skipped += self._passed
            self._passed = []

    def _look_at(self, texts: np.ndarray) -> None:
        self.texts += len(texts)
        if self.first is None:
            self.first = int(texts["draw"][0])
        least = texts[np.argmin(texts["rows"])].tolist()
        if self.smallest is None or least[2] < self.smallest[2]:
            self.smallest = least
