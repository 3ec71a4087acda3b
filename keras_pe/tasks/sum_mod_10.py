"""Sum mod 10: the last digit of a sum of digits."""

import numpy as np

from keras_pe.tasks.task import Task

MODULUS = 10


def draw_sum_mod_10(random, length, count):
    """Draws strings of the digits 1 to 9 and the last digit of their sum.

    Digits are uniform. The order does not matter, but every digit does. Unlike the source, which
    asks a decoder in words for the answer, this is classification.

    Args:
        random: `numpy.random.Generator`.
        length: int. Digits per row, at least 1.
        count: int. Rows.

    Returns:
        tokens: [count, length] int32.
        labels: [count] int32.

    Example:
        >>> tokens, labels = draw_sum_mod_10(np.random.default_rng(1), length=4, count=1)
        >>> print(SUM_MOD_10.text(tokens[0]), "->", SUM_MOD_10.classes[labels[0]])
        5 5 7 9 -> 6

    Source: Kazemnejad et al. (2023), https://arxiv.org/abs/2305.19466
    """
    # The id of a digit is the digit.
    tokens = random.integers(1, MODULUS, size=(count, length), dtype=np.int32)
    return tokens, (tokens.sum(axis=1) % MODULUS).astype(np.int32)


SUM_MOD_10 = Task(
    symbols=tuple(str(digit) for digit in range(1, MODULUS)),
    classes=tuple(str(digit) for digit in range(MODULUS)),
    draw=draw_sum_mod_10,
)
