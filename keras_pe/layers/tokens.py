"""What attention knows of tokens besides their vectors."""

import dataclasses

from keras import ops

from keras_pe.layers.cut import cut
from keras_pe.layers.position_source.counted import token_positions


@dataclasses.dataclass(frozen=True)
class Tokens:
    """Where tokens stand, and which of them belong to one text.

    Not a tuple: Keras would take that for inputs of the layer.

    Args:
        positions: [B or 1, T], float32.
        counts: [B or 1, T], float32. How many tokens stand before each in its row.
        mask: [B, T], bool, True where a token is; None if all are.
        segment_ids: [B, T], int; None if each row is one text.
        consecutive: bool. Whether positions go up in steps of 1, the same in every row.
        contiguous: bool. Whether nothing but tokens stands between two tokens of a text.
    """

    positions: object
    counts: object
    mask: object = None
    segment_ids: object = None
    consecutive: bool = False
    contiguous: bool = False

    @classmethod
    def of(cls, vectors, positions=None, mask=None, segment_ids=None):
        """Returns what is known of token vectors, [B, T, D], in which padding may be anywhere."""
        placed = token_positions(vectors, positions, mask, segment_ids)
        counted = positions is None and segment_ids is None
        counts = placed if counted else token_positions(vectors, mask=mask)
        plain = counted and mask is None
        return cls(placed, counts, mask, segment_ids, plain, contiguous=mask is None)

    @property
    def length(self):
        """T: an int, or a tensor where a graph leaves it open."""
        return ops.shape(self.positions)[1]

    def part(self, start, size):
        """Returns the `size` tokens from number `start` on; both may be tensors."""
        return self._changed(lambda values: cut(values, start, size))

    def first(self, size):
        """Returns the first tokens, at most `size`; all if it is None."""
        return self if size is None else self._changed(lambda values: values[:, :size])

    def extended(self, missing):
        """Returns these and `missing` more after them, of no text and where positions go on."""
        on = 1.0 + ops.arange(missing, dtype="float32")[None]
        more = dataclasses.replace(self, mask=None, segment_ids=None)._changed(
            lambda values: ops.concatenate([values, values[:, -1:] + on], axis=1)
        )
        padded = {
            name: None if values is None else ops.pad(values, ((0, 0), (0, missing)))
            for name, values in (("mask", self.mask), ("segment_ids", self.segment_ids))
        }
        return dataclasses.replace(more, **padded)

    def _changed(self, change):
        names = ("positions", "counts", "mask", "segment_ids")
        values = {name: getattr(self, name) for name in names}
        changed = {name: change(v) for name, v in values.items() if v is not None}
        if self.counts is self.positions:
            changed["counts"] = changed["positions"]
        return dataclasses.replace(self, **changed)
