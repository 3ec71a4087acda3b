"""Even pairs: is the last bit the first?"""

import numpy as np

from keras_pe.tasks.task import Task


def draw_even_pairs(random, length, count):
    """Draws strings of bits and whether the number of unequal neighbours is even.

    The label of x is the number of t with x_t != x_{t+1}, mod 2, which is [x_1 != x_n]: two tokens
    decide, and no count of tokens does. Bits are uniform. A single bit is even.

    Args:
        random: `numpy.random.Generator`.
        length: int. Bits per row, at least 1.
        count: int. Rows.

    Returns:
        tokens: [count, length] int32.
        labels: [count] int32.

    Example:
        >>> tokens, labels = draw_even_pairs(np.random.default_rng(1), length=5, count=1)
        >>> print(EVEN_PAIRS.text(tokens[0]), "->", EVEN_PAIRS.classes[labels[0]])
        0 1 1 1 0 -> even

    Source: Delétang et al. (2022), https://arxiv.org/abs/2207.02098
    """
    tokens = random.integers(1, 3, size=(count, length), dtype=np.int32)
    return tokens, (tokens[:, 0] != tokens[:, -1]).astype(np.int32)


EVEN_PAIRS = Task(symbols=("0", "1"), classes=("even", "odd"), draw=draw_even_pairs)
