"""What the tokens of a picture say: seeded queries and keys."""

import numpy as np

_ALIKE, _QUERY, _KEY, _TEXT = range(4)  # the same seed for each would draw the same numbers


class Content:
    """Seeded queries and keys of a text, normally distributed, each [B, T, H, d].

    Args:
        length: int. T.
        num_heads: int. H.
        head_dim: int. d.
        seed: int.

    Example:
        >>> queries, keys = Content(length=3, num_heads=2, head_dim=4, seed=0).one_pair()
        >>> queries.shape, bool((queries[:, 0] == queries[:, 2]).all())
        ((1, 3, 2, 4), True)
    """

    def __init__(self, length, num_heads, head_dim, seed):
        self._shape = (length, num_heads, head_dim)
        self._seed = seed

    def equal_pairs(self, draws):
        """Returns many vectors that are query and key alike, at all positions and in all heads."""
        vectors = self._draw(_ALIKE, (draws, 1, 1))
        return vectors, vectors

    def unequal_pair(self):
        """Returns a query and a key that differ, the same at all positions and in all heads."""
        return self._draw(_QUERY, (1, 1, 1)), self._draw(_KEY, (1, 1, 1))

    def one_pair(self):
        """Returns a query and a key for each head, the same at all positions."""
        heads = self._shape[1]
        return self._draw(_QUERY, (1, 1, heads)), self._draw(_KEY, (1, 1, heads))

    def text(self):
        """Returns a query for each head, the same at all positions, and a key for each token."""
        length, heads, _ = self._shape
        return self._draw(_QUERY, (1, 1, heads)), self._draw(_TEXT, (1, length, heads))

    def _draw(self, number, shape):
        generator = np.random.default_rng([self._seed, number])
        vectors = generator.normal(size=(*shape, self._shape[-1])).astype("float32")
        return np.broadcast_to(vectors, (shape[0], *self._shape))
