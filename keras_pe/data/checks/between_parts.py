"""What two parts have in common that only one of them should hold."""

from collections.abc import Callable, Hashable, Sequence
from itertools import combinations

from keras_pe.data.checks.finding import Finding, count_of, shown_pairs
from keras_pe.data.checks.parts import Parts
from keras_pe.data.example import Example

Pairs = Sequence[tuple[Example, Example]]


def between_parts(
    parts: Parts,
    *,
    check: str,
    kind: str,
    pairs_of: Callable[[str, str], Pairs],
    key_of: Callable[[Example], Hashable],
    named: bool = False,
) -> Finding:
    """Tells of the rows of each part whose text, group or the like is in an earlier part, too.

    Args:
        parts: `Parts`.
        check: str. The name of the check.
        kind: str. What is in both, such as "text".
        pairs_of: function of the names of two parts that returns (earlier, later) examples.
        key_of: function of an example that returns what it has in common with others.
        named: bool. Whether the sentence counts what is in both, and names the first.

    Returns:
        `Finding`. Its numbers say for each two parts how many rows of the later one have something
        in common with the earlier one, and how many different things that is.
    """
    numbers, sentences, examples = {}, [], []
    for earlier, later in combinations(parts.examples, 2):
        pairs = pairs_of(earlier, later)
        keys = {key_of(row) for _, row in pairs}
        numbers[f"{later} rows in {earlier}"] = len(pairs)
        numbers[f"{later} {kind}s in {earlier}"] = len(keys)
        examples += shown_pairs(pairs)
        if pairs:
            counted = (len(pairs), len(parts.examples[later]))
            what = (count_of(len(keys), kind), key_of(pairs[0][1])) if named else None
            sentences.append(shared_rows((earlier, later), pairs[0], counted, what))
    return Finding(
        check=check,
        found=bool(sentences),
        sentence="; ".join(sentences) or f"no {kind} in two parts",
        numbers=numbers,
        examples=tuple(examples),
    )


def shared_rows(
    parts: tuple[str, str],
    first: tuple[Example, Example],
    counted: tuple[int, int],
    what: tuple[str, Hashable] | None = None,
) -> str:
    """Returns what is told of rows that have something in common with those of an earlier part.

    Args:
        parts: what the earlier and the later part are called.
        first: the first of these rows, after one of the earlier part that shares it.
        counted: how many rows it is true of, and how many the later part has.
        what: how many different things they share, with their noun, and the first of them; None
            tells of neither.

    Example:
        >>> rows = [Example("", None, name, 2) for name in ("train.csv", "test.csv")]
        >>> shared_rows(("training", "test"), rows, (3, 40), ("1 group", "ann"))
        "3 test rows (7.50%) of 1 group also in training, first test.csv:2 = train.csv:2 ('ann')"
    """
    (earlier, later), (left, right), (rows, total) = parts, first, counted
    of, named = (f" of {what[0]}", f" ({what[1]!r})") if what else ("", "")
    return (
        f"{count_of(rows, f'{later} row')} ({rows / total:.2%}){of} also in {earlier}, first "
        f"{right.place} = {left.place}{named}"
    )
