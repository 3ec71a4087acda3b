"""The groups that `grouped_split` would hold out of a corpus on disk."""

from collections.abc import Callable
from pathlib import Path

from keras_pe.data.grouped_split import groups_to_hold_out
from keras_pe.data.joined_groups import JoinedGroups, links_of
from keras_pe.preparation.held_out_groups import HeldOutGroups
from keras_pe.preparation.row_strata import RowStrata
from keras_pe.preparation.spilled_group_rows import SpilledGroupRows
from keras_pe.preparation.training_keys import TrainingKeys


def group_rule(
    keys: TrainingKeys,
    strata_of: Callable[[TrainingKeys], RowStrata],
    *,
    fraction: float,
    seed: int,
    folder: Path,
) -> HeldOutGroups:
    """Finds the groups to hold out, which are those of `grouped_split`.

    In memory are at a time the groups of a range of hashes, and what grows: those that share a text
    with another one, and those that are held out.

    Args:
        keys: `TrainingKeys`.
        strata_of: function of keys that returns the `RowStrata` of these.
        fraction: float in (0, 1). The share to hold out.
        seed: int. That of the hashes.
        folder: Path. Where to put what is of use meanwhile.

    Returns:
        `HeldOutGroups`.

    Raises:
        ValueError: no group can be held out so that all labels are learned.
    """
    joined = JoinedGroups(link for bucket in keys.buckets() for link in _links(keys, bucket()))
    strata = strata_of(keys)
    counts = SpilledGroupRows(
        (_groups_and_strata(strata, bucket(), joined) for bucket in strata.buckets),
        folder / "groups",
        num_strata=len(strata.names),
    )
    held_out = groups_to_hold_out(counts, joined, strata.names, fraction=fraction, place=keys.place)
    return HeldOutGroups(held_out, seed)


def _links(keys: TrainingKeys, rows) -> list[list[int]]:
    rows = rows[~keys.are_empty(rows)]
    return links_of(rows["draw"], rows["group"]).tolist()


def _groups_and_strata(strata: RowStrata, rows, joined: JoinedGroups):
    at, own = strata.of_labels(rows["label"])
    return joined.roots_of(rows["group"])[at], own
