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
            left, right = pairs[0]
            of, first = "", ""
            if named:
                of, first = f" of {count_of(len(keys), kind)}", f" ({key_of(right)!r})"
            share = len(pairs) / len(parts.examples[later])
            sentences.append(
                f"{count_of(len(pairs), f'{later} row')} ({share:.2%}){of} "
                f"also in {earlier}, first {right.place} = {left.place}{first}"
            )
    return Finding(
        check=check,
        found=bool(sentences),
        sentence="; ".join(sentences) or f"no {kind} in two parts",
        numbers=numbers,
        examples=tuple(examples),
    )
