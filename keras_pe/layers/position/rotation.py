"""Turning pairs of features by angles."""

from keras import ops

LAYOUTS = ("half", "interleaved")


def turning_tables(angles, layout, size=1.0):
    """Returns what `turn` multiplies features with: cosines, and sines with their sign.

    Args:
        angles: [B or 1, T, d / 2], float32. One for each pair.
        layout: `"half"` or `"interleaved"`.
        size: float. What both are multiplied by.

    Returns:
        Two tensors [B or 1, T, 1, d], float32.
    """
    cosines, sines = (ops.expand_dims(of(angles), 2) for of in (ops.cos, ops.sin))
    if size != 1.0:
        cosines, sines = cosines * size, sines * size
    return join_pairs(cosines, cosines, layout), join_pairs(-sines, sines, layout)


def join_pairs(first, second, layout):
    """Returns [..., d] from the first and the second features of all pairs, each [..., d / 2]."""
    if layout == "half":
        return ops.concatenate([first, second], axis=-1)
    pairs = ops.stack([first, second], axis=-1)
    return ops.reshape(pairs, (*ops.shape(first)[:-1], 2 * first.shape[-1]))


def turn(heads, cosines, sines, layout):
    """Turns the first features of every head, as many as the tables have, and keeps the rest.

    Args:
        heads: [B, T, H, d'], any float dtype.
        cosines: [B or 1, T, H or 1, d], float32; d even, at most d'.
        sines: The same.
        layout: `"half"` for pairs (k, k + d/2), `"interleaved"` for pairs (2k, 2k + 1).

    Returns:
        [B, T, H, d'], the dtype of `heads`; computed in float32 and rounded once.

    Example:
        >>> quarter = ops.array([[[1.5707963]]])
        >>> turned = turn(ops.array([[[[1.0, 2.0]]]]), *turning_tables(quarter, "half"), "half")
        >>> ops.convert_to_numpy(turned)[0, 0, 0].round(3).tolist()
        [-2.0, 1.0]
    """
    dim = cosines.shape[-1]
    if dim < heads.shape[-1]:
        turned = turn(heads[..., :dim], cosines, sines, layout)
        return ops.concatenate([turned, heads[..., dim:]], axis=-1)
    exact = ops.cast(heads, "float32")
    # One full-width product for each table: half as many operations as halves one by one.
    return ops.cast(exact * cosines + _swap_pairs(exact, layout) * sines, heads.dtype)


def _swap_pairs(heads, layout):
    """Returns the heads with the two features of every pair in each other's place."""
    if layout == "half":
        # As fast as `roll`, which LiteRT does not have.
        halves = ops.reshape(heads, (*ops.shape(heads)[:-1], 2, heads.shape[-1] // 2))
        return ops.reshape(ops.flip(halves, axis=-2), ops.shape(heads))
    return join_pairs(heads[..., 1::2], heads[..., 0::2], layout)
