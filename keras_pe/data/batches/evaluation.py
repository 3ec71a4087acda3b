"""Batches to validate and test on, and to answer from."""

from collections.abc import Iterator, Sequence

import numpy as np
import tensorflow as tf

from keras_pe.data.batches.arguments import check_batch_size, checked_lengths
from keras_pe.data.batches.dataset import dataset_of_rows
from keras_pe.data.encoded import EncodedTexts


def evaluation_batches(
    encoded: EncodedTexts,
    *,
    batch_size: int,
    lengths: Sequence[int],
    full_length: int = 512,
) -> tuple[tf.data.Dataset, np.ndarray]:
    """Serves every text once, the shortest first, and few long ones at a time.

    Args:
        encoded: EncodedTexts.
        batch_size: int, at least 1. Texts per batch of such as have up to `full_length` tokens.
        lengths: rising sequence of int. What rows may be padded to, in tokens.
        full_length: int. Of longer texts a batch has at most `batch_size * full_length` tokens,
            padding included, or one text: attention of more takes gigabytes, and no less time.

    Returns:
        The `tf.data.Dataset` of (token ids [B, T] int32, rows of the labels), or of the token ids
        alone if there are no labels; and the order [N] int64: the k-th row served is text
        `order[k]`.

    Raises:
        ValueError: an argument is out of its range, or a text is longer than the last length.

    Example:
        >>> encoded = EncodedTexts(np.array([2, 7, 3, 2, 3]), np.array([0, 3, 5]))
        >>> dataset, order = evaluation_batches(encoded, batch_size=2, lengths=[3])
        >>> next(iter(dataset)).numpy().tolist(), order.tolist()
        ([[2, 3, 0], [2, 7, 3]], [1, 0])
    """
    check_batch_size(batch_size)
    lengths = checked_lengths(lengths, encoded)
    order = np.argsort(encoded.lengths, kind="stable")
    widths = lengths[np.searchsorted(lengths, encoded.lengths[order])]
    batches = np.split(order, list(_ends(widths, batch_size, batch_size * full_length))[:-1])
    return dataset_of_rows(encoded, lambda: iter(batches), lengths, len(batches)), order


def _ends(widths: np.ndarray, batch_size: int, max_tokens: int) -> Iterator[int]:
    """Yields where batches of rows end that are padded to rising widths."""
    start = 0
    while start < len(widths):
        end = min(start + batch_size, len(widths))
        while end - start > 1 and (end - start) * widths[end - 1] > max_tokens:
            end -= 1
        yield end
        start = end
