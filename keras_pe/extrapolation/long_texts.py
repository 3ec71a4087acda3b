"""The test texts of a study in bands of length, and how a classifier answers for each view."""

import numpy as np

from keras_pe.extrapolation.text_bands import MULTIPLES, bands, sampled
from keras_pe.extrapolation.text_views import chosen, cut, windows
from keras_pe.extrapolation.training import right_answers

SAMPLE_SEED = 1_000_003


class LongTexts:
    """Texts from each band of length, seen four ways: whole, cut, truncated and in windows.

    "Truncated" is cut to the training length N; "windows" averages the probabilities of windows of
    N tokens. These two are what a user would do with a model that cannot read long texts.

    Args:
        encoded: `EncodedTexts` with labels: all test texts, uncut.
        train_length: int. N, the tokens of the longest training text.
        samples: int. Most texts of a band; drawn without a look at anything else.

    Raises:
        ValueError: If no text is longer than `train_length`.
    """

    def __init__(self, encoded, *, train_length, samples):
        self._train_length = train_length
        found = bands(encoded.lengths, train_length)
        self.numbers = np.concatenate([sampled(own, samples, SAMPLE_SEED) for _, _, own in found])
        self.texts = chosen(encoded, self.numbers)
        self.bands = bands(self.texts.lengths, train_length)
        self.long = np.flatnonzero(self.texts.lengths > train_length)
        if not len(self.long):
            raise ValueError(
                f"The test texts must include some of more than train_length={train_length} tokens."
                f" Received: the longest has {self.texts.lengths.max()}. Lower --train_length."
            )

    def tested(self, scores) -> list[dict]:
        """Tests a classifier on all views.

        Args:
            scores: Function of `EncodedTexts` that returns scores [N, C].

        Returns:
            A dict per view and band, or length of the cut, with the texts in it and the share of
            right answers.
        """
        whole = scores(self.texts)
        cuts = {length: self._cut(scores, whole, length) for length in self._cut_lengths()}
        in_windows = whole.copy()
        in_windows[self.long] = self._averaged(scores)
        truncated = cuts[self._train_length]
        views = {"whole": whole, "truncated": truncated, "windows": in_windows}
        points = [p for view, found in views.items() for p in self.points(view, self._right(found))]
        return points + [
            _point("cut", length, self._right(found)[self.long]) for length, found in cuts.items()
        ]

    def points(self, view, right) -> list[dict]:
        """Returns the share of right answers in each band.

        Args:
            view: str. How the texts were seen.
            right: [N] bool, whether each text was answered right.
        """
        return [_point(view, high, right[own], above=low) for low, high, own in self.bands]

    def _cut_lengths(self):
        lengths = (multiple * self._train_length for multiple in MULTIPLES)
        return [length for length in lengths if length < self.texts.lengths.max()]

    def _cut(self, scores, whole, length):
        found = whole.copy()
        longer = np.flatnonzero(self.texts.lengths > length)
        found[longer] = scores(cut(chosen(self.texts, longer), length))
        return found

    def _averaged(self, scores):
        parts, owners = windows(chosen(self.texts, self.long), self._train_length)
        by_window = scores(parts)
        sums = np.zeros((len(self.long), by_window.shape[1]))
        np.add.at(sums, owners, by_window)
        return sums / np.bincount(owners)[:, None]

    def _right(self, scores):
        return right_answers(scores, self.texts.labels)


def _point(view, length, right, **more):
    accuracy = float(right.mean())
    return {"view": view, **more, "length": length, "texts": len(right), "accuracy": accuracy}
