"""From the ids of pieces to what a model reads: cut, framed, padded."""

import copy
from typing import Self

import tensorflow as tf

from keras_pe.text.truncation import truncate, truncate_pairs
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
        first.

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
        first, second = truncate_pairs(pieces, second_pieces, room, self.truncation)
        return tf.concat([start, first, end, second, end], axis=1)

    def truncating(self, truncation: str) -> Self:
        """Returns this tokenizer with another way to cut long texts.

        Args:
            truncation: str. A key of `TRUNCATIONS`.

        Raises:
            ValueError: there is no such way.
        """
        check_truncation(truncation)
        other = copy.copy(self)
        other.truncation = truncation
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
