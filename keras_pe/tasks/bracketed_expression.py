"""Random bracketed arithmetic of an exact number of tokens, all rows at once."""

import numpy as np

MODULUS = 5
SYMBOLS = (*map(str, range(MODULUS)), "+", "-", "(", ")")
_PLUS, _MINUS, _OPEN, _CLOSE, _TIMES = range(6, 11)
_SPLIT = 5  # Fewer tokens hold no operator between two operands.


def draw_bracketed_expressions(random, length, count, *, operators):
    """Draws bracketed expressions and their values mod 5.

    The rule of the source: one token is a digit d, two are "-d", three "(d)", four "(-d)", and more
    are "(L o R)" with an operator o, where L has from 1 to length - 4 tokens, uniformly, and R the
    rest. Written as one pass per depth instead of a recursion: all expressions of a depth, in all
    rows, are split together, and their values are found from the deepest up.

    Args:
        random: `numpy.random.Generator`.
        length: int. Tokens per row, at least 1.
        count: int. Rows.
        operators: int. 2 for + and -, 3 for *, too, whose token is the one after `SYMBOLS`.

    Returns:
        tokens: [count, length] int32; id k is `SYMBOLS[k - 1]`.
        values: [count] int32.

    Example:
        >>> random = np.random.default_rng(0)
        >>> tokens, values = draw_bracketed_expressions(random, 9, 1, operators=2)
        >>> print(*(SYMBOLS[token - 1] for token in tokens[0]), "=", values[0])
        ( ( 1 + 0 ) - 2 ) = 4

    Source: Delétang et al. (2022), https://arxiv.org/abs/2207.02098
    """
    tokens = np.empty(count * length, dtype=np.int32)
    starts, lengths = np.arange(count) * length, np.full(count, length)
    depths = []
    while starts.size:
        _write_brackets(tokens, starts, lengths)
        split = lengths >= _SPLIT
        values = _write_digits(random, tokens, starts[~split], lengths[~split])
        starts, lengths, operator = _write_operators(
            random, tokens, starts[split], lengths[split], operators
        )
        depths.append((split, values, operator))
    return tokens.reshape(count, length), _evaluate(depths)


def _write_brackets(tokens, starts, lengths):
    inside = lengths >= 3
    tokens[starts[inside]] = _OPEN
    tokens[(starts + lengths - 1)[inside]] = _CLOSE


def _write_digits(random, tokens, starts, lengths):
    """Writes the expressions without an operator; returns their values."""
    digits = random.integers(MODULUS, size=starts.size, dtype=np.int32)
    starts = starts + (lengths >= 3)
    negative = lengths % 2 == 0
    tokens[starts[negative]] = _MINUS
    tokens[starts + negative] = digits + 1
    return np.where(negative, -digits, digits) % MODULUS


def _write_operators(random, tokens, starts, lengths, operators):
    """Writes the operators; returns the starts and lengths of the operands, and the operators."""
    left = random.integers(1, lengths - 3)
    operator = random.integers(operators, size=starts.size)
    middle = starts + 1 + left
    tokens[middle] = np.array([_PLUS, _MINUS, _TIMES])[operator]
    operands = np.stack([starts + 1, middle + 1], axis=1).ravel()
    return operands, np.stack([left, lengths - left - 3], axis=1).ravel(), operator


def _evaluate(depths):
    below = np.empty(0, dtype=np.int32)
    for split, digits, operator in reversed(depths):
        left, right = below[0::2], below[1::2]
        below = np.empty(split.size, dtype=np.int32)
        below[~split] = digits
        below[split] = np.choose(operator, [left + right, left - right, left * right]) % MODULUS
    return below
