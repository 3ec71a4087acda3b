"""Products with rows of a table, of which each pair of query and key takes that of its distance."""

from keras import ops

from keras_pe.layers.position.skew import consecutive_distances, skew, unskew


class ByDistance:
    """Knows which row of a table belongs to each pair of query and key.

    Tokens that stand one after the other have only Tq + Tk - 1 distances: their rows are brought
    into the order of the distances, and what comes out is skewed, without a gather of Tq * Tk
    numbers per head. All other positions take that gather.

    Args:
        rows_of: function from distances key - query, any shape, float32, to rows of a table, int32.
        query_positions: [B or 1, Tq], float32.
        key_positions: [B or 1, Tk], float32.
        consecutive: bool. Whether both go up in steps of 1, the same in every row.

    Example:
        >>> positions = ops.arange(3.0)[None]
        >>> signs = ByDistance(lambda distances: ops.cast(distances > 0, "int32"), positions,
        ...                    positions, consecutive=True)
        >>> queries, table = ops.ones((1, 3, 1, 1)), ops.array([[[5.0]], [[7.0]]])
        >>> ops.convert_to_numpy(signs.scores(queries, table))[0, 0].tolist()
        [[5.0, 7.0, 7.0], [5.0, 5.0, 7.0], [5.0, 5.0, 5.0]]
    """

    def __init__(self, rows_of, query_positions, key_positions, consecutive):
        self._rows_of = rows_of
        self._positions = query_positions, key_positions
        self._consecutive = consecutive
        self._pairs = None if consecutive else self._rows_of_pairs()

    def scores(self, queries, table):
        """Returns the product of each query with the rows of its keys.

        Args:
            queries: [B, Tq, H, d], any float type.
            table: [R, H or 1, d], float32. 1 where heads share it.

        Returns:
            [B, H, Tq, Tk], float32.
        """
        queries = ops.transpose(ops.cast(queries, "float32"), (0, 2, 1, 3))
        return self._either(
            lambda: skew(ops.matmul(queries, _columns(self._by_distance(table)))),
            lambda: self._pick(ops.matmul(queries, _columns(table))),
        )

    def mix(self, weights, table):
        """Returns the sum of the rows of each query's keys, weighted.

        Args:
            weights: [B, H, Tq, Tk], float32.
            table: [R, d], float32.

        Returns:
            [B, H, Tq, d], float32.
        """
        return self._either(
            lambda: ops.matmul(unskew(weights), self._by_distance(table)),
            lambda: ops.matmul(self._total(weights, table.shape[0]), table),
        )

    def _either(self, by_distance, by_pair):
        return by_distance() if self._consecutive else by_pair()

    def _by_distance(self, table):
        """Returns one row for each distance, in rising order."""
        distances = consecutive_distances(*self._positions)
        return ops.take(table, self._rows_of(distances), axis=0)

    def _rows_of_pairs(self):
        """Returns [B or 1, Tq, Tk], int32."""
        queries, keys = self._positions
        return self._rows_of(keys[:, None, :] - queries[:, :, None])

    def _places(self, batch, rows):
        """Returns [B, Tq, Tk]: where the row of each pair stands in [B * Tq * R]."""
        length = ops.shape(self._pairs)[1]
        first = ops.arange(batch * length, dtype="int32") * rows
        return ops.reshape(first, (batch, length, 1)) + self._pairs

    def _pick(self, by_row):
        """Turns columns that are rows of the table, [B, H, Tq, R], into columns that are keys."""
        batch, heads, length, rows = (*ops.shape(by_row)[:3], by_row.shape[3])
        # Heads last: one index brings the numbers of all heads.
        flat = ops.reshape(ops.transpose(by_row, (0, 2, 3, 1)), (batch * length * rows, heads))
        return ops.transpose(ops.take(flat, self._places(batch, rows), axis=0), (0, 3, 1, 2))

    def _total(self, by_key, rows):
        """Turns columns that are keys, [B, H, Tq, Tk], into the sums of each row of the table."""
        batch, heads, queries, keys = ops.shape(by_key)
        flat = ops.reshape(ops.transpose(by_key, (0, 2, 3, 1)), (batch * queries * keys, heads))
        places = ops.reshape(self._places(batch, rows), (batch * queries * keys,))
        total = ops.segment_sum(flat, places, num_segments=batch * queries * rows)
        return ops.transpose(ops.reshape(total, (batch, queries, rows, heads)), (0, 3, 1, 2))


def _columns(table):
    """Turns rows that are far more than features, [R, H, d], into columns, [H, d, R]."""
    return ops.transpose(table, (1, 2, 0))
