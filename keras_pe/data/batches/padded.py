"""Texts side by side, padded to one of few lengths."""

from collections.abc import Sequence

import numpy as np

from keras_pe.data.encoded import EncodedTexts


def padded_batch(
    encoded: EncodedTexts, rows: np.ndarray, lengths: np.ndarray, columns: Sequence[np.ndarray]
):
    """Returns some texts as a batch, padded with 0 to the first of `lengths` that holds them.

    Args:
        encoded: EncodedTexts.
        rows: [B] int. Which texts.
        lengths: [L] rising int. What rows may be padded to, in tokens.
        columns: sequence of [N, ...]. Labels and whatever else stands beside the ids.

    Returns:
        Token ids [B, T] int32 and the rows of the columns, or the ids alone.
    """
    ids = _padded(encoded, rows, lengths)
    return (ids, *(column[rows] for column in columns)) if columns else ids


def _padded(encoded: EncodedTexts, rows: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    sizes = encoded.lengths[rows]
    width = lengths[np.searchsorted(lengths, sizes.max())]
    ids = np.zeros((len(rows), width), np.int32)
    ends = np.cumsum(sizes)
    places = np.arange(ends[-1]) + np.repeat(encoded.offsets[rows] - ends + sizes, sizes)
    ids[np.arange(width) < sizes[:, None]] = encoded.ids[places]
    return ids
