"""Which keys a query may see."""

from keras import ops


def keys_of_text(queries, keys):
    """Returns which keys are tokens of the text of each query.

    Args:
        queries: `Tokens`.
        keys: `Tokens`.

    Returns:
        [B, 1, Tq or 1, Tk], bool; None if all are.

    Example:
        >>> from keras_pe.layers.tokens import Tokens
        >>> tokens = Tokens.of(ops.ones((1, 3, 2)), segment_ids=ops.array([[1, 1, 2]]))
        >>> ops.convert_to_numpy(keys_of_text(tokens, tokens))[0, 0].tolist()
        [[True, True, False], [True, True, False], [False, False, True]]
    """
    conditions = []
    if keys.mask is not None:
        conditions.append(ops.cast(keys.mask, "bool")[:, None, None, :])
    if keys.segment_ids is not None:
        same = ops.equal(queries.segment_ids[:, :, None], keys.segment_ids[:, None, :])
        conditions.append(same[:, None])
    return _all(conditions)


def visible_keys(queries, keys, same_text, causal=False, window=None):
    """Returns which keys each query may see: of its text, not later if causal, and not too far.

    Args:
        queries: `Tokens`.
        keys: `Tokens`.
        same_text: What `keys_of_text` returned.
        causal: bool. Whether keys that stand after the query are closed.
        window: int. The most tokens between query and key, plus 1; None for any number.

    Returns:
        [B or 1, 1, Tq or 1, Tk], bool; None if every query sees every key.

    Example:
        >>> from keras_pe.layers.tokens import Tokens
        >>> tokens = Tokens.of(ops.ones((1, 3, 2)))
        >>> ops.convert_to_numpy(visible_keys(tokens, tokens, None, window=1))[0, 0].tolist()
        [[True, True, False], [True, True, True], [False, True, True]]
    """
    conditions = [] if same_text is None else [same_text]
    if causal:
        conditions.append((_differences(queries.positions, keys.positions) <= 0)[:, None])
    if window is not None:
        far = ops.abs(_differences(queries.counts, keys.counts))
        conditions.append((far <= window)[:, None])
    return _all(conditions)


def _differences(queries, keys):
    return keys[:, None, :] - queries[:, :, None]


def _all(conditions):
    if not conditions:
        return None
    visible, *others = conditions
    for other in others:
        visible = ops.logical_and(visible, other)
    return visible
