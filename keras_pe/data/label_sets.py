"""The labels of a task in which a text may have several, and their numbers."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from keras_pe.data.example import Example
from keras_pe.data.labels import LabelVocabulary
from keras_pe.data.target_counts import TargetCounts

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class LabelSets(LabelVocabulary):
    """Numbers the labels of a task, in the order of `LabelVocabulary`; each holds or does not.

    Args:
        names: sequence of str. The labels, in the order of their numbers; at least two.

    Raises:
        ValueError: there are fewer than two labels, or one stands there twice.
        TypeError: a label is not a string.

    Example:
        >>> examples = [Example("", labels, "train.csv", 2) for labels in (("a", "b"), (), ("b",))]
        >>> LabelSets.from_examples(examples).encode(examples).tolist()
        [[1, 1], [0, 0], [0, 1]]
    """

    @classmethod
    def from_examples(cls, examples: Iterable[Example]) -> "LabelSets":
        """Collects the labels; warns where no text has more than one.

        Args:
            examples: iterable of Example. The training examples.

        Returns:
            A LabelSets.

        Raises:
            ValueError: an example has no set of labels, or there are not two labels in all.
        """
        examples = list(examples)
        labels = super().from_examples(examples)
        if all(len(example.labels) < 2 for example in examples):
            _logger.warning(
                "No training text has more than one label. Where several stand in one string, "
                "--label_separator says what is between them."
            )
        return labels

    def encode(self, examples: Iterable[Example]) -> np.ndarray:
        """Returns which labels hold.

        Args:
            examples: iterable of Example.

        Returns:
            [N, C] uint8: 1 where the label holds, else 0.

        Raises:
            ValueError: an example has no set of labels, or one with a label that is not in the
                vocabulary.
        """
        numbers = [self._numbers(example) for example in examples]
        holds = np.zeros((len(numbers), len(self)), np.uint8)
        for row, own in enumerate(numbers):
            holds[row, own] = 1
        return holds

    def describe(self, counts: TargetCounts) -> str:
        """Says how many training texts have the commonest labels, in one line.

        Args:
            counts: `TargetCounts` of what `encode` gave.
        """
        without = f", {counts.unlabelled:,} texts without any" if counts.unlabelled else ""
        return (
            f"{len(self)} labels, {sum(counts.classes.values()) / counts.texts:.2f} per text"
            f"{without}: {self._commonest(counts)}"
        )
