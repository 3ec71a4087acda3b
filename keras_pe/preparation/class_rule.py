"""The rule by which `stratified_split` would hold out rows of a corpus on disk."""

import dataclasses
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from keras_pe.data.stratified_split import held_out_size, refuse_single
from keras_pe.preparation.held_out_rule import HeldOutRule
from keras_pe.preparation.rarest_label import RarestLabel
from keras_pe.preparation.streaming_split import streaming_split
from keras_pe.preparation.training_keys import TrainingKeys

_logger = logging.getLogger(__name__)


def class_rule(keys: TrainingKeys, *, fraction: float, seed: int, folder: Path) -> HeldOutRule:
    """Finds the rule where a text has one of several labels.

    Args:
        keys: `TrainingKeys`.
        fraction: float in (0, 1). The share to hold out.
        seed: int. That of the hashes.
        folder: Path. Where to put what is of use meanwhile.

    Returns:
        `HeldOutRule`.

    Raises:
        ValueError: a label is there once.
    """
    refuse_single([keys.firsts[name] for name, rows in keys.rows.items() if rows == 1])
    strata = RarestLabel.of(keys.rows)
    # Texts without any label there are none.
    sizes = [*(held_out_size(keys.rows[name], fraction) for name in strata.names), 0]
    buckets = keys.buckets({name: number for number, name in enumerate(strata.names)})
    rule, alone = streaming_split(
        buckets, strata, size_of=lambda rows: sizes, seed=seed, folder=folder
    )
    for stratum in alone:
        _logger.warning(
            "The label %r has no more than one text, so its copies are in training and in "
            "validation.",
            strata.names[stratum],
        )
    divided = [[draw, stratum, sizes[stratum]] for stratum, draw in alone.items()]
    rule = dataclasses.replace(rule, divided=divided)
    return dataclasses.replace(rule, returned=_returned(buckets, rule))


def _returned(buckets: Sequence, rule: HeldOutRule) -> list[int]:
    """Finds a text to keep for each class of which texts of rarer classes have taken all."""
    firsts: dict[int, tuple[int, int]] = {}
    kept = np.zeros(rule.strata.count, np.int64)
    for keys in buckets:
        rows = keys()
        labels = rows["label"].astype(np.int64)
        held = rule.is_held_out(rows)
        kept += np.bincount(labels[~held], minlength=len(kept))
        for label in np.unique(labels).tolist():
            own = rows[labels == label]
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
    return np.bincount(rows["label"][rows["draw"] == draw].astype(np.int64), minlength=classes)
