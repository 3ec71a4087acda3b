"""Where positions come from: given ones, segments of packed rows, the mask, or the plain index."""

from keras import ops


def token_positions(tokens, positions=None, mask=None, segment_ids=None):
    """Returns where each token stands, counted from 0.

    Given positions win. Otherwise the position of a token is the number of real tokens before it,
    in its own segment if there are segments: padding, on either side, moves nothing.

    Args:
        tokens: [B, T] or [B, T, D]. Only its shape is used.
        positions: [B or 1, T] or [T], int or float; optional.
        mask: [B, T], bool, True where a token is; optional.
        segment_ids: [B, T], int; optional. Neighbours with the same number belong to one text.

    Returns:
        [B or 1, T], float32. 1 where all rows share their positions.
    """
    if positions is not None:
        positions = ops.cast(positions, "float32")
        return positions[None] if len(positions.shape) == 1 else positions
    if mask is None and segment_ids is None:
        return ops.arange(ops.shape(tokens)[1], dtype="float32")[None]
    if mask is None:
        mask = ops.ones_like(segment_ids)
    before = ops.cumsum(ops.cast(mask, "float32"), axis=1) - 1.0
    if segment_ids is not None:
        before = before - _at_segment_start(before, mask, segment_ids)
    return ops.maximum(before, 0.0)


def _at_segment_start(before, mask, segment_ids):
    """Returns the value of `before` at the first real token of each token's segment."""
    changes = ops.not_equal(segment_ids[:, 1:], segment_ids[:, :-1])
    starts = ops.concatenate([ops.ones_like(segment_ids[:, :1], dtype="bool"), changes], axis=1)
    # Padding may open a segment: the first real token stands at the count before it, plus one.
    first = before + 1.0 - ops.cast(mask, "float32")
    # Counts only grow along a row, so the k-th smallest is that of the k-th segment. Not
    # `ops.associative_scan`: XLA cannot compile the one that Keras has for TensorFlow.
    by_segment = ops.sort(ops.where(starts, first, float("inf")), axis=1)
    segment = ops.cumsum(ops.cast(starts, "int32"), axis=1) - 1
    return ops.take_along_axis(by_segment, segment, axis=1)
