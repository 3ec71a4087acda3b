"""Sorted tables on disk, gone through together."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from keras_pe.data.splits import DRAWS


def rising(files: Sequence[Path], *, by: str) -> Iterator[np.ndarray]:
    """Yields the rows of all tables by rising hash, about as many at a time as one table has.

    Each time come the rows whose hash is in the next one of as many equal ranges as there are
    tables; there may be none. So the same hashes come at the same time out of other tables, too,
    if there are as many of these.

    Args:
        files: sequence of paths of [N] structured arrays, each sorted by the hash.
        by: str. The field of the hash, a whole number below `DRAWS`.
    """
    bounds = np.linspace(0, DRAWS, len(files) + 1).astype(np.uint64)
    tables = [np.load(file, mmap_mode="r") for file in files]
    places = [np.searchsorted(np.array(each[by]), bounds).tolist() for each in tables]
    for at in range(len(files)):
        slices = [each[p[at] : p[at + 1]] for each, p in zip(tables, places, strict=True)]
        together = np.concatenate(slices)
        yield together[np.argsort(together[by], kind="stable")]
