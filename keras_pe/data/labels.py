"""The labels of a task and their numbers."""

import difflib
import json
import logging
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from keras_pe.data.example import Example
from keras_pe.data.target_counts import TargetCounts

_SHOWN = 10
_DESCRIBED = 8
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,100}")

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class LabelVocabulary:
    """Numbers the labels of a task from 0, in a fixed order.

    Args:
        names: sequence of str. The labels, in the order of their numbers; at least two.

    Raises:
        ValueError: there are fewer than two labels, or one stands there twice.
        TypeError: a label is not a string.

    Example:
        >>> examples = [Example("", label, "train.csv", 2) for label in ("10", "2", "10")]
        >>> labels = LabelVocabulary.from_examples(examples)
        >>> labels.names
        ('2', '10')
        >>> labels.encode(examples)
        array([1, 0, 1], dtype=int32)
    """

    names: tuple[str, ...]

    def __post_init__(self):
        object.__setattr__(self, "names", tuple(self.names))
        for name in self.names:
            if not isinstance(name, str):
                raise TypeError(f"A label must be a string. Received: {name!r}")
        if len(self.names) < 2:
            raise ValueError(f"There must be at least two labels. Received: names={self.names!r}")
        if len(self._ids) < len(self.names):
            twice = next(name for name in self.names if self.names.count(name) > 1)
            raise ValueError(f"Every label must stand in `names` once. Received twice: {twice!r}")

    @classmethod
    def from_examples(cls, examples: Iterable[Example]) -> "LabelVocabulary":
        """Collects the labels: by value if all are whole numbers, else by their characters.

        Labels that differ only in case or in white space around them stay apart; a warning is
        logged.

        Args:
            examples: iterable of Example. The training examples.

        Returns:
            A LabelVocabulary.

        Raises:
            ValueError: an example has no label, or all have the same one.
        """
        first: dict[str, Example] = {}
        for example in examples:
            for label in _labels(example):
                first.setdefault(label, example)
        if len(first) < 2:
            found = ", ".join(f"only {name!r} ({at.place})" for name, at in first.items())
            raise ValueError(
                "The training examples must have at least two different labels. "
                f"Received: {found or 'no examples'}."
            )
        _warn_of_look_alikes(first)
        return cls(tuple(_ordered(first)))

    def __len__(self) -> int:
        return len(self.names)

    @property
    def model_settings(self) -> dict[str, int]:
        """What a model must know of it."""
        return {"num_classes": len(self)}

    def encode(self, examples: Iterable[Example]) -> np.ndarray:
        """Returns the numbers of the examples' labels.

        Args:
            examples: iterable of Example.

        Returns:
            [N], int32.

        Raises:
            ValueError: an example has no label, or one that is not in the vocabulary.
        """
        return np.array([self._numbers(example)[0] for example in examples], np.int32)

    def describe(self, counts: TargetCounts) -> str:
        """Says how many training texts have the commonest labels, in one line.

        Args:
            counts: `TargetCounts` of what `encode` gave.
        """
        return f"{len(self)} classes: {self._commonest(counts)}"

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the names to a file, as a JSON list in the order of their numbers."""
        text = json.dumps(self.names, ensure_ascii=False, indent=1)
        Path(path).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> "LabelVocabulary":
        """Reads what `save` wrote.

        Args:
            path: str or path. The file.

        Returns:
            A LabelVocabulary.

        Raises:
            ValueError: the file does not hold a JSON list of at least two different strings.
        """
        try:
            names = json.loads(Path(path).read_text(encoding="utf-8"))
            return cls(names if isinstance(names, list) else ())
        except (ValueError, TypeError) as error:
            raise ValueError(f"{path}: the file must hold a list of labels. {error}") from error

    @cached_property
    def _ids(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.names)}

    def _numbers(self, example: Example) -> list[int]:
        labels = _labels(example)
        try:
            return [self._ids[label] for label in labels]
        except KeyError as error:
            raise ValueError(self._unknown(example, error.args[0])) from None

    def _commonest(self, counts: TargetCounts) -> str:
        rows = counts.per_class(len(self))
        largest = np.argsort(-rows, kind="stable")[:_DESCRIBED]
        shown = ", ".join(f"{self.names[at]} {rows[at] / counts.texts:.1%}" for at in largest)
        return shown + (", ..." if len(self) > _DESCRIBED else "")

    def _unknown(self, example: Example, label: str) -> str:
        names = {_folded(name): name for name in self.names}
        similar = difflib.get_close_matches(_folded(label), names, n=1)
        hint = f"Did you mean {names[similar[0]]!r}?" if similar else "Mend the row."
        known = ", ".join(map(repr, self.names[:_SHOWN]))
        more = f" and {len(self) - _SHOWN} more" if len(self) > _SHOWN else ""
        return (
            f"{example.place}: the label must be one of the {len(self)} that training saw: "
            f"{known}{more}. Received: {label!r}. {hint} "
            "--unknown_labels=drop leaves such rows out."
        )


def _labels(example: Example) -> tuple[str, ...]:
    if example.label is None:
        raise ValueError(f"{example.place}: the label must be known. Received: label=None")
    return example.labels


def _folded(name: str) -> str:
    return name.strip().casefold()


def _ordered(names: Iterable[str]) -> list[str]:
    names = sorted(names)
    if all(map(_WHOLE_NUMBER.fullmatch, names)):
        return sorted(names, key=int)
    return names


def _warn_of_look_alikes(first: dict[str, Example]) -> None:
    alike: dict[str, str] = {}
    for name, example in first.items():
        other = alike.setdefault(_folded(name), name)
        if other != name:
            _logger.warning(
                "The labels %r (%s) and %r (%s) differ only in case or in white space around "
                "them. They are two classes.",
                *(other, first[other].place, name, example.place),
            )
