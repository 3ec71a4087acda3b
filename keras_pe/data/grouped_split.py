"""A split that holds out whole groups, such as all texts of an author."""

import logging
from collections.abc import Callable, Hashable, Iterable, Sequence

import numpy as np

from keras_pe.data.content import content
from keras_pe.data.example import Example
from keras_pe.data.group_choice import GroupChoice
from keras_pe.data.group_rows import GroupRows
from keras_pe.data.joined_groups import JoinedGroups, links_of
from keras_pe.data.splits import check_fraction, draw_number

_logger = logging.getLogger(__name__)


def grouped_split(
    examples: Sequence[Example],
    *,
    strata_of: Callable[[Sequence[Example]], list[tuple[Hashable, ...]]],
    fraction: float,
    seed: int,
) -> tuple[list[Example], list[Example]]:
    """Holds out whole groups, and about the same share of every stratum.

    Groups that share a text, equal but for case and punctuation, count as one; empty texts join
    none. Where a group goes depends on the seed, the names of the groups and their rows, by hash,
    so not on the order of the file; `GroupChoice` says which come first and what is promised of
    the shares. They are logged.

    Args:
        examples: sequence of Example, all with a group.
        strata_of: function of examples that returns the strata of each, such as its labels.
        fraction: float in (0, 1). The share to hold out.
        seed: int.

    Returns:
        The examples kept and the examples held out, both in the order of `examples`.

    Raises:
        ValueError: `fraction` is out of bounds, an example has no group, or no group can be held
            out so that all labels are learned.

    Example:
        >>> rows = [Example(f"text {i}", "ab"[i % 2], "f", i, group=f"{i // 4}") for i in range(80)]
        >>> labels = lambda examples: [example.labels for example in examples]
        >>> kept, held_out = grouped_split(rows, strata_of=labels, fraction=0.2, seed=0)
        >>> len(held_out), {e.group for e in kept} & {e.group for e in held_out}
        (16, set())
    """
    check_fraction(fraction)
    groups = group_numbers(examples, seed)
    joined = JoinedGroups(_links(examples, groups))
    strata = strata_of(examples)
    names = ordered_strata({name for own in strata for name in own})
    counts = _counted(joined.roots_of(groups), strata, names)
    held_out = groups_to_hold_out(
        [counts], joined, names, fraction=fraction, place=examples[0].place
    )
    held = np.isin(groups, held_out).tolist()
    return (
        [example for example, out in zip(examples, held, strict=True) if not out],
        [example for example, out in zip(examples, held, strict=True) if out],
    )


def group_numbers(examples: Sequence[Example], seed: int) -> np.ndarray:
    """Returns the hash of each example's group, [N] uint64.

    Args:
        examples: sequence of Example.
        seed: int.

    Raises:
        ValueError: an example has no group.
    """
    missing = next((each for each in examples if each.group is None), None)
    if missing is not None:
        raise ValueError(f"{missing.place}: the group must be known. Received: group=None")
    numbers = {name: draw_number(seed, name) for name in {each.group for each in examples}}
    return np.array([numbers[each.group] for each in examples], np.uint64)


def ordered_strata(names: Iterable[Hashable]) -> list[Hashable]:
    """Returns strata in an order that the rows have no part in: sums of costs are rounded by it.

    Args:
        names: iterable of what strata are called; None is that of texts without a label.
    """
    return sorted(names, key=lambda name: (name is None, name))


def groups_to_hold_out(
    slices: Iterable[GroupRows],
    joined: JoinedGroups,
    names: Sequence[Hashable],
    *,
    fraction: float,
    place: str,
) -> np.ndarray:
    """Chooses the groups to hold out, and logs what came of it.

    Args:
        slices: iterable of `GroupRows`, as for `GroupChoice`, of groups that stand for those joined
            to them.
        joined: `JoinedGroups`.
        names: sequence. What the strata are called.
        fraction: float in (0, 1). The share to hold out.
        place: str. Where the rows begin, for the error.

    Returns:
        [G] uint64, rising; those that are joined to others among them.

    Raises:
        ValueError: no group can be held out so that all labels are learned.
    """
    choice = GroupChoice(slices, fraction=fraction)
    total = choice.num_groups
    if not len(choice.held_out):
        shared = f", after {len(joined):,} that share a text with another" if len(joined) else ""
        raise ValueError(
            f"{place}: there must be a group that can be held out while others have all its "
            f"labels. Received: {total:,} group{'s' * (total != 1)}{shared}. "
            "Add groups, or give a --validation_file."
        )
    shared = f" ({len(joined):,} of them joined by equal texts)" if len(joined) else ""
    _logger.info(
        "Held out %s of %s groups%s: %s.",
        *(f"{len(choice.held_out):,}", f"{total + len(joined):,}", shared, _shares(choice, names)),
    )
    return joined.with_joined(choice.held_out)


def _links(examples: Sequence[Example], groups: np.ndarray) -> list[list[int]]:
    numbers: dict[str, int] = {}
    texts = [numbers.setdefault(content(each.all_text), len(numbers)) for each in examples]
    texts = np.array(texts, np.int64)
    filled = texts != numbers.get("", -1)
    return links_of(texts[filled], groups[filled]).tolist()


def _counted(roots: np.ndarray, strata: list[tuple], names: list[Hashable]) -> GroupRows:
    numbers = {name: number for number, name in enumerate(names)}
    sizes = [len(own) for own in strata]
    flat = [numbers[name] for own in strata for name in own]
    rows = np.ones(len(flat), np.int64)
    return GroupRows(np.repeat(roots, sizes), flat, rows, num_strata=len(names))


def _shares(choice: GroupChoice, names: Sequence[Hashable]) -> str:
    rows, held = choice.rows
    # Where many numbers are equal, some bands have none.
    filled = np.flatnonzero(rows)
    shares = held[filled] / rows[filled]
    least, most = np.argmin(shares), np.argmax(shares)
    return (
        f"{held.sum() / rows.sum():.1%} in all, of each stratum from "
        f"{shares[least]:.1%} ({names[filled[least]]!r}) to {shares[most]:.1%} "
        f"({names[filled[most]]!r})"
    )
