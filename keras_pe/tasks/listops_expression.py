"""The value of a ListOps expression that is given as text."""

_OPERATORS = {
    "MIN": min,
    "MAX": max,
    "MED": lambda values: _median(sorted(values)),
    "SM": lambda values: sum(values) % 10,
    "FIRST": lambda values: values[0],
    "LAST": lambda values: values[-1],
}
_DIGITS = {str(digit): digit for digit in range(10)}


def evaluate_listops(text):
    """Returns the value of a ListOps expression.

    Operators are MIN, MAX, MED (the median; of the two middle values the mean, rounded down), SM
    (the sum mod 10), FIRST and LAST, written `[MIN` or `MIN`; `]` ends a list. Parentheses, which
    repeat the structure in the published files, are skipped. Not recursive, so no depth is too
    deep. The PM of some files is not known.

    Args:
        text: str. An expression whose tokens are separated by white space.

    Returns:
        int, 0 to 9.

    Raises:
        ValueError: A token is unknown, a list is empty or has no end, an end has no list, or there
            is not exactly one expression.

    Example:
        >>> evaluate_listops("( ( ( [MAX 2 ) ( ( ( [SM 9 ) 4 ) ] ) ) ] )")
        3
        >>> evaluate_listops("MED 1 4 8 6 ]")
        5

    Source: Nangia and Bowman (2018), https://arxiv.org/abs/1804.06028
    """
    lists = [("", [])]
    tokens = [token for token in text.split() if token not in ("(", ")")]
    for place, token in enumerate(tokens, start=1):
        name = token.removeprefix("[")
        if token in _DIGITS:
            lists[-1][1].append(_DIGITS[token])
        elif name in _OPERATORS:
            lists.append((name, []))
        elif token == "]":
            _close(lists, place)
        else:
            raise ValueError(
                f"A ListOps token must be a digit, `]` or one of {', '.join(_OPERATORS)}. "
                f"Received: {token!r}, token {place}"
            )
    return _single_value(lists)


def _close(lists, place):
    if len(lists) == 1:
        raise ValueError(
            f"Every `]` must end a list. Received: one without an operator, token {place}"
        )
    name, values = lists.pop()
    if not values:
        raise ValueError(f"A list must hold a value. Received: [{name} ], token {place}")
    lists[-1][1].append(_OPERATORS[name](values))


def _single_value(lists):
    if len(lists) > 1:
        raise ValueError(f"Every list must end in `]`. Received: [{lists[-1][0]} without an end")
    values = lists[0][1]
    if len(values) != 1:
        raise ValueError(
            f"The text must hold exactly one expression. Received: {len(values)} of them"
        )
    return values[0]


def _median(ordered):
    middle = len(ordered) // 2
    return (ordered[middle] + ordered[~middle]) // 2
