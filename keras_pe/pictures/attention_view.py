"""What attention logits get from positions alone."""

import math

import numpy as np
from keras import ops

from keras_pe.pictures.content import Content
from keras_pe.pictures.view import View, by_distance

DRAWS = 256
FURTHER = 448  # tokens into a text, for encodings that read more than distances
_CLOSED = -1e6  # below this no softmax leaves anything of a key
_AXES = {
    "rows": "position of the query (tokens)",
    "columns": "position of the key (tokens)",
    "distance": "distance key - query (tokens)",
}


def attention_view(encoding, *, title, weights, positions, dim, num_heads, seed):
    """Returns what positions do to the logit of each query and key, head by head.

    Where queries and keys are turned: the mean logit of equal ones, over that at distance 0.
    Elsewhere: the bias, and if it depends on what the tokens say, that of one query and key.

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
    content = Content(positions.shape[1], num_heads, dim // num_heads, seed)
    common = {**_AXES, "title": title}
    product = _product(encoding, content.equal_pairs(DRAWS), positions)
    if np.ptp(product) > 1e-3 * np.abs(product).max():
        return _turning_view(encoding, weights, positions, content, common)
    if _bias(encoding, content.one_pair(), positions) is None:
        return _empty_view(positions.shape[1], common)
    return _bias_view(encoding, weights, positions, content, common)


def _turning_view(encoding, weights, positions, content, common):
    equal, unequal = (
        _logits(encoding, pair, positions)
        for pair in (content.equal_pairs(DRAWS), content.unequal_pair())
    )
    at_distance_0 = np.diagonal(equal, axis1=1, axis2=2).mean()
    return View(
        note=f"logit of a query and an equal key, mean of {DRAWS} random draws, "
        f"over that at distance 0{weights}",
        matrices=_matrices(equal / at_distance_0),
        values="mean logit / that at 0",
        curves=_curves(equal / at_distance_0, encoding),
        curve_values="mean logit / that at 0",
        dashed=_curves(unequal / at_distance_0, encoding),
        dashed_note="dashed: query unlike key",
        **common,
    )


def _bias_view(encoding, weights, positions, content, common):
    pair, said, curve_values = content.one_pair(), "", "added to the logit"
    bias = _bias(encoding, pair, positions)
    other = _bias(encoding, content.equal_pairs(1), positions)
    if not np.array_equal(bias, other, equal_nan=True):
        said = "; one random query and key per head, the same at all positions"
        if not encoding.reads_positions:
            bias = _bias(encoding, content.text(), positions)
            said = "; one random query per head, a random key per token"
            curve_values = "added to the logit, mean"
    reads_more = encoding.reads_positions and not encoding.reads_distances_only
    further = _bias(encoding, pair, positions + float(FURTHER)) if reads_more else None
    return View(
        note=f"what is added to the scaled logits{weights}{said}",
        matrices=_matrices(bias),
        values="added to the logit",
        curves=_curves(bias, encoding),
        curve_values=curve_values,
        dashed=_curves(further, encoding) if reads_more else {},
        dashed_note=f"dashed: from token {FURTHER} on" if reads_more else "",
        **common,
    )


def _empty_view(length, common):
    return View(
        note="nothing to see: positions change neither token vectors nor logits",
        matrices={"every head": np.zeros((length, length))},
        values="added to the logit",
        curves={"every head": np.zeros(2 * length - 1)},
        curve_values="added to the logit",
        **common,
    )


def _logits(encoding, pair, positions):
    """Returns the mean logits over all draws, [H, T, T], NaN where a key is closed."""
    product, bias = (of(encoding, pair, positions) for of in (_product, _bias))
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
    """Returns the bias, [H, T, T], NaN where a key is closed; None if there is none."""
    tables = encoding.prepare(positions, positions, pair[0].shape[-1])
    bias = encoding.bias(*map(ops.convert_to_tensor, pair), tables)
    if bias is None:
        return None
    bias = ops.convert_to_numpy(bias)[0]
    return np.where(bias < _CLOSED, np.nan, bias)


def _captioned(heads):
    """Returns heads by caption, each with the numbers of all that are like it."""
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


def _matrices(heads):
    return dict(list(_captioned(heads).items())[:2])


def _curves(heads, encoding):
    # More curves of random weights would show nothing more.
    shown = 2 if encoding.weights else 4
    return {name: by_distance(head) for name, head in list(_captioned(heads).items())[:shown]}
