"""Floating-point operations that training asks for, counted by hand from the sizes."""

import numpy as np

# Forward once, then the gradient by what was read and the one by the weights: each costs as much.
_PASSES = 3


def training_flops(lengths: np.ndarray, sizes: dict) -> float:
    """Returns the operations of one epoch in matrix products, an addition and a product being two.

    Looking up embeddings, normalising, softmax and the optimizer are left out: they move numbers
    more than they multiply them.

    Args:
        lengths: [N] int. Tokens of each row, padded ones too if they are computed.
        sizes: dict. `model`, and the sizes of that model as in `RunConfig`.

    Example:
        >>> sizes = {"model": "transformer", "hidden_dim": 2, "intermediate_dim": 4}
        >>> # Per token 4 projections 2 x 2 and 2 of 2 x 4; attention has 1 key for 1 token.
        >>> training_flops(np.array([1]), {**sizes, "num_layers": 1})
        216.0
    """
    lengths = np.asarray(lengths, np.float64)
    forward = _transformer if sizes["model"] == "transformer" else _lstm
    return float(_PASSES * forward(lengths, sizes))


def _transformer(lengths, sizes):
    width, inner = sizes["hidden_dim"], sizes["intermediate_dim"]
    per_token = 2 * (4 * width * width + 2 * width * inner)
    per_pair = 2 * (2 * width)
    return sizes["num_layers"] * (per_token * lengths + per_pair * lengths**2).sum()


def _lstm(lengths, sizes):
    units, directions = sizes["lstm_units"], 1 + sizes["bidirectional"]
    return directions * 2 * 4 * units * (sizes["hidden_dim"] + units) * lengths.sum()
