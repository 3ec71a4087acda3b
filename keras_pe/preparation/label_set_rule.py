"""The rule by which `label_set_split` would hold out rows of a corpus on disk."""

import dataclasses
from collections import Counter
from pathlib import Path

import numpy as np

from keras_pe.data.splits import DRAWS
from keras_pe.data.strata_split import size_of_share
from keras_pe.preparation.checked_rule import checked_rule
from keras_pe.preparation.held_out_rule import HeldOutRule
from keras_pe.preparation.rarest_label import RarestLabel
from keras_pe.preparation.streaming_split import streaming_split
from keras_pe.preparation.training_keys import TrainingKeys


def label_set_rule(keys: TrainingKeys, *, fraction: float, seed: int, folder: Path) -> HeldOutRule:
    """Finds the rule where a text has any number of labels.

    Args:
        keys: `TrainingKeys`.
        fraction: float in (0, 1). The share to hold out.
        seed: int. That of the hashes.
        folder: Path. Where to put what is of use meanwhile.

    Returns:
        `HeldOutRule`.

    Raises:
        ValueError: as `label_set_split` raises.
    """
    rows: Counter[str] = Counter()
    for label_set, size in keys.rows.items():
        rows.update(dict.fromkeys(label_set, size))
    strata = RarestLabel.of(rows)
    numbers = dict(zip(keys.rows, strata.numbers(keys.rows), strict=True))
    rule, _ = streaming_split(
        keys.buckets(numbers),
        strata,
        size_of=lambda sizes: [size_of_share(size, fraction) for size in sizes],
        seed=seed,
        folder=folder,
    )
    rule = dataclasses.replace(rule, returned=_returned(keys, rule, numbers))
    return checked_rule(rule, keys, numbers)


def _returned(keys: TrainingKeys, rule: HeldOutRule, strata: dict) -> list[int]:
    """Finds for each label that would keep no text the first of its texts, by hash."""
    sets = list(strata)
    kept, first = np.zeros(len(sets), bool), np.full(len(sets), DRAWS, np.uint64)
    by_stratum = keys.buckets(strata)
    by_set = keys.buckets({label_set: number for number, label_set in enumerate(sets)})
    for in_stratum, in_set in zip(by_stratum, by_set, strict=True):
        rows, own = in_stratum(), in_set()["label"].astype(np.int64)
        held = rule.is_held_out(rows)
        kept[own[~held]] = True
        np.minimum.at(first, own, rows["draw"])
    found: dict[str, int] = {}
    for label_set, draw in zip(sets, first.tolist(), strict=True):
        for label in label_set:
            found[label] = min(found.get(label, DRAWS), draw)
    safe = {label for at in np.flatnonzero(kept) for label in sets[at]}
    return [draw for label, draw in sorted(found.items()) if label not in safe]
