"""How long the text is that a token belongs to."""

from keras import ops


def text_lengths(query_positions, key_positions, visible=None):
    """Returns the length of the text of every query and of every key: its last position plus 1.

    A text is what can be seen of it: keys that one query sees are of one text. So padding, other
    rows of the batch and other texts of a packed row do not count; in causal attention all tokens
    of a text count for each of them.

    Args:
        query_positions: [B or 1, Tq], float32.
        key_positions: [B or 1, Tk], float32. The same object in self-attention.
        visible: [B or 1, 1, Tq or 1, Tk], bool, True where a query may see a key; None if each sees
            all.

    Returns:
        Two tensors, [B or 1, Tq or 1] and [B or 1, Tk or 1], float32; the same object where query
        and key are the same tokens.

    Example:
        >>> positions = ops.array([[0.0, 1.0, 2.0, 0.0, 1.0]])
        >>> text = ops.array([[1, 1, 1, 2, 2]])
        >>> visible = ops.equal(text[:, :, None], text[:, None, :])[:, None]
        >>> lengths, _ = text_lengths(positions, positions, visible)
        >>> ops.convert_to_numpy(lengths).tolist()
        [[3.0, 3.0, 3.0, 2.0, 2.0]]
    """
    if visible is None or visible.shape[2] == 1:
        seen = key_positions if visible is None else _where(visible[:, 0, 0], key_positions)
        lengths = ops.max(seen, axis=1, keepdims=True) + 1.0
        return lengths, lengths
    visible = visible[:, 0]
    last_seen = ops.max(_where(visible, key_positions[:, None, :]), axis=2)
    of_keys = ops.max(_where(visible, last_seen[:, :, None]), axis=1)
    if key_positions is query_positions:
        return of_keys + 1.0, of_keys + 1.0
    return ops.max(_where(visible, of_keys[:, None, :]), axis=2) + 1.0, of_keys + 1.0


def _where(visible, positions):
    return ops.where(visible, positions, -1.0)
