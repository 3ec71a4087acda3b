"""Groups that stand in two parts: what is measured on them is what was learned of them."""

from collections.abc import Sequence

from keras_pe.data.checks.between_parts import between_parts
from keras_pe.data.checks.finding import Finding
from keras_pe.data.checks.parts import Parts
from keras_pe.data.example import Example

GROUP_LEAKS = "groups in two parts"


def group_leaks(parts: Parts) -> Finding:
    """Finds rows of one part whose group, such as their author, is in another, too.

    Rows without a group do not count.

    Args:
        parts: `Parts`.

    Returns:
        `Finding`. Its numbers say for each two parts how many rows of the later one are of a group
        in the earlier one, and of how many different groups they are.
    """
    return between_parts(
        parts,
        check=GROUP_LEAKS,
        kind="group",
        pairs_of=lambda *names: rows_of_groups_in(*(parts.examples[name] for name in names)),
        key_of=lambda example: example.group,
        named=True,
    )


def rows_of_groups_in(
    earlier: Sequence[Example], later: Sequence[Example]
) -> list[tuple[Example, Example]]:
    """Returns for each later example whose group is among the earlier ones the first of these.

    Args:
        earlier: sequence of Example.
        later: sequence of Example.

    Returns:
        List of (the first earlier example of the group, later example).

    Example:
        >>> train = [Example("Good.", "a", "train.csv", at, group="ann") for at in (2, 3)]
        >>> test = [Example("Bad.", "b", "test.csv", at, group="ann") for at in (2, 3)]
        >>> [(left.place, right.place) for left, right in rows_of_groups_in(train, test)]
        [('train.csv:2', 'test.csv:2'), ('train.csv:2', 'test.csv:3')]
    """
    first: dict[str, Example] = {}
    for example in earlier:
        if example.group is not None:
            first.setdefault(example.group, example)
    return [(first[row.group], row) for row in later if row.group in first]
