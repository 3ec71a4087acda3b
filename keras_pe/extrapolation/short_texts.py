"""The training texts of a study: none is longer than the training length."""

import numpy as np

from keras_pe.data.encoded import EncodedTexts
from keras_pe.extrapolation.text_views import chosen, cut, drawn_window


class ShortTexts:
    """Training texts of at most N tokens: the same in each pass, or windows that are drawn anew.

    Args:
        encoded: `EncodedTexts` with labels, all training texts.
        limit: int. N, in tokens.
        long_texts: str. What is done with texts above N: `leave_out` trains on the others alone,
            `cut` keeps their first tokens, `random_window` takes N tokens from another place of the
            text in each pass.

    Raises:
        ValueError: If long texts are left out and a class has no others.

    Example:
        >>> encoded = EncodedTexts(
        ...     np.array([2, 7, 3, 2, 7, 8, 9, 3]), np.array([0, 3, 8]), labels=np.array([0, 1])
        ... )
        >>> texts = ShortTexts(encoded, limit=4, long_texts="random_window")
        >>> texts.of_pass(seed=0, number=0).lengths.tolist()
        [3, 4]
    """

    def __init__(self, encoded, *, limit, long_texts):
        self._limit = limit
        self._drawn_from = encoded if long_texts == "random_window" else None
        if long_texts == "leave_out":
            self.numbers = _numbers_of_short(encoded, limit)
            self.first_tokens = chosen(encoded, self.numbers)
        else:
            self.numbers = np.arange(len(encoded))
            self.first_tokens = cut(encoded, limit)

    def __len__(self):
        return len(self.numbers)

    def of_pass(self, seed, number) -> EncodedTexts:
        """Returns the texts of one pass over the data.

        Args:
            seed: int, not negative. Of the run.
            number: int, not negative. How many passes were before.
        """
        if self._drawn_from is None:
            return self.first_tokens
        return drawn_window(self._drawn_from, self._limit, np.random.default_rng([seed, number, 1]))


def _numbers_of_short(encoded, limit):
    numbers = np.flatnonzero(encoded.lengths <= limit)
    counts = np.bincount(encoded.labels[numbers], minlength=encoded.labels.max() + 1)
    if not counts.all():
        raise ValueError(
            f"Every class must have training texts of at most train_length={limit} tokens. "
            f"Received: texts per class: {counts.tolist()}. Raise --train_length, or train on "
            "parts of the long ones by --long_texts=cut or --long_texts=random_window."
        )
    return numbers
