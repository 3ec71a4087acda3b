"""The numbers of a regression, and how they are spread."""

import json
import math
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from keras_pe.data.example import Example
from keras_pe.data.target_counts import TargetCounts


@dataclass(frozen=True)
class TargetScale:
    """Holds mean and standard deviation of the training targets.

    A model learns (target - mean) / deviation and answers in the units of the targets: so neither
    learning rate nor first weights depend on these.

    Args:
        mean: float.
        deviation: float, above 0.

    Example:
        >>> examples = [Example("", number, "ratings.csv", 2) for number in (1.0, 3.0)]
        >>> TargetScale.from_examples(examples)
        TargetScale(mean=2.0, deviation=1.0)
    """

    mean: float
    deviation: float

    # There is no vocabulary: a number has no name.
    names = ()

    @classmethod
    def from_examples(cls, examples: Iterable[Example]) -> "TargetScale":
        """Returns the scale of the training targets.

        Args:
            examples: iterable of Example. The training examples.

        Returns:
            A TargetScale.

        Raises:
            ValueError: a target is not known, or all are the same to a float32.
        """
        numbers = cls(0.0, 1.0).encode(examples)
        return cls.from_chunks(lambda: iter([numbers]))

    @classmethod
    def from_chunks(cls, chunks: Callable[[], Iterator[np.ndarray]]) -> "TargetScale":
        """Returns the scale of targets of which only some are in memory at a time.

        It is the same to the last bit whatever their order is, and however they are divided.

        Args:
            chunks: function that returns an iterator of [N] float32; called several times.

        Raises:
            ValueError: all targets are the same, or there are none.
        """
        texts = sum(map(len, chunks()))
        mean = math.fsum(_each(chunks())) / max(texts, 1)
        deviation = math.sqrt(math.fsum((n - mean) ** 2 for n in _each(chunks())) / max(texts, 1))
        if not deviation:
            found = f"only {next(_each(chunks())):g}" if texts else "no examples"
            raise ValueError(
                "The training examples must have at least two different targets. "
                f"Received: {found}."
            )
        return cls(mean, deviation)

    @property
    def model_settings(self) -> dict[str, float]:
        """What a model must know of it."""
        return {"target_mean": self.mean, "target_deviation": self.deviation}

    def encode(self, examples: Iterable[Example]) -> np.ndarray:
        """Returns the targets, in their own units.

        Args:
            examples: iterable of Example.

        Returns:
            [N], float32.

        Raises:
            ValueError: a target is not known.
        """
        return np.fromiter(map(_number, examples), dtype=np.float32)

    def describe(self, counts: TargetCounts) -> str:
        """Says how the training targets are spread, in one line.

        Args:
            counts: `TargetCounts` of what `encode` gave.
        """
        return (
            f"numbers from {counts.least:g} to {counts.most:g}, mean {self.mean:.4g}, standard "
            f"deviation {self.deviation:.4g}"
        )

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes mean and deviation to a file, as JSON, to the last bit."""
        content = {"mean": self.mean, "deviation": self.deviation}
        Path(path).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> "TargetScale":
        """Reads what `save` wrote.

        Args:
            path: str or path. The file.

        Returns:
            A TargetScale.

        Raises:
            ValueError: the file does not hold mean and deviation.
        """
        try:
            content = json.loads(Path(path).read_text(encoding="utf-8"))
            return cls(float(content["mean"]), float(content["deviation"]))
        except (ValueError, TypeError, KeyError) as error:
            raise ValueError(f"{path}: the file must hold mean and deviation. {error}") from error


def _each(chunks: Iterator[np.ndarray]) -> Iterator[float]:
    return (number for chunk in chunks for number in chunk.tolist())


def _number(example: Example) -> float:
    if example.label is None:
        raise ValueError(f"{example.place}: the target must be known. Received: label=None")
    return example.label
