"""What is kept of a text that is longer than a model reads."""

import tensorflow as tf

from keras_pe.text.truncations import TRUNCATIONS, check_truncation


def truncate(pieces: tf.RaggedTensor, room: int | tf.Tensor, truncation: str) -> tf.RaggedTensor:
    """Cuts rows that are too long.

    Args:
        pieces: [B, None], ragged.
        room: int, or [B] int. Pieces that a row may keep.
        truncation: str. A key of `TRUNCATIONS`: which it keeps.

    Returns:
        [B, None], ragged. Rows that are short enough are as they were.

    Raises:
        ValueError: `truncation` is unknown.

    Example:
        >>> pieces = tf.ragged.constant([[5, 6, 7, 8, 9], [5, 6]])
        >>> {name: truncate(pieces, 3, name).to_list()[0] for name in ("head", "tail", "head_tail")}
        {'head': [5, 6, 7], 'tail': [7, 8, 9], 'head_tail': [5, 8, 9]}
    """
    check_truncation(truncation)
    starts, lengths = pieces.row_starts(), pieces.row_lengths()
    room = tf.cast(room, lengths.dtype)
    kept = tf.minimum(lengths, room)
    first = tf.minimum(kept, TRUNCATIONS[truncation](room))
    ends = starts + lengths
    last = tf.ragged.range(ends - (kept - first), ends)
    places = tf.concat([tf.ragged.range(starts, starts + first), last], axis=1)
    return tf.gather(pieces.flat_values, places)


def truncate_pairs(
    first: tf.RaggedTensor, second: tf.RaggedTensor, room: int, truncation: str
) -> tuple[tf.RaggedTensor, tf.RaggedTensor]:
    """Cuts pairs that are too long together: the longer one first, both where both are long.

    Args:
        first: [B, None], ragged.
        second: [B, None], ragged.
        room: int. Pieces that a pair may keep.
        truncation: str. A key of `TRUNCATIONS`: which of its own a text that is cut keeps.

    Returns:
        Two [B, None], ragged.

    Example:
        >>> first = tf.ragged.constant([[1, 2], [1, 2, 3, 4]])
        >>> second = tf.ragged.constant([[5, 6, 7], [5]])
        >>> [kept.to_list() for kept in truncate_pairs(first, second, 4, "head")]
        [[[1, 2], [1, 2, 3]], [[5, 6], [5]]]

    Source: `truncate_seq_pair` of BERT, https://github.com/google-research/bert, which cuts piece
    by piece, to the same lengths.
    """
    lengths, others = first.row_lengths(), second.row_lengths()
    room = tf.constant(room, lengths.dtype)
    kept = tf.minimum(lengths, tf.maximum((room + 1) // 2, room - others))
    return truncate(first, kept, truncation), truncate(second, room - kept, truncation)


def truncate_beside_windows(
    first: tf.RaggedTensor,
    second: tf.RaggedTensor,
    room: int,
    *,
    window_room: int,
    second_length: int,
) -> tuple[tf.RaggedTensor, tf.RaggedTensor]:
    """Cuts pairs whose first text is read in windows, each beside the second text.

    A pair that a single window holds stays as it is. Of others the second text keeps the first
    `second_length` pieces, or what a short first text leaves of a window; the first text keeps as
    many as there is room for.

    Args:
        first: [B, None], ragged.
        second: [B, None], ragged.
        room: int. Pieces that a pair may keep.
        window_room: int, less than `room`. Pieces of both texts that a window has room for.
        second_length: int, less than `window_room`.

    Returns:
        Two [B, None], ragged.

    Example:
        >>> first = tf.ragged.constant([[1] * 9, [1], [1] * 9])
        >>> second = tf.ragged.constant([[5, 6, 7, 8], [5, 6, 7, 8], [5]])
        >>> kept = truncate_beside_windows(first, second, 9, window_room=5, second_length=2)
        >>> [texts.row_lengths().numpy().tolist() for texts in kept]
        [[7, 1, 8], [2, 4, 1]]
    """
    lengths, others = first.row_lengths(), second.row_lengths()
    beside = tf.minimum(others, tf.maximum(window_room - lengths, second_length))
    return truncate(first, room - beside, "window"), truncate(second, beside, "window")
