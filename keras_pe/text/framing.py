"""From the ids of pieces to what a model reads: cut, framed, padded."""

import copy
from typing import Self

import tensorflow as tf

from keras_pe.text.truncation import check_truncation, truncate


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

    # [CLS] and [SEP].
    framing_tokens = 2
    # What is kept of a text that is too long: see `truncating`.
    truncation = "head"

    def __init__(self, *, start: int, end: int):
        self._start = start
        self._end = end

    def frame(self, pieces: tf.RaggedTensor, max_length: int) -> tf.RaggedTensor:
        """Cuts long texts as `truncation` says and puts the rest between [CLS] and [SEP].

        Args:
            pieces: [B, None] int32, ragged; from `tokenize`.
            max_length: int, at least 3. Tokens a text may have, [CLS] and [SEP] included.

        Returns:
            [B, None] int32, ragged, 2 to `max_length` ids per row.

        Raises:
            ValueError: `max_length` is less than 3.
        """
        if max_length < 3:
            raise ValueError(
                "`max_length` must be at least 3: [CLS], one piece and [SEP]. "
                f"Received: max_length={max_length!r}"
            )
        kept = truncate(pieces, max_length - self.framing_tokens, self.truncation)
        column = tf.stack([kept.nrows(), 1])
        return tf.concat([tf.fill(column, self._start), kept, tf.fill(column, self._end)], axis=1)

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
