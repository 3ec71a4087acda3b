"""Missing duplicate: a string stands there twice; which bit is hidden?"""

import numpy as np

from keras_pe.tasks.task import Task

_HIDDEN = 3
_FILLER = 4


def draw_missing_duplicate(random, length, count):
    """Draws strings of bits that stand there twice, with one bit hidden, and that bit.

    A row is w w with w of length // 2 uniform bits, and one of its bits, uniformly chosen, is `?`.
    The label is the bit that `?` hides: the one length // 2 places away. As in the published code,
    an odd length ends in a filler, and a single token is `1` with the label 1.

    Args:
        random: `numpy.random.Generator`.
        length: int. Tokens per row, at least 1.
        count: int. Rows.

    Returns:
        tokens: [count, length] int32.
        labels: [count] int32.

    Example:
        >>> tokens, labels = draw_missing_duplicate(np.random.default_rng(1), length=7, count=1)
        >>> print(MISSING_DUPLICATE.text(tokens[0]), "->", MISSING_DUPLICATE.classes[labels[0]])
        0 1 1 0 1 ? . -> 1

    Source: Delétang et al. (2022), https://arxiv.org/abs/2207.02098
    """
    if length == 1:
        return np.full((count, 1), 2, dtype=np.int32), np.ones(count, dtype=np.int32)
    half = random.integers(1, 3, size=(count, length // 2), dtype=np.int32)
    filler = np.full((count, length % 2), _FILLER, dtype=np.int32)
    tokens = np.concatenate([half, half, filler], axis=1)
    rows = np.arange(count)
    hidden = random.integers(length // 2 * 2, size=count)
    labels = tokens[rows, hidden] - 1
    tokens[rows, hidden] = _HIDDEN
    return tokens, labels


MISSING_DUPLICATE = Task(
    symbols=("0", "1", "?", "."), classes=("0", "1"), draw=draw_missing_duplicate
)
