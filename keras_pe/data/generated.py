"""Generated tasks as labelled text."""

import numpy as np

from keras_pe.data.example import Example
from keras_pe.data.splits import Splits
from keras_pe.tasks import TASKS

# The parts share the texts as the examples: ten, one and one of twelve.
_SHARES = ("train",) * 10 + ("validation", "test")
_FEWEST_DRAWS = 1_000


def generated_splits(name: str, *, train_size: int, longest: int, seed: int) -> Splits:
    """Draws labelled texts of a task, the same ones for the same arguments.

    A text is the names of its tokens, joined by spaces; its label is the name of the class. Lengths
    are uniform from 1 to `longest` tokens. A text stands in one part only; there it can stand more
    than once, for there are not many short ones, and a part can have none of the shortest.

    Args:
        name: str. A key of `keras_pe.tasks.TASKS`.
        train_size: int. Examples to train on; validation and test get a tenth of it each.
        longest: int. Tokens of the longest texts, at least 1.
        seed: int.

    Returns:
        `Splits`. The source of an example is the name, its row a running number.

    Raises:
        ValueError: `longest` is less than 1, or there are too few different texts of such lengths
            for three parts.

    Example:
        >>> splits = generated_splits("parity", train_size=100, longest=12, seed=0)
        >>> len(splits.train), len(splits.validation), len(splits.test)
        (100, 10, 10)
        >>> bits = splits.train[0].text.split()
        >>> splits.train[0].label == ("odd" if bits.count("1") % 2 else "even")
        True
    """
    if longest < 1:
        raise ValueError(_too_short(name, longest))
    held_out = max(train_size // 10, 1)
    sizes = {"train": train_size, "validation": held_out, "test": held_out}
    parts = {part: [] for part in sizes}
    random = np.random.default_rng(seed)
    homes, rows = {}, 0
    while any(len(parts[part]) < size for part, size in sizes.items()):
        before = rows
        for text, label in _draw(TASKS[name], random, longest, _draws(sizes)):
            part = homes.setdefault(text, _SHARES[random.integers(len(_SHARES))])
            if len(parts[part]) < sizes[part]:
                rows += 1
                parts[part].append(Example(text, label, source=name, row=rows))
        if rows == before:
            raise ValueError(_too_short(name, longest))
    return Splits(**parts)


def _draws(sizes):
    return max(sum(sizes.values()), _FEWEST_DRAWS)


def _draw(task, random, longest, count):
    """Returns texts and labels with uniform lengths, in random order."""
    lengths, counts = np.unique(random.integers(1, longest + 1, size=count), return_counts=True)
    drawn = []
    for length, rows in zip(lengths.tolist(), counts.tolist(), strict=True):
        tokens, labels = task.draw(random, length, rows)
        drawn += [
            (task.text(row), task.classes[label])
            for row, label in zip(tokens.tolist(), labels.tolist(), strict=True)
        ]
    return [drawn[at] for at in random.permutation(count)]


def _too_short(name, longest):
    return (
        "`max_length` must leave room for different texts in training, validation and test. "
        f"Received: dataset={name!r} with texts of at most {longest} tokens. Choose a larger one."
    )
