"""What encodings of token vectors add to them."""

import numpy as np
from keras import ops

from keras_pe.pictures.view import View, by_distance


def table_view(encoding, *, title, weights, positions, dim, **_):
    """Returns the vector of each position, and how alike two are at each distance.

    Args:
        encoding: A `PositionEncoding` that acts on embeddings and reads positions.
        title: str.
        weights: str. What there is to say of its weights.
        positions: [1, T], float32.
        dim: int. Features of a token.

    Returns:
        `View`.
    """
    zeros = ops.zeros((1, positions.shape[1], dim))
    vectors = ops.convert_to_numpy(encoding(zeros, positions=positions))[0]
    directions = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return View(
        title=title,
        note=f"the vector that each position adds to its token{weights}",
        matrices={"": vectors},
        rows="position (tokens)",
        columns="feature",
        values="added value",
        curves={"": by_distance(directions @ directions.T)},
        curve_values="cosine of two position vectors, mean",
        distance="distance between the two (tokens)",
    )


def neighbour_view(encoding, *, title, weights, positions, dim, **_):
    """Returns what one token adds to those around it.

    Args:
        encoding: A `PositionEncoding` that acts on embeddings and reads their order alone.
        title: str.
        weights: str. What there is to say of its weights.
        positions: [1, T], float32.
        dim: int. Features of a token.

    Returns:
        `View`.
    """
    length = positions.shape[1]
    middle = length // 2
    tokens = np.zeros((1, length, dim), "float32")
    tokens[:, middle] = 1.0
    added = ops.convert_to_numpy(encoding(tokens, positions=positions) - tokens)[0]
    sizes = np.full(2 * length - 1, np.nan)
    # Distance 0 is number T - 1; the token at p finds the one in the middle at middle - p.
    sizes[length - 1 + middle - np.arange(length)] = np.sqrt(np.mean(added**2, axis=1))
    return View(
        title=title,
        note=f"what one token, all ones, adds to those around it{weights}",
        matrices={f"token of ones at {middle}": added},
        rows="position (tokens)",
        columns="feature",
        values="added value",
        curves={"": sizes},
        curve_values="root mean square of what it adds",
        distance="distance neighbour - token (tokens)",
    )
