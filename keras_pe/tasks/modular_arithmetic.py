"""Modular arithmetic without brackets: the value of a sum of products, mod 5."""

import numpy as np

from keras_pe.tasks.task import Task

MODULUS = 5
_OPERATORS = ("+", "-", "*")
_MINUS, _TIMES = 1, 2


def draw_modular_arithmetic(random, length, count):
    """Draws digits 0 to 4 joined by +, - and *, and the value mod 5.

    Digits stand at the even places, operators at the odd ones, all uniform; * binds tighter than
    + and -. So a row has an odd number of tokens: an even length gives one token less, as in the
    published code (the paper says one more). Products with a zero make the class 0 frequent in
    short rows: 25 % at three tokens, 20 % from eleven on. Unlike the published code there is no
    fourth operator that never appears.

    Args:
        random: `numpy.random.Generator`.
        length: int. Tokens per row, at least 1.
        count: int. Rows.

    Returns:
        tokens: [count, length or length - 1] int32.
        labels: [count] int32.

    Example:
        >>> tokens, labels = draw_modular_arithmetic(np.random.default_rng(1), length=7, count=1)
        >>> print(MODULAR_ARITHMETIC.text(tokens[0]), "->", MODULAR_ARITHMETIC.classes[labels[0]])
        2 + 2 + 3 * 4 -> 1

    Source: Delétang et al. (2022), https://arxiv.org/abs/2207.02098
    """
    digits = random.integers(MODULUS, size=(count, (length + 1) // 2), dtype=np.int32)
    operators = random.integers(3, size=(count, digits.shape[1] - 1), dtype=np.int32)
    tokens = np.empty((count, digits.shape[1] + operators.shape[1]), dtype=np.int32)
    tokens[:, 0::2] = digits + 1
    tokens[:, 1::2] = operators + MODULUS + 1
    return tokens, _values(digits, operators)


def _values(digits, operators):
    # One pass over the places for all rows: the sum so far, and the product that is still open.
    signed = np.where(operators == _MINUS, -digits[:, 1:], digits[:, 1:]).T
    total = np.zeros_like(digits[:, 0])
    product = digits[:, 0]
    for times, digit in zip(operators.T == _TIMES, signed, strict=True):
        total += np.where(times, 0, product)
        product = np.where(times, product * digit % MODULUS, digit)
    return (total + product) % MODULUS


MODULAR_ARITHMETIC = Task(
    symbols=(*map(str, range(MODULUS)), *_OPERATORS),
    classes=tuple(map(str, range(MODULUS))),
    draw=draw_modular_arithmetic,
)
