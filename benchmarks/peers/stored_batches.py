"""Batches of token ids in a file, so that every contender, in whatever library, reads the same."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

Batch = tuple[np.ndarray, np.ndarray]


def write_batches(path: str | Path, batches: Iterable[Batch]) -> None:
    """Writes pairs of token ids [B, T] and labels [B] to an .npz file, in their order."""
    arrays = {}
    for number, (ids, labels) in enumerate(batches):
        arrays |= {f"ids_{number}": ids, f"labels_{number}": labels}
    np.savez(path, **arrays)


def read_batches(path: str | Path) -> list[Batch]:
    """Returns what `write_batches` wrote."""
    with np.load(path) as arrays:
        return [
            (arrays[f"ids_{number}"], arrays[f"labels_{number}"])
            for number in range(len(arrays) // 2)
        ]


def evenly_spread(batches: Iterable[Batch], count: int) -> list[Batch]:
    """Returns some batches of an epoch that stand for all: evenly spread over their lengths.

    Few texts would not fill batches of one length each, as those of a whole epoch do.

    Args:
        batches: pairs of token ids and labels.
        count: int. How many; all if there are fewer.

    Example:
        >>> batches = [(np.zeros((2, length)), np.zeros(2)) for length in (8, 2, 6, 4)]
        >>> [ids.shape[1] for ids, _ in evenly_spread(batches, 2)]
        [4, 8]
    """
    by_length = sorted(batches, key=lambda batch: batch[0].shape[1])
    count = min(count, len(by_length))
    # From the middle of each of as many equal parts.
    return [by_length[(2 * part + 1) * len(by_length) // (2 * count)] for part in range(count)]


def fixed_length(batches: Iterable[Batch], length: int, batch_size: int, seed: int) -> list[Batch]:
    """Returns the same texts in random order, all padded to one length: the plain way.

    Args:
        batches: pairs of token ids and labels.
        length: int, at least that of the longest text.
        batch_size: int.
        seed: int. Of the order.
    """
    batches = list(batches)
    ids = np.concatenate([np.pad(ids, ((0, 0), (0, length - ids.shape[1]))) for ids, _ in batches])
    labels = np.concatenate([labels for _, labels in batches])
    order = np.random.default_rng(seed).permutation(len(ids))
    cuts = range(batch_size, len(order), batch_size)
    return [(ids[rows], labels[rows]) for rows in np.split(order, cuts)]
