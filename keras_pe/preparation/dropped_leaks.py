"""What `without_leaks` would leave out of training, of a corpus on disk."""

import logging
import tempfile
from pathlib import Path

import numpy as np

from keras_pe.data.checks.finding import count_of
from keras_pe.data.on_leak import refusal, without_leaks
from keras_pe.preparation.part_keys import PartKeys
from keras_pe.preparation.shared_groups import SharedGroups
from keras_pe.preparation.spills import Spills
from keras_pe.preparation.training_keys import TrainingKeys

_logger = logging.getLogger(__name__)


def drops_texts(spills: Spills, num_buckets: int, *, on_leak: str) -> bool:
    """Returns whether training rows whose text is held out too are left out; says how many.

    Args:
        spills: `Spills`.
        num_buckets: int.
        on_leak: str. As for `without_leaks`.

    Raises:
        ValueError: `on_leak` is "error" and there is such a row.
    """
    if on_leak == "warn":
        return False
    counts = [
        int(spills.leaks(bucket, spills.keys("train", bucket)["draw"]).sum())
        for bucket in range(num_buckets)
    ]
    if sum(counts) and on_leak == "error":
        _refuse(spills, next(bucket for bucket, count in enumerate(counts) if count))
    if sum(counts):
        rows = count_of(sum(counts), "training row")
        _logger.warning("Dropped %s whose text is held out too.", rows)
    return True


def dropped_groups(
    keys: TrainingKeys, held_out: list[PartKeys], spills: Spills, *, on_leak: str, folder: Path
) -> np.ndarray:
    """Returns the groups of training that are held out too, if they are left out; says of how many.

    Args:
        keys: `TrainingKeys`, without the rows whose text is left out.
        held_out: list of `PartKeys`. The given parts besides training.
        spills: `Spills`.
        on_leak: str. As for `without_leaks`.
        folder: Path. Where to put what is of use meanwhile.

    Returns:
        [G] uint64, rising.

    Raises:
        ValueError: `on_leak` is "error" and there is such a group.
    """
    if on_leak == "warn":
        return np.zeros(0, np.uint64)
    train = PartKeys("training", "train", keys.buckets())
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        shared = SharedGroups([train, *held_out], spills, Path(scratch))
        groups, rows = shared.between(train, held_out)
    if not rows:
        return groups
    row, other = shared.pair(train, held_out, groups)
    if on_leak == "error":
        total = sum(len(bucket()) for bucket in keys.buckets())
        raise ValueError(refusal("group", (row, other), rows, total))
    _logger.warning(
        "Dropped %s whose group is held out too, first %s = %s.",
        *(count_of(rows, "training row"), row.place, other.place),
    )
    return groups


def _refuse(spills, bucket):
    held_out = [*spills.rows("validation", bucket), *spills.rows("test", bucket)]
    without_leaks(spills.rows("train", bucket), held_out, on_leak="error")
