"""A split that holds out the same share of every stratum, equal texts together."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import NoReturn

from keras_pe.data.copies import Copies, copies_of, drawn_rows
from keras_pe.data.example import Example
from keras_pe.data.splits import check_fraction


def strata_split(
    examples: Sequence[Example],
    *,
    stratum_of: Callable[[Copies], Hashable],
    fraction: float,
    seed: int,
    keep: Callable[[set[int], list[Copies]], None] | None = None,
) -> tuple[list[Example], list[Example]]:
    """Holds out the nearest whole number of rows of each stratum, but at least one text of it.

    A stratum of one text stays in training. Where a text goes depends on the seed, its content and
    its stratum alone, by hash, so not on the order of the examples.

    Args:
        examples: sequence of Example.
        stratum_of: function of a text and its rows.
        fraction: float in (0, 1). The share to hold out.
        seed: int.
        keep: function of the rows held out and all texts, that takes rows out again.

    Returns:
        The examples kept and the examples held out, both in the order of `examples`.

    Raises:
        ValueError: `fraction` is out of bounds, or there are not two different texts.

    Example:
        >>> rows = [Example(f"text {row}", float(row), "f", row) for row in range(10)]
        >>> even = lambda copies: copies.rows[0] % 2
        >>> kept, held_out = strata_split(rows, stratum_of=even, fraction=0.2, seed=0)
        >>> len(kept), sorted(example.row % 2 for example in held_out)
        (8, [0, 1])
    """
    check_fraction(fraction)
    copies = copies_of(examples)
    place = examples[0].place if examples else "none"
    if len(copies) < 2:
        refuse_single_text(len(copies), place)
    held_out = _held_out(copies, stratum_of, fraction, seed)
    if keep is not None:
        keep(held_out, copies)
    if not held_out:
        refuse_none_held_out(len(copies), place)
    return (
        [example for at, example in enumerate(examples) if at not in held_out],
        [example for at, example in enumerate(examples) if at in held_out],
    )


def size_of_share(rows: int, fraction: float) -> int:
    """Returns how many of the rows of a stratum are held out, if their copies allow it."""
    return max(round(fraction * rows), 1)


def refuse_single_text(texts: int, place: str) -> NoReturn:
    """Raises `ValueError` for fewer than two different texts."""
    raise ValueError(
        "There must be at least two different texts, one to learn from and one to hold out. "
        f"Received: {texts} ({place}). Add examples, or give a --validation_file."
    )


def refuse_none_held_out(texts: int, place: str) -> NoReturn:
    """Raises `ValueError` for texts of which none can be held out."""
    raise ValueError(
        f"{place}: there are too few texts to hold one out and keep all labels. "
        f"Received: {texts} different texts. Add some, or give a --validation_file."
    )


def _held_out(copies, stratum_of, fraction, seed) -> set[int]:
    strata: dict[Hashable, list[Copies]] = defaultdict(list)
    for each in copies:
        strata[stratum_of(each)].append(each)
    held_out: set[int] = set()
    for own in strata.values():
        if len(own) > 1:
            rows = sum(len(each.rows) for each in own)
            held_out.update(drawn_rows(own, size_of_share(rows, fraction), seed))
    return held_out
