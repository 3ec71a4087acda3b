"""Splits of examples into parts that do not share what they must not share."""

import logging
import math
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate

from keras_pe.data.example import Example

DRAWS = 2**48

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
        parts[bisect(bounds, draw(seed, example.source))].append(example)
    if not all(parts):
        _logger.warning("A part of the split is empty: %s examples.", [len(p) for p in parts])
    return parts


def check_fraction(fraction: float) -> None:
    """Raises `ValueError` unless a share of rows leaves some on both sides."""
    if not 0 < fraction < 1:
        raise ValueError(f"`fraction` must be in (0, 1). Received: fraction={fraction}")


def draw(seed: int, name: str) -> float:
    """Returns a number in [0, 1) that depends on nothing but the seed and the name.

    Args:
        seed: int.
        name: str.

    Returns:
        float.

    Example:
        >>> draw(0, "train.py") == draw(0, "train.py") != draw(1, "train.py")
        True
    """
    # A float holds 48 bits exactly, so that no draw is rounded up to 1.
    return draw_number(seed, name) / DRAWS


def draw_number(seed: int, name: str) -> int:
    """Returns `draw` as a whole number, of `DRAWS` that there are.

    Args:
        seed: int.
        name: str.

    Returns:
        int.
    """
    # The names of files may hold surrogates, which stand for bytes that are not UTF-8.
    key = f"{seed}\0{name}".encode(errors="surrogatepass")
    return int.from_bytes(blake2b(key, digest_size=6).digest(), "big")
