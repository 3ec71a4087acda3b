"""Sums of a number per token over all tokens up to a place."""

from keras import ops


class SumsUpTo:
    """Sums up over the tokens that stand up to a query or key, and over those that stand before it.

    Tokens that stand one after the other are summed up along the row; all others by a product with
    a matrix of zeros and ones.

    Args:
        query_positions: [B or 1, Tq], float32.
        key_positions: [B or 1, Tk], float32. The same object in self-attention.
        seen: [B or 1, Tq, Tk], bool, False where a token does not count for a query; None if all
            do.
        consecutive: bool. Whether both go up in steps of 1, the same in every row.

    Example:
        >>> positions = ops.arange(3.0)[None]
        >>> sums = SumsUpTo(positions[:, 1:2], positions, seen=None, consecutive=True)
        >>> numbers = ops.array([[[1.0], [2.0], [4.0]]])
        >>> (up_to_query, before_query), _ = sums.of(numbers, numbers)
        >>> float(up_to_query[0, 0, 0]), float(before_query[0, 0, 0])
        (3.0, 1.0)
    """

    def __init__(self, query_positions, key_positions, seen, consecutive):
        same = key_positions is query_positions
        self._matrices = None
        if consecutive and seen is None:
            self._places = None if same else _numbers_of(query_positions, key_positions)
            return
        queries = _up_to(query_positions, key_positions, seen)
        seen = seen if same or seen is None else _in_one_sight(seen)
        keys = queries if same else _up_to(key_positions, key_positions, seen)
        self._matrices = queries, keys

    def of(self, up_to, before):
        """Returns the sums, first up to and before each query, then the same for each key.

        Args:
            up_to: [B, Tk, H], float32. Summed up over the tokens up to a place, it included.
            before: [B, Tk, H], float32. Summed up over the tokens before a place.

        Returns:
            Two pairs, [B, Tq, H] twice and [B, Tk, H] twice.
        """
        numbers = up_to, before
        if self._matrices is not None:
            queries, keys = self._matrices
            of_queries = _products(queries, numbers)
            return of_queries, of_queries if keys is queries else _products(keys, numbers)
        keys = ops.cumsum(up_to, axis=1), ops.cumsum(before, axis=1) - before
        if self._places is None:
            return keys, keys
        return tuple(ops.take(sums, self._places, axis=1) for sums in keys), keys


def _numbers_of(query_positions, key_positions):
    """Returns which token of the row each query is, [Tq]."""
    numbers = ops.cast(query_positions[0] - key_positions[0, 0], "int32")
    # A chunk may have rows beyond the end.
    return ops.clip(numbers, 0, ops.shape(key_positions)[1] - 1)


def _products(matrices, numbers):
    return tuple(ops.matmul(matrix, each) for matrix, each in zip(matrices, numbers, strict=True))


def _up_to(positions, of_tokens, seen):
    """Returns 1 where a token stands up to, and where it stands before, [B or 1, T, Tk] each."""
    places, tokens = positions[:, :, None], of_tokens[:, None, :]
    both = tokens <= places, tokens < places
    both = both if seen is None else [ops.logical_and(each, seen) for each in both]
    return [ops.cast(each, "float32") for each in both]


def _in_one_sight(seen):
    """Returns which keys are seen by one and the same query, [B or 1, Tk, Tk]."""
    seen = ops.cast(seen, "float32")
    return ops.matmul(ops.transpose(seen, (0, 2, 1)), seen) > 0
