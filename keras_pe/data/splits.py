"""Splits of examples into parts that do not share what they must not share."""

import logging
import math
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate

from keras_pe.data.example import Example

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Splits:
    """Holds the three parts of a corpus.

    Args:
        train: list of Example. What the model and the vocabularies learn from.
        validation: list of Example. What decisions are made on.
        test: list of Example. What is measured once.
    """

    train: list[Example]
    validation: list[Example]
    test: list[Example]


def stratified_split(
    examples: Iterable[Example], *, fraction: float, seed: int
) -> tuple[list[Example], list[Example]]:
    """Holds out the same share of every class.

    Each class gives the nearest whole number of examples, but at least one, and keeps at least
    one. Which ones depends on the seed, the label and the place within the class, never on
    the other classes, the machine or the version of Python. Both parts keep the order.

    Args:
        examples: iterable of Example, all with a label.
        fraction: float in (0, 1). The share to hold out.
        seed: int.

    Returns:
        The examples kept and the examples held out.

    Raises:
        ValueError: `fraction` is out of bounds, an example has no label, or a class has only one
            example.

    Example:
        >>> examples = [Example("", "ab"[row % 2], "train.csv", row) for row in range(2, 12)]
        >>> kept, held_out = stratified_split(examples, fraction=0.2, seed=0)
        >>> len(kept), sorted(example.label for example in held_out)
        (8, ['a', 'b'])
    """
    if not 0 < fraction < 1:
        raise ValueError(f"`fraction` must be in (0, 1). Received: fraction={fraction}")
    examples = list(examples)
    classes = _classes(examples)
    _check_sizes(classes, examples)
    held_out: set[int] = set()
    for label, members in classes.items():
        held_out.update(_drawn(members, label, fraction, seed))
    return (
        [example for at, example in enumerate(examples) if at not in held_out],
        [example for at, example in enumerate(examples) if at in held_out],
    )


def group_split(
    examples: Iterable[Example],
    *,
    fractions: Sequence[float] = (0.8, 0.1, 0.1),
    seed: int,
) -> tuple[list[Example], ...]:
    """Splits so that examples of one `source` stay together.

    A source goes where the hash of its name and the seed send it, so it stays there when other
    sources come or go. The fractions are therefore met on average, and counted in sources.

    Args:
        examples: iterable of Example.
        fractions: sequence of float. The shares of the parts; they sum to 1.
        seed: int.

    Returns:
        One list per fraction, each in the order of `examples`. With few sources a list can stay
        empty; a warning is logged.

    Raises:
        ValueError: a fraction is not positive, or they do not sum to 1.

    Example:
        >>> examples = [Example("", "a", f"module_{i % 4}.py", i) for i in range(1, 13)]
        >>> train, rest = group_split(examples, fractions=(0.5, 0.5), seed=1)
        >>> {example.source for example in train} & {example.source for example in rest}
        set()
    """
    if not all(share > 0 for share in fractions) or not math.isclose(sum(fractions), 1):
        raise ValueError(
            f"`fractions` must be positive and sum to 1. Received: fractions={tuple(fractions)}"
        )
    # The last part takes what is left, whatever the sum was rounded to.
    bounds = list(accumulate(fractions))[:-1]
    parts = tuple([] for _ in fractions)
    for example in examples:
        parts[bisect(bounds, _draw(seed, example.source))].append(example)
    if not all(parts):
        _logger.warning("A part of the split is empty: %s examples.", [len(p) for p in parts])
    return parts


def _classes(examples: list[Example]) -> dict[str, list[int]]:
    classes: dict[str, list[int]] = defaultdict(list)
    for at, example in enumerate(examples):
        if example.label is None:
            raise ValueError(f"{example.place}: the label must be known. Received: label=None")
        classes[example.label].append(at)
    return classes


def _check_sizes(classes: dict[str, list[int]], examples: list[Example]) -> None:
    single = [examples[members[0]] for members in classes.values() if len(members) == 1]
    if single:
        first, others = single[0], len(single) - 1
        more = f" So are {others} other labels." if others else ""
        raise ValueError(
            f"{first.place}: every label must have at least two examples, one to learn from and "
            f"one to hold out. Received: {first.label!r}, which is there once.{more} Add examples, "
            "remove the row, or give a --validation_file."
        )


def _drawn(members: list[int], label: str, fraction: float, seed: int) -> list[int]:
    size = min(max(round(fraction * len(members)), 1), len(members) - 1)
    draws = sorted((_draw(seed, f"{i}:{label}"), member) for i, member in enumerate(members))
    return [member for _, member in draws[:size]]


def _draw(seed: int, name: str) -> float:
    """Returns a number in [0, 1) that depends on nothing but the seed and the name."""
    # The names of files may hold surrogates, which stand for bytes that are not UTF-8.
    key = f"{seed}\0{name}".encode(errors="surrogatepass")
    # 48 bits: a float holds them exactly, so that no draw is rounded up to 1.
    return int.from_bytes(blake2b(key, digest_size=6).digest(), "big") / 2**48
