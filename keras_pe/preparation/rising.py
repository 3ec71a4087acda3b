"""Sorted tables on disk, gone through together."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from keras_pe.data.splits import DRAWS


def rising(files: Sequence[Path], kind: np.dtype, *, by: str) -> Iterator[np.ndarray]:
    """Yields the rows of all tables by rising hash, about as many at a time as one table has.

    Each time come the rows whose hash is in the next one of as many equal ranges as there are
    tables; there may be none. So the same hashes come at the same time out of other tables, too,
    if there are as many of these.

    Args:
        files: sequence of paths of arrays that `tofile` wrote, [N], each sorted by the hash.
        kind: dtype of their rows.
        by: str. The field of the hash, a whole number below `DRAWS`.
    """
    bounds = np.linspace(0, DRAWS, len(files) + 1).astype(np.uint64)
    places = [np.searchsorted(np.fromfile(file, kind)[by], bounds).tolist() for file in files]
    for at in range(len(files)):
        # Read, not mapped: what is mapped counts as memory until the whole file is let go.
        slices = [
            np.fromfile(file, kind, own[at + 1] - own[at], offset=own[at] * kind.itemsize)
            for file, own in zip(files, places, strict=True)
        ]
        together = np.concatenate(slices)
        yield together[np.argsort(together[by], kind="stable")]
