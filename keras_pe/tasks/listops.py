"""ListOps: the value of nested operations on lists of digits."""

import numpy as np

from keras_pe.tasks.listops_trees import draw_trees
from keras_pe.tasks.task import Task

_OPERATORS = ("MIN", "MAX", "MED", "SM")
_SYMBOLS = (*map(str, range(10)), *_OPERATORS, "]")
_FIRST_OPERATOR, _END = 11, len(_SYMBOLS)
_SHORTEST_LIST = 4
LONGEST = 2_000
_FEWEST_TRIES, _MOST_TRIES = 64, 4_096


def draw_listops(random, length, count):
    """Draws ListOps expressions of more than length / 2 and at most `length` tokens, and values.

    MIN, MAX, MED (the median; of the two middle ones the mean, rounded down) and SM (the sum mod
    10) of 2 to 10 digits or expressions, at most ten deep. Tokens are those of Long Range Arena: a
    digit, an operator, and the `]` that ends its list are one each, and the parentheses of the
    files are left out. An operator is written without its bracket, `MIN` for `[MIN`, so that word
    tokenizers keep it whole.

    Lengths are those of the source's random trees, given that they are in (length / 2, length]; the
    source takes 500 < length < 2000 and drops duplicates. No expression has two or three
    tokens, so lengths under 4 give a single digit. The classes are not equally frequent: MIN
    and MAX favour 0 and 9. 128 rows take 4 ms of one core at length 40 and 12 ms at 500.

    Args:
        random: `numpy.random.Generator`.
        length: int. Most tokens per row, from 1 to 2,000.
        count: int. Rows.

    Returns:
        tokens: [count, W] int32, W of the longest row, padded with 0 on the right.
        labels: [count] int32.

    Raises:
        ValueError: `length` is over 2,000: such trees are too rare to wait for.

    Example:
        >>> tokens, labels = draw_listops(np.random.default_rng(2), length=12, count=1)
        >>> print(LISTOPS.text(tokens[0]), "->", LISTOPS.classes[labels[0]])
        SM MED 3 5 3 2 0 6 ] 6 6 ] -> 5

    Source: Nangia and Bowman (2018), https://arxiv.org/abs/1804.06028; Tay et al. (2020),
        https://arxiv.org/abs/2011.04006
    """
    if length > LONGEST:
        raise ValueError(f"`length` must be at most {LONGEST:,} in ListOps. Received: {length=}")
    if length < _SHORTEST_LIST:
        digits = random.integers(10, size=count, dtype=np.int32)
        return digits[:, None] + 1, digits
    parts = []
    # How many trees are of the right length depends on the length: from 1 in 5 to 1 in 35.
    tries_per_row = 8
    while (missing := count - sum(len(labels) for _, labels in parts)) > 0:
        tries = min(max(tries_per_row * missing, _FEWEST_TRIES), _MOST_TRIES)
        parts.append(_draw_some(random, length, tries, missing))
        tries_per_row *= 2
    width = max(tokens.shape[1] for tokens, _ in parts)
    padded = [np.pad(tokens, ((0, 0), (0, width - tokens.shape[1]))) for tokens, _ in parts]
    return np.concatenate(padded), np.concatenate([labels for _, labels in parts])


def _draw_some(random, length, tries, most):
    """Returns the rows that so many trees give, the first ones if they are more than `most`."""
    depths, lengths = draw_trees(random, tries, longest=length)
    keep = lengths > length / 2
    keep &= np.cumsum(keep) <= most
    depths, lengths = [depth.only(keep) for depth in depths], lengths[keep]
    if not lengths.size:
        return np.empty((0, 0), dtype=np.int32), np.empty(0, dtype=np.int32)
    return _write(depths, lengths), _evaluate(depths)


def _write(depths, lengths):
    """Returns the tokens of the trees, depth first, [trees, longest]."""
    width = lengths.max()
    tokens = np.zeros(lengths.size * width, dtype=np.int32)
    starts = np.arange(lengths.size) * width
    for depth, sizes, below in _with_sizes(depths):
        tokens[starts[~depth.is_operator]] = depth.digits + 1
        lists = starts[depth.is_operator]
        tokens[lists] = depth.operators + _FIRST_OPERATOR
        tokens[lists + sizes[depth.is_operator] - 1] = _END
        before = np.cumsum(below) - below
        starts = np.repeat(lists + 1 - before[depth.firsts], depth.arguments) + before
    return tokens.reshape(lengths.size, width)


def _with_sizes(depths):
    """Returns for each depth, from the root: it, its nodes' tokens, and those of their children."""
    rows, below = [], np.empty(0, dtype=np.int64)
    for depth in reversed(depths):
        sizes = np.ones(depth.trees.size, dtype=np.int64)
        sizes[depth.is_operator] = 2 + np.add.reduceat(below, depth.firsts)
        rows.append((depth, sizes, below))
        below = sizes
    return reversed(rows)


def _evaluate(depths):
    below = np.empty(0, dtype=np.int32)
    for depth in reversed(depths):
        values = np.empty(depth.trees.size, dtype=np.int32)
        values[~depth.is_operator] = depth.digits
        if depth.arguments.size:
            values[depth.is_operator] = _apply(depth, below)
        below = values
    return below


def _apply(depth, below):
    """Returns the value of each operator of a depth from the values of all nodes below."""
    firsts, arguments = depth.firsts, depth.arguments
    # Each operator's arguments in order of size, and the operators one after the other.
    ranked = below[np.lexsort((below, np.repeat(firsts, arguments)))]
    middle = (ranked[firsts + (arguments - 1) // 2] + ranked[firsts + arguments // 2]) // 2
    values = [
        ranked[firsts],
        ranked[firsts + arguments - 1],
        middle,
        np.add.reduceat(below, firsts) % 10,
    ]
    return np.choose(depth.operators, values)


LISTOPS = Task(symbols=_SYMBOLS, classes=tuple(map(str, range(10))), draw=draw_listops)
