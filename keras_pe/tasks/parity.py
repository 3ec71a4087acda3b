"""Parity: is the number of ones even?"""

import numpy as np

from keras_pe.tasks.task import Task


def draw_parity(random, length, count):
    """Draws strings of bits and whether the number of ones is even.

    The label is the sum of the bits mod 2. The order of the bits does not matter, but every single
    one does: the classic task that attention finds hard. Bits are uniform.

    Args:
        random: `numpy.random.Generator`.
        length: int. Bits per row, at least 1.
        count: int. Rows.

    Returns:
        tokens: [count, length] int32.
        labels: [count] int32.

    Example:
        >>> tokens, labels = draw_parity(np.random.default_rng(1), length=5, count=1)
        >>> print(PARITY.text(tokens[0]), "->", PARITY.classes[labels[0]])
        0 1 1 1 0 -> odd

    Source: Delétang et al. (2022), https://arxiv.org/abs/2207.02098
    """
    tokens = random.integers(1, 3, size=(count, length), dtype=np.int32)
    return tokens, ((tokens - 1).sum(axis=1) % 2).astype(np.int32)


PARITY = Task(symbols=("0", "1"), classes=("even", "odd"), draw=draw_parity)
