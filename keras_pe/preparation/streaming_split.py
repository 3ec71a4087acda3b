"""The split of `stratified_split`, for more rows than memory can hold."""

import dataclasses
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from keras_pe.data.splits import DRAWS
from keras_pe.data.stratified_split import held_out_size
from keras_pe.preparation.held_out_rule import HeldOutRule

_TEXT = np.dtype([("draw", "<u8"), ("owner", "<i4"), ("rows", "<i8")])

_logger = logging.getLogger(__name__)


def streaming_split(
    buckets: Sequence, *, labels: Sequence[str], fraction: float, seed: int, folder: Path
) -> HeldOutRule:
    """Finds the rule by which `stratified_split` would hold out rows.

    It is the same split: first come the texts with the smallest hashes. Rows lie in buckets by
    other digits of the hash, so the copies of a text are together. One bucket at a time is reduced
    to its texts, sorted; then all texts are gone through by rising hash, a slice of them at a time.

    Args:
        buckets: sequence of functions without arguments that return the keys of a bucket, [N]
            `KEY`, with labels that count in `labels`. They are called several times.
        labels: sequence of str. The classes, each with at least two rows.
        fraction: float in (0, 1). The share to hold out.
        seed: int. That of the hashes.
        folder: Path. Where the texts of each bucket are kept meanwhile.

    Returns:
        `HeldOutRule`.
    """
    sizes = sum(np.bincount(keys()["label"], minlength=len(labels)) for keys in buckets)
    rule = HeldOutRule(labels=labels, sizes=sizes.tolist(), last=[-1] * len(labels), seed=seed)
    files = [_write_texts(keys(), rule, folder / f"{at}.npy") for at, keys in enumerate(buckets)]
    classes = [_Class(held_out_size(size, fraction)) for size in rule.sizes]
    for texts in _rising(files):
        for label in np.unique(texts["owner"]):
            classes[label].take(texts[texts["owner"] == label])
    rule = _rule(rule, classes)
    return dataclasses.replace(rule, returned=_returned(buckets, rule))


def _write_texts(keys: np.ndarray, rule: HeldOutRule, path: Path) -> Path:
    draws, owner, rows, _ = rule.owners(keys["draw"], keys["label"])
    texts = np.zeros(len(draws), _TEXT)
    texts["draw"], texts["owner"], texts["rows"] = draws, owner, rows
    np.save(path, texts)
    return path


def _rising(files: Sequence[Path]) -> Iterator[np.ndarray]:
    """Yields all texts by rising hash, about as many at a time as a bucket has."""
    bounds = np.linspace(0, DRAWS, len(files) + 1).astype(np.uint64)
    texts = [np.load(file, mmap_mode="r") for file in files]
    places = [np.searchsorted(np.array(each["draw"]), bounds).tolist() for each in texts]
    for at in range(len(files)):
        slices = [each[p[at] : p[at + 1]] for each, p in zip(texts, places, strict=True)]
        together = np.concatenate(slices)
        yield together[np.argsort(together["draw"], kind="stable")]


class _Class:
    """What is held out of one class, while its texts come by rising hash."""

    def __init__(self, size: int):
        self.size = self.room = size
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
            self.first = texts[0].tolist()
        least = texts[np.argmin(texts["rows"])].tolist()
        if self.smallest is None or least[2] < self.smallest[2]:
            self.smallest = least


def _rule(rule: HeldOutRule, classes: Sequence[_Class]) -> HeldOutRule:
    last, skipped, added, divided = [], [], [], []
    for label, each in enumerate(classes):
        alone = each.texts == 1
        if alone:
            divided.append([each.first[0], label, each.size])
            _logger.warning(
                "The label %r has no more than one text, so its copies are in training and in "
                "validation.",
                rule.labels[label],
            )
        elif each.last < 0 and each.smallest:
            added.append(each.smallest[0])
        last.append(-1 if alone else each.last)
        skipped += each.skipped
    return dataclasses.replace(rule, last=last, skipped=skipped, added=added, divided=divided)


def _returned(buckets: Sequence, rule: HeldOutRule) -> list[int]:
    """Finds a text to keep for each class of which texts of rarer classes have taken all."""
    firsts: dict[int, tuple[int, int]] = {}
    kept = np.zeros(len(rule.labels), np.int64)
    for keys in buckets:
        rows = keys()
        held = rule.is_held_out(rows["draw"], rows["label"])
        kept += np.bincount(rows["label"][~held], minlength=len(kept))
        for label in np.unique(rows["label"]).tolist():
            own = rows[rows["label"] == label]
            first = own[np.argmin(own["at"])]
            firsts[label] = min(
                firsts.get(label, (np.inf, 0)), (int(first["at"]), int(first["draw"]))
            )
    returned: list[int] = []
    for label, (_, draw) in sorted(firsts.items(), key=lambda item: item[1]):
        if not kept[label]:
            returned.append(draw)
            kept += _classes_of(draw, buckets, len(kept))
    return returned


def _classes_of(draw: int, buckets: Sequence, classes: int) -> np.ndarray:
    rows = buckets[draw % len(buckets)]()
    return np.bincount(rows["label"][rows["draw"] == draw], minlength=classes)
