"""One way to find a name in a table, and to say what else there is."""


def look_up(table, kind, name):
    """Returns the entry of a table.

    Args:
        table: dict from name to anything.
        kind: str. What the names are names of, for the message.
        name: str.

    Returns:
        The value.

    Raises:
        ValueError: If the name is not in the table.

    Example:
        >>> look_up({"mean": 1, "max": 2}, "pooling", "nope")
        Traceback (most recent call last):
        ...
        ValueError: Unknown pooling 'nope'. Choose one of: mean, max
    """
    if name not in table:
        raise ValueError(f"Unknown {kind} {name!r}. Choose one of: {', '.join(table)}")
    return table[name]
