"""What the arguments of batches must be."""

from collections.abc import Sequence

import numpy as np

from keras_pe.data.encoded import EncodedTexts


def check_batch_size(batch_size: int) -> None:
    """Refuses batches of nothing.

    Raises:
        ValueError: `batch_size` is less than 1.
    """
    if batch_size < 1:
        raise ValueError(f"`batch_size` must be at least 1. Received: batch_size={batch_size!r}")


def checked_lengths(lengths: Sequence[int], encoded: EncodedTexts) -> np.ndarray:
    """Returns lengths that batches may be padded to as an array.

    Raises:
        ValueError: they do not rise from at least 1, or a text is longer than the last one.
    """
    array = np.asarray(lengths)
    if array.ndim != 1 or not len(array) or array[0] < 1 or (np.diff(array) < 1).any():
        raise ValueError(f"`lengths` must rise from at least 1. Received: lengths={lengths!r}")
    if encoded.lengths.max() > array[-1]:
        raise ValueError(
            f"The last of `lengths` must hold the longest text, {encoded.lengths.max()} tokens. "
            f"Received: lengths={lengths!r}. `padded_lengths` of these texts gives some that do."
        )
    return array
