"""What data asks of a tokenizer."""

from typing import Protocol

import tensorflow as tf


class Tokenizer(Protocol):
    """A tokenizer of `keras_pe.text`, which this package does not import.

    `tokenize` turns texts [N] into the ids of their pieces [N, (T)] int32; `frame` cuts these to
    `max_length` tokens and puts those around them that every text has: `framing_tokens` of a text,
    `framing_tokens_of_pairs` of a text and a second one.
    """

    framing_tokens: int
    framing_tokens_of_pairs: int

    def tokenize(self, texts: tf.Tensor) -> tf.RaggedTensor: ...

    def frame(
        self,
        pieces: tf.RaggedTensor,
        max_length: int,
        second_pieces: tf.RaggedTensor | None = None,
    ) -> tf.RaggedTensor: ...
