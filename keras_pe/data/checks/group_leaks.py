"""Groups that stand in two parts: what is measured on them is what was learned of them."""

from collections.abc import Sequence
from itertools import combinations

from keras_pe.data.checks.finding import Finding, count_of, shown_pairs
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
    numbers, sentences, examples = {}, [], []
    for earlier, later in combinations(parts.examples, 2):
        pairs = rows_of_groups_in(parts.examples[earlier], parts.examples[later])
        groups = {row.group for _, row in pairs}
        numbers[f"{later} rows in {earlier}"] = len(pairs)
        numbers[f"{later} groups in {earlier}"] = len(groups)
        examples += shown_pairs(pairs)
        if pairs:
            left, right = pairs[0]
            sentences.append(
                f"{count_of(len(pairs), f'{later} row')} "
                f"({len(pairs) / len(parts.examples[later]):.2%}) of "
                f"{count_of(len(groups), 'group')} also in {earlier}, first {right.place} = "
                f"{left.place} ({right.group!r})"
            )
    return Finding(
        check=GROUP_LEAKS,
        found=bool(sentences),
        sentence="; ".join(sentences) or "no group in two parts",
        numbers=numbers,
        examples=tuple(examples),
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
