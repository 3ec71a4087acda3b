"""What attention logits get from positions alone."""

import math

import numpy as np
from keras import ops

from keras_pe.pictures.view import View, by_distance

DRAWS = 256
FAR = 448  # tokens into a text, for encodings that read more than distances
_CLOSED = -1e6  # below this no softmax leaves anything of a key


def attention_view(encoding, *, title, weights, positions, dim, num_heads, seed):
    """Returns what positions do to the logit of each query and key, for two heads or for all.

    Args:
        encoding: A `PositionEncoding` that acts inside attention, or nowhere.
        title: str.
        weights: str. What there is to say of its weights.
        positions: [1, T], float32.
        dim: int. Features of a token.
        num_heads: int.
        seed: int. Of queries and keys.

    Returns:
        `View`.
    """
    content = _Content(positions.shape[1], num_heads, dim // num_heads, seed)
    alike = content.alike()
    product = _product(encoding, alike, positions)
    if np.ptp(product) > 1e-3 * np.abs(product).max():
        return _turning_view(encoding, title, weights, positions, content)
    bias = _bias(encoding, content.one(), positions)
    if bias is None:
        return _empty_view(title, positions.shape[1])
    return _bias_view(encoding, title, weights, positions, content, bias)


class _Content:
    """Seeded queries and keys, each [B, T, H, d]."""

    def __init__(self, length, num_heads, head_dim, seed):
        self._length, self._heads, self._dim, self._seed = length, num_heads, head_dim, seed

    def _draw(self, shape, number):
        draw = np.random.default_rng([self._seed, number]).normal(size=shape).astype("float32")
        return np.broadcast_to(draw, (shape[0], self._length, self._heads, self._dim))

    def alike(self):
        """Many draws of a vector that is query and key at all positions, in all heads."""
        draws = self._draw((DRAWS, 1, 1, self._dim), 0)
        return draws, draws

    def apart(self):
        """One query and one key that differ, at all positions, in all heads."""
        return tuple(self._draw((1, 1, 1, self._dim), number) for number in (1, 2))

    def one(self, number=3):
        """One query and one key for each head, at all positions."""
        shape = (1, 1, self._heads, self._dim)
        return self._draw(shape, number), self._draw(shape, number + 1)

    def text(self):
        """One query for each head at all positions, and a key for each token."""
        keys = (1, self._length, self._heads, self._dim)
        return self.one()[0], self._draw(keys, 5)


def _turning_view(encoding, title, weights, positions, content):
    of_alike, of_apart = (
        _logits(encoding, pair, positions) for pair in (content.alike(), content.apart())
    )
    # Where a head does not look is not a number; each query sees itself.
    size = np.nanmean(np.diagonal(of_alike, axis1=1, axis2=2))
    return View(
        title=title,
        note=f"logit of a query and an equal key, mean of {DRAWS} random draws, over that at distance 0"
        + weights,
        matrices=_matrices(of_alike / size),
        values="mean logit / that at 0",
        curves=_curves(of_alike / size, encoding),
        curve_values="mean logit / that at 0",
        dashed=_curves(of_apart / size, encoding),
        dashed_note="dashed: query unlike key",
        **_AXES,
    )


def _bias_view(encoding, title, weights, positions, content, bias):
    how = weights
    if not np.array_equal(
        bias, _bias(encoding, content.one(number=6), positions), equal_nan=True
    ):
        how += "; one random query and key per head, the same at all positions"
        if not encoding.reads_positions:
            bias = _bias(encoding, content.text(), positions)
            how = f"{weights}; one random query per head, a random key per token"
    further = {}
    if encoding.reads_positions and not encoding.reads_distances_only:
        further = _curves(_bias(encoding, content.one(), positions + float(FAR)), encoding)
    return View(
        title=title,
        note=f"what is added to the scaled logits{how}",
        matrices=_matrices(bias),
        values="added to the logit",
        curves=_curves(bias, encoding),
        curve_values="added to the logit, mean" if "token" in how else "added to the logit",
        dashed=further,
        dashed_note=f"dashed: from token {FAR} on" if further else "",
        **_AXES,
    )


def _empty_view(title, length):
    return View(
        title=title,
        note="nothing to see: positions change neither token vectors nor logits",
        matrices={"every head": np.zeros((length, length))},
        values="added to the logit",
        curves={"every head": np.zeros(2 * length - 1)},
        curve_values="added to the logit",
        **_AXES,
    )


_AXES = {
    "rows": "position of the query (tokens)",
    "columns": "position of the key (tokens)",
    "distance": "distance key - query (tokens)",
}


def _logits(encoding, pair, positions):
    """Returns the mean logits over all draws, [H, T, T]."""
    product = _product(encoding, pair, positions)
    bias = _bias(encoding, pair, positions)
    return product if bias is None else product + bias


def _product(encoding, pair, positions):
    """Returns the scaled product of turned queries and keys, mean over all draws, [H, T, T]."""
    head_dim = pair[0].shape[-1]
    tables = encoding.prepare(positions, positions, head_dim)
    queries, keys = (
        ops.convert_to_numpy(heads)
        for heads in encoding.rotate(*map(ops.convert_to_tensor, pair), tables)
    )
    product = np.einsum("bihd,bjhd->hij", queries, keys, optimize=True)
    return product / (len(queries) * math.sqrt(head_dim))


def _bias(encoding, pair, positions):
    """Returns the bias, [H, T, T], NaN where it closes a key; None if there is none."""
    tables = encoding.prepare(positions, positions, pair[0].shape[-1])
    bias = encoding.bias(*map(ops.convert_to_tensor, pair), tables)
    if bias is None:
        return None
    bias = ops.convert_to_numpy(bias)[0]
    return np.where(bias < _CLOSED, np.nan, bias)


def _captioned(heads):
    """Returns heads by caption, each with all that are like it."""
    kinds = []
    for number, head in enumerate(heads, start=1):
        like = (k for k in kinds if np.allclose(k[0], head, rtol=1e-4, atol=1e-6, equal_nan=True))
        kind = next(like, None)
        if kind is None:
            kinds.append((head, [number]))
        else:
            kind[1].append(number)
    if len(kinds) == 1:
        return {"every head": heads[0]}
    names = (f"head{'s' * (len(n) > 1)} {', '.join(map(str, n))}" for _, n in kinds)
    return dict(zip(names, (head for head, _ in kinds), strict=True))


def _first(captioned, limit):
    return dict(list(captioned.items())[:limit])


def _matrices(heads):
    return _first(_captioned(heads), 2)


def _curves(heads, encoding):
    # More curves of random weights would show nothing more.
    limit = 2 if encoding.weights else 4
    return {n: by_distance(head) for n, head in _first(_captioned(heads), limit).items()}
