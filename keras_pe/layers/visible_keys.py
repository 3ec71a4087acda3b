"""Which keys a query may see."""

from keras import ops


def visible_keys(positions, mask=None, segment_ids=None, causal=False):
    """Returns which keys each query may see: tokens, of its own text, and not later if causal.

    Args:
        positions: [B or 1, T], float32.
        mask: [B, T], bool, True where a token is; optional.
        segment_ids: [B, T], int; optional. Tokens see only tokens with their own number.
        causal: bool. Whether keys that stand after the query are closed.

    Returns:
        [B or 1, 1, T or 1, T], bool; None if every query sees every key.

    Example:
        >>> visible = visible_keys(ops.arange(2.0)[None], causal=True)
        >>> ops.convert_to_numpy(visible)[0, 0].tolist()
        [[True, False], [True, True]]
    """
    conditions = []
    if mask is not None:
        conditions.append(ops.cast(mask, "bool")[:, None, None, :])
    if segment_ids is not None:
        same = ops.equal(segment_ids[:, :, None], segment_ids[:, None, :])
        conditions.append(same[:, None])
    if causal:
        conditions.append((positions[:, None, :] <= positions[:, :, None])[:, None])
    if not conditions:
        return None
    visible, *others = conditions
    for other in others:
        visible = ops.logical_and(visible, other)
    return visible
