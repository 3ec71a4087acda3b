"""A split of texts with several labels that holds out the same share of every label."""

from collections import Counter
from collections.abc import Iterable

from keras_pe.data.copies import Copies
from keras_pe.data.example import Example
from keras_pe.data.splits import draw
from keras_pe.data.strata_split import strata_split


def label_set_split(
    examples: Iterable[Example], *, fraction: float, seed: int
) -> tuple[list[Example], list[Example]]:
    """Holds out the same share of every label, equal texts together.

    Each text counts for the rarest of its labels, of which the share is held out; the commoner ones
    follow, for each of their texts counts for some label. Texts without labels are a group of their
    own. Where a text goes depends on the seed, the texts and their labels, by hash, so not on the
    order of the file.

    Every label keeps at least one of its texts for training. One that a single text has is held out
    nowhere; the check for missing classes says so.

    Args:
        examples: iterable of Example with sets of labels.
        fraction: float in (0, 1). The share to hold out.
        seed: int.

    Returns:
        The examples kept and the examples held out, both in the order of `examples`.

    Raises:
        ValueError: `fraction` is out of bounds, or there are not two different texts.

    Example:
        >>> sets = [("a", "b"), ("b",), ()]
        >>> rows = [Example(f"text {row}", sets[row % 3], "f", row) for row in range(30)]
        >>> _, held_out = label_set_split(rows, fraction=0.1, seed=0)
        >>> sorted(example.label for example in held_out)
        [(), ('a', 'b'), ('b',)]

    Source: the idea of taking the rarest label first is that of Sechidis et al. (2011), On the
    stratification of multi-label data; there, texts are given away one after the other.
    """
    examples = list(examples)
    counts = Counter(label for example in examples for label in example.labels)

    def labels(copies: Copies) -> set[str]:
        return {label for row in copies.rows for label in examples[row].labels}

    def rarest(copies: Copies) -> str | None:
        return min(labels(copies), key=lambda label: (counts[label], label), default=None)

    def keep(held_out: set[int], copies: list[Copies]) -> None:
        kept = {label for each in copies if each.rows[0] not in held_out for label in labels(each)}
        for label in sorted(set(counts) - kept):
            own = (each for each in copies if label in labels(each))
            first = min(own, key=lambda each: draw(seed, each.content))
            held_out.difference_update(first.rows)

    return strata_split(examples, stratum_of=rarest, fraction=fraction, seed=seed, keep=keep)
