"""Solve equation: which digit stands for x?"""

import numpy as np

from keras_pe.tasks.bracketed_expression import MODULUS, SYMBOLS, draw_bracketed_expressions
from keras_pe.tasks.task import Task

_SYMBOLS = (*SYMBOLS, "x", "=")
_X, _EQUALS = len(_SYMBOLS) - 1, len(_SYMBOLS)


def draw_solve_equation(random, length, count):
    """Draws equations mod 5 with one unknown digit, and that digit.

    A bracketed expression with + and - of length - 2 tokens (`draw_bracketed_expressions`), "=" and
    its value. From a uniformly chosen place of the expression, the next digit, from the end on
    again from the start, becomes `x` and is the label. Without *, exactly one digit solves it. As
    in the published code, one or two tokens are `0` with the label 0.

    Args:
        random: `numpy.random.Generator`.
        length: int. Tokens per row, at least 1.
        count: int. Rows.

    Returns:
        tokens: [count, length] int32.
        labels: [count] int32.

    Example:
        >>> tokens, labels = draw_solve_equation(np.random.default_rng(2), length=11, count=1)
        >>> print(SOLVE_EQUATION.text(tokens[0]), "->", SOLVE_EQUATION.classes[labels[0]])
        ( ( 2 + x ) + 0 ) = 1 -> 4

    Source: Delétang et al. (2022), https://arxiv.org/abs/2207.02098
    """
    if length < 3:
        return np.ones((count, length), dtype=np.int32), np.zeros(count, dtype=np.int32)
    expressions, values = draw_bracketed_expressions(random, length - 2, count, operators=2)
    rows = np.arange(count)
    unknown = _next_digits(expressions, random.integers(length - 2, size=count))
    labels = expressions[rows, unknown] - 1
    expressions[rows, unknown] = _X
    equals = np.full(count, _EQUALS, dtype=np.int32)
    return np.column_stack([expressions, equals, values + 1]), labels


def _next_digits(expressions, places):
    """Returns the place of the first digit from each place on, round the end."""
    count, length = expressions.shape
    round_the_end = (places[:, None] + np.arange(length)) % length
    is_digit = np.take_along_axis(expressions <= MODULUS, round_the_end, axis=1)
    return (places + is_digit.argmax(axis=1)) % length


SOLVE_EQUATION = Task(
    symbols=_SYMBOLS, classes=tuple(map(str, range(MODULUS))), draw=draw_solve_equation
)
