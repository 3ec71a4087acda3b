"""From the ids of pieces to what a model reads: cut, framed, padded."""

import copy
from typing import Self

import tensorflow as tf

from keras_pe.text.truncation import truncate, truncate_beside_windows, truncate_pairs
from keras_pe.text.truncations import check_truncation


class Framing:
    """Cuts the ids of long texts and puts them between a start and an end.

    Args:
        start: int. The id of [CLS].
        end: int. The id of [SEP].

    Example:
        >>> framing = Framing(start=2, end=3)
        >>> framing.frame(tf.ragged.constant([[7, 8, 9], []], tf.int32), max_length=4).to_list()
        [[2, 7, 8, 3], [2, 3]]
    """

    # [CLS] and [SEP], and one more [SEP] between the texts of a pair.
    framing_tokens = 2
    framing_tokens_of_pairs = 3
    # What is kept of a text that is too long: see `truncating`.
    truncation = "head"
    window_length: int | None = None
    second_length: int | None = None

    def __init__(self, *, start: int, end: int):
        self._start = start
        self._end = end

    def frame(
        self,
        pieces: tf.RaggedTensor,
        max_length: int,
        second_pieces: tf.RaggedTensor | None = None,
    ) -> tf.RaggedTensor:
        """Cuts long texts as `truncation` says and puts the rest between [CLS] and [SEP].

        Pairs become [CLS] first [SEP] second [SEP]; of one that is too long, the longer text is cut
        first. Where windows of the first text are read beside the second, this one is cut to what a
        window has room for: see `truncate_beside_windows`.

        Args:
            pieces: [B, None] int32, ragged; from `tokenize`.
            max_length: int, at least 3, or 5 for pairs. Tokens a text or a pair may have, [CLS] and
                [SEP] included.
            second_pieces: [B, None] int32, ragged. The second texts of pairs.

        Returns:
            [B, None] int32, ragged, 2 to `max_length` ids per row, or 3 for pairs.

        Raises:
            ValueError: `max_length` is too small.
        """
        _check_length(max_length, pairs=second_pieces is not None)
        column = tf.stack([pieces.nrows(), 1])
        start, end = tf.fill(column, self._start), tf.fill(column, self._end)
        if second_pieces is None:
            kept = truncate(pieces, max_length - self.framing_tokens, self.truncation)
            return tf.concat([start, kept, end], axis=1)
        room = max_length - self.framing_tokens_of_pairs
        first, second = self._truncate_pairs(pieces, second_pieces, room)
        return tf.concat([start, first, end, second, end], axis=1)

    def _truncate_pairs(self, first, second, room):
        window_room = (self.window_length or 0) - self.framing_tokens_of_pairs
        if self.second_length is None or room <= window_room:
            return truncate_pairs(first, second, room, self.truncation)
        return truncate_beside_windows(
            first, second, room, window_room=window_room, second_length=self.second_length
        )

    def truncating(
        self,
        truncation: str,
        *,
        window_length: int | None = None,
        second_length: int | None = None,
    ) -> Self:
        """Returns this tokenizer with another way to cut long texts.

        Args:
            truncation: str. A key of `TRUNCATIONS`.
            window_length: int. Tokens of a window, where windows of a first text are read beside
                the second one.
            second_length: int. Pieces of the second text that there is always room for there.

        Raises:
            ValueError: there is no such way.
        """
        check_truncation(truncation)
        other = copy.copy(self)
        other.truncation = truncation
        other.window_length, other.second_length = window_length, second_length
        return other

    @staticmethod
    def pad(ids: tf.RaggedTensor) -> tf.Tensor:
        """Fills the rows up to the longest one, on the right, with 0.

        Args:
            ids: [B, None] int32, ragged.

        Returns:
            [B, T] int32; T is 0 if B is.
        """
        return ids.to_tensor(0)


def _check_length(max_length: int, *, pairs: bool) -> None:
    least, parts = 3, "[CLS], one piece and [SEP]"
    if pairs:
        least, parts = 5, "[CLS], one piece, [SEP], one piece and [SEP]"
    if max_length < least:
        raise ValueError(
            f"`max_length` must be at least {least}: {parts}. Received: max_length={max_length!r}"
        )
