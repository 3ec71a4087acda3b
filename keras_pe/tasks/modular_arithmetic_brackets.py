"""Modular arithmetic with brackets: the value of a nested expression, mod 5."""

from keras_pe.tasks.bracketed_expression import MODULUS, SYMBOLS, draw_bracketed_expressions
from keras_pe.tasks.task import Task


def draw_modular_arithmetic_brackets(random, length, count):
    """Draws bracketed expressions with +, - and * over the digits 0 to 4, and their values mod 5.

    `draw_bracketed_expressions` says how. With multiplication, as in the paper; the published class
    leaves it out unless asked. Products with a zero make the class 0 frequent, 31 % of long rows,
    so a constant answer beats `chance`. Unlike the published code there are no tokens that never
    appear.

    Args:
        random: `numpy.random.Generator`.
        length: int. Tokens per row, at least 1.
        count: int. Rows.

    Returns:
        tokens: [count, length] int32.
        labels: [count] int32.

    Example:
        >>> import numpy as np
        >>> task = MODULAR_ARITHMETIC_BRACKETS
        >>> tokens, labels = task.draw(np.random.default_rng(1), length=10, count=1)
        >>> print(task.text(tokens[0]), "->", task.classes[labels[0]])
        ( ( 3 ) - ( - 4 ) ) -> 2

    Source: Delétang et al. (2022), https://arxiv.org/abs/2207.02098
    """
    return draw_bracketed_expressions(random, length, count, operators=3)


MODULAR_ARITHMETIC_BRACKETS = Task(
    symbols=(*SYMBOLS, "*"),
    classes=tuple(map(str, range(MODULUS))),
    draw=draw_modular_arithmetic_brackets,
)
