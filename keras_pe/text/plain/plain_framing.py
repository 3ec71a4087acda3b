"""What `Framing` does to the ids of pieces, in plain Python."""

from collections.abc import Sequence

from keras_pe.text.truncations import TRUNCATIONS, check_truncation


class PlainFraming:
    """Cuts the ids of a text that is too long and puts them between [CLS] and [SEP].

    A pair is [CLS] first [SEP] second [SEP]; of one that is too long, the longer text is cut first,
    both where both are long.

    Args:
        start: int. The id of [CLS].
        end: int. The id of [SEP].
        max_length: int. Ids of a text or a pair, [CLS] and [SEP] included.
        truncation: str. A key of `TRUNCATIONS`.

    Raises:
        ValueError: if there is no such way to cut.

    Example:
        >>> frame = PlainFraming(2, 3, max_length=6, truncation="head_tail")
        >>> frame([11, 12, 13, 14, 15]), frame([11, 12], [21, 22, 23])
        ([2, 11, 13, 14, 15, 3], [2, 11, 12, 3, 21, 3])
    """

    def __init__(self, start: int, end: int, max_length: int, truncation: str = "head"):
        check_truncation(truncation)
        self.max_length = max_length
        self._start, self._end = start, end
        self._from_start = TRUNCATIONS[truncation]

    @property
    def most(self) -> int | None:
        """The pieces from the beginning of a text that may matter; None for all."""
        room = self.max_length - 2
        return room if self._from_start(room) == room else None

    def __call__(self, first: Sequence[int], second: Sequence[int] | None = None) -> list[int]:
        """Returns the ids that a model reads, of those of all pieces."""
        if second is None:
            return [self._start, *self._cut(first, self.max_length - 2), self._end]
        room = self.max_length - 3
        kept = min(len(first), max((room + 1) // 2, room - len(second)))
        pair = self._cut(first, kept), self._cut(second, room - kept)
        return [self._start, *pair[0], self._end, *pair[1], self._end]

    def _cut(self, ids: Sequence[int], room: int) -> Sequence[int]:
        if len(ids) <= room:
            return ids
        from_start = self._from_start(room)
        return [*ids[:from_start], *ids[len(ids) - (room - from_start) :]]
