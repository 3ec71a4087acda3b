"""Long texts by how many times longer they are than the training texts."""

import numpy as np

MULTIPLES = (1, 2, 4, 8, 16)


def bands(lengths, train_length) -> list[tuple[int, int | None, np.ndarray]]:
    """Sorts texts into bands: up to N tokens, to 2 N, 4 N, 8 N, 16 N, and above.

    Args:
        lengths: [N] int. Tokens of each text.
        train_length: int. Tokens of the longest training text.

    Returns:
        (above, up to or None, numbers of the texts) for every band that has a text.

    Example:
        >>> [(low, high, texts.tolist()) for low, high, texts in bands(np.array([5, 90, 10]), 10)]
        [(0, 10, [0, 2]), (80, 160, [1])]
    """
    edges = [0, *(train_length * multiple for multiple in MULTIPLES), None]
    found = []
    for low, high in zip(edges[:-1], edges[1:], strict=True):
        inside = lengths > low if high is None else (lengths > low) & (lengths <= high)
        if inside.any():
            found.append((low, high, np.flatnonzero(inside)))
    return found


def sampled(numbers, samples, seed) -> np.ndarray:
    """Returns at most `samples` of the numbers, drawn without a look at anything else, in order."""
    if len(numbers) <= samples:
        return numbers
    return np.sort(np.random.default_rng(seed).choice(numbers, samples, replace=False))
