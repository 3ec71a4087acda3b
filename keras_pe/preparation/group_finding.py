"""What the check of groups finds in the parts of a corpus on disk, as they end."""

import tempfile
from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path

from keras_pe.data.checks.finding import Finding
from keras_pe.preparation.held_out_groups import HeldOutGroups
from keras_pe.preparation.part_keys import PartKeys
from keras_pe.preparation.shared_groups import SharedGroups
from keras_pe.preparation.spills import Spills
from keras_pe.preparation.training_keys import TrainingKeys


def group_finding(
    keys: TrainingKeys,
    rule: HeldOutGroups | None,
    held_out: Sequence[str],
    spills: Spills,
    *,
    labels: Collection[str],
    folder: Path,
) -> Finding:
    """Finds the groups that are in two parts.

    Args:
        keys: `TrainingKeys`, without what leaks leave out.
        rule: `HeldOutGroups`, where validation is held out of training.
        held_out: sequence of str. The parts besides training that were read.
        spills: `Spills`.
        labels: collection of str. The labels that there are: rows with others are in no part.
        folder: Path. Where to put what is of use meanwhile.

    Returns:
        `Finding`.
    """
    buckets = keys.buckets()
    parts = [PartKeys("training", "train", buckets)]
    if rule is not None:
        parts = [
            PartKeys(name, "train", [partial(_divided, keys, rule, out) for keys in buckets])
            for name, out in (("training", False), ("validation", True))
        ]
    for part in held_out:
        firsts, known = spills.firsts(part), set(labels)
        # Numbers have no firsts, and all of them are known.
        numbers = {own: 0 for own in firsts if known.issuperset(firsts[own].labels)}
        parts.append(PartKeys.given(spills, part, len(buckets), numbers if firsts else None))
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        return SharedGroups(parts, spills, Path(scratch)).finding()


def _divided(keys, rule: HeldOutGroups, held_out: bool):
    rows = keys()
    return rows[rule.is_held_out(rows) == held_out]
