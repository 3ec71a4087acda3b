"""What `keras_pe.data.on_leak` would leave out of training, of a corpus on disk."""

import logging
import tempfile
from pathlib import Path

import numpy as np

from keras_pe.data.checks.finding import count_of
from keras_pe.data.checks.leaks import leaked_rows
from keras_pe.data.on_leak import refusal
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
        on_leak: str. As for `keras_pe.data.on_leak`.

    Raises:
        ValueError: `on_leak` is "error" and there is such a row.
    """
    if on_leak == "warn":
        return False
    leaked, firsts = 0, []
    for bucket in range(num_buckets):
        keys = spills.keys("train", bucket)
        places = keys["at"][spills.leaks(bucket, keys["draw"])]
        leaked += len(places)
        firsts += [(places.min(), bucket)] if len(places) else []
    if not leaked:
        return True
    row, other = _leaked_pair(spills, min(firsts)[1])
    if on_leak == "error":
        raise ValueError(refusal("text", (row, other), leaked, spills.num_rows("train")))
    _logger.warning(
        "Dropped %s whose text is held out too, first %s = %s.",
        *(count_of(leaked, "training row"), row.place, other.place),
    )
    return True


def dropped_groups(
    keys: TrainingKeys, held_out: list[PartKeys], spills: Spills, *, on_leak: str, folder: Path
) -> np.ndarray:
    """Returns the groups of training that are held out too, if they are left out; says of how many.

    Args:
        keys: `TrainingKeys`, without the rows whose text is left out.
        held_out: list of `PartKeys`. The given parts besides training.
        spills: `Spills`.
        on_leak: str. As for `keras_pe.data.on_leak`.
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


def _leaked_pair(spills, bucket):
    held_out = [*spills.rows("validation", bucket), *spills.rows("test", bucket)]
    return leaked_rows(spills.rows("train", bucket), held_out)[0]
