"""How long the text is that a token belongs to."""

from keras import ops


def text_lengths(query_positions, key_positions, same_text=None):
    """Returns the length of the text of every query and of every key: its last position plus 1.

    So padding, other rows of the batch and other texts of a packed row do not count.

    Args:
        query_positions: [B or 1, Tq], float32.
        key_positions: [B or 1, Tk], float32. The same object in self-attention.
        same_text: [B or 1, 1, Tq or 1, Tk], bool, True where the key is a token of the query's
            text; None if all are.

    Returns:
        Two tensors, [B or 1, Tq or 1] and [B or 1, Tk or 1], float32; the same object where query
        and key are the same tokens.

    Example:
        >>> positions = ops.array([[0.0, 1.0, 2.0, 0.0, 1.0]])
        >>> text = ops.array([[1, 1, 1, 2, 2]])
        >>> same_text = ops.equal(text[:, :, None], text[:, None, :])[:, None]
        >>> lengths, _ = text_lengths(positions, positions, same_text)
        >>> ops.convert_to_numpy(lengths).tolist()
        [[3.0, 3.0, 3.0, 2.0, 2.0]]
    """
    if same_text is None or same_text.shape[2] == 1:
        seen = key_positions if same_text is None else _of_text(same_text[:, 0, 0], key_positions)
        lengths = ops.max(seen, axis=1, keepdims=True) + 1.0
        return lengths, lengths
    same_text = same_text[:, 0]
    last = ops.max(_of_text(same_text, key_positions[:, None, :]), axis=2)
    of_keys = ops.max(_of_text(same_text, last[:, :, None]), axis=1)
    if key_positions is query_positions:
        return of_keys + 1.0, of_keys + 1.0
    return ops.max(_of_text(same_text, of_keys[:, None, :]), axis=2) + 1.0, of_keys + 1.0


def _of_text(same_text, positions):
    return ops.where(same_text, positions, -1.0)
