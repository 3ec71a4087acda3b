"""A split that holds out the same share of every class, and never half of a text's copies."""

import logging
from collections import defaultdict
from collections.abc import Iterable

from keras_pe.data.copies import Copies, copies_of, drawn_rows
from keras_pe.data.example import Example
from keras_pe.data.splits import check_fraction, draw

_logger = logging.getLogger(__name__)


def stratified_split(
    examples: Iterable[Example], *, fraction: float, seed: int
) -> tuple[list[Example], list[Example]]:
    """Holds out the same share of every class, equal texts together.

    Texts that are equal but for case and punctuation go to the same part, so that nothing is
    measured on what was learned. Each class gives the nearest whole number of examples that its
    copies allow, but at least one, and keeps at least one.

    Where a text goes depends on the seed and the text alone, by hash: first come the texts with the
    smallest numbers. So it does not depend on the order of the file; and where a file grows, only
    texts near the boundary change their part.

    Where a class has a single text, its copies are divided, and a warning is logged. Where equal
    texts have different labels, the rarest label decides.

    Args:
        examples: iterable of Example, all with a label.
        fraction: float in (0, 1). The share to hold out.
        seed: int.

    Returns:
        The examples kept and the examples held out, both in the order of `examples`.

    Raises:
        ValueError: `fraction` is out of bounds, an example has no label, or a class has only one
            example.

    Example:
        >>> rows = [Example(f"text {row // 2}", "ab"[row % 4 > 1], "f", row) for row in range(40)]
        >>> kept, held_out = stratified_split(rows, fraction=0.2, seed=0)
        >>> len(kept), sorted(example.label for example in held_out)
        (32, ['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b'])
        >>> {example.text for example in kept} & {example.text for example in held_out}
        set()
    """
    check_fraction(fraction)
    examples = list(examples)
    classes = _classes(examples)
    _check_sizes(classes, examples)
    copies = copies_of(examples)
    held_out: set[int] = set()
    for label, own in _owned(copies, examples, classes).items():
        size = held_out_size(len(classes[label]), fraction)
        if len(own) == 1:
            _warn_of_single_text(examples[own[0].rows[0]])
            held_out.update(_some_copies(own[0], label, size, seed))
        else:
            held_out.update(drawn_rows(own, size, seed))
    _give_back(held_out, classes, copies)
    return (
        [example for at, example in enumerate(examples) if at not in held_out],
        [example for at, example in enumerate(examples) if at in held_out],
    )


def _classes(examples: list[Example]) -> dict[str, list[int]]:
    classes: dict[str, list[int]] = defaultdict(list)
    for at, example in enumerate(examples):
        if example.label is None:
            raise ValueError(f"{example.place}: the label must be known. Received: label=None")
        classes[example.label].append(at)
    return classes


def _check_sizes(classes: dict[str, list[int]], examples: list[Example]) -> None:
    refuse_single([examples[members[0]] for members in classes.values() if len(members) == 1])


def refuse_single(examples: list[Example]) -> None:
    """Raises `ValueError` if there are examples that are alone with their label.

    Args:
        examples: list of Example. Those that are.
    """
    if examples:
        first, others = examples[0], len(examples) - 1
        more = f" So are {others} other labels." if others else ""
        raise ValueError(
            f"{first.place}: every label must have at least two examples, one to learn from and "
            f"one to hold out. Received: {first.label!r}, which is there once.{more} Add examples, "
            "remove the row, or give a --validation_file."
        )


def held_out_size(members: int, fraction: float) -> int:
    """Returns how many of the examples of a class are held out, if their copies allow it."""
    return min(max(round(fraction * members), 1), members - 1)


def _owned(copies, examples, classes) -> dict[str, list[Copies]]:
    """Gives each text to the rarest of its labels."""
    owned: dict[str, list[Copies]] = defaultdict(list)
    for each in copies:
        labels = {examples[row].label for row in each.rows}
        owned[min(labels, key=lambda label: (len(classes[label]), label))].append(each)
    return owned


def _some_copies(copies: Copies, label: str, size: int, seed: int) -> list[int]:
    ordered = sorted((draw(seed, f"{at}:{label}"), row) for at, row in enumerate(copies.rows))
    return [row for _, row in ordered[: min(size, len(ordered) - 1)]]


def _warn_of_single_text(example: Example) -> None:
    _logger.warning(
        "%s: the label %r has no other text than this one, so its copies are in training and in "
        "validation.",
        *(example.place, example.label),
    )


def _give_back(held_out: set[int], classes: dict[str, list[int]], copies: list[Copies]) -> None:
    """Keeps a text of each class of which equal texts of rarer classes have taken all."""
    for members in classes.values():
        if held_out.issuperset(members):
            own = next(each for each in copies if members[0] in each.rows)
            held_out.difference_update(own.rows)
