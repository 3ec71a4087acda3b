"""The check that an encoding and the attention it acts in have the same heads."""


def check_num_heads(encoding, num_heads):
    """Raises if the attention has another number of heads than the encoding.

    Args:
        encoding: A `PositionEncoding` with an attribute `num_heads`.
        num_heads: int. Heads of the attention.

    Raises:
        ValueError: If the two differ.

    Example:
        >>> from keras_pe.layers import ALiBi
        >>> check_num_heads(ALiBi(num_heads=2), 4)
        Traceback (most recent call last):
        ...
        ValueError: `num_heads` of ALiBi must be that of the attention. Received: num_heads=2, ...
    """
    if num_heads != encoding.num_heads:
        raise ValueError(
            f"`num_heads` of {type(encoding).__name__} must be that of the attention. "
            f"Received: num_heads={encoding.num_heads}, attention with {num_heads} heads"
        )
