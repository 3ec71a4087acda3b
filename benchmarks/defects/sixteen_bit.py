"""Positions, angles and biases that are rounded to 16 bits before they are used."""

import numpy as np
from keras import ops
from keras_hub.layers import AlibiBias, SinePositionEncoding
from keras_hub.src.models.roformer_v2.roformer_v2_attention import RoformrPositionalEmbedding

from benchmarks.defects.defect import Defect, at_most, exactly
from keras_pe.layers import (
    ALiBi,
    RotaryPositionEncoding,
    SelfAttention,
    SinusoidalPositionEncoding,
)

LENGTH, DIM = 8_192, 64
# Of ALiBi's slope for one head, 1 / 256: in bfloat16 9.03125 becomes 9.
FAR, FAR_BIAS = 2_312, -9.03125


def _sine_rows(layer):
    return _numpy(layer(ops.zeros((1, LENGTH, DIM), layer.compute_dtype)))[0]


def _sine_error(layer):
    angles = _angles(LENGTH)
    exact = np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(LENGTH, DIM)
    return float(np.abs(_sine_rows(layer) - exact).max())


def _distinct_sines(layer):
    return len(np.unique(_sine_rows(layer), axis=0))


def _rotation_error(rotate):
    heads = _rounded(np.random.default_rng(0).normal(size=(1, LENGTH // 2, 1, DIM)))
    even, odd = heads[..., 0::2], heads[..., 1::2]
    angles = _angles(LENGTH // 2)[None, :, None]
    cosines, sines = np.cos(angles), np.sin(angles)
    exact = np.stack([even * cosines - odd * sines, odd * cosines + even * sines], axis=-1)
    found = _numpy(rotate(ops.cast(heads, "bfloat16")))
    return float(np.abs(found - exact.reshape(heads.shape)).max())


def _their_rotation(heads):
    return RoformrPositionalEmbedding(DIM, dtype="bfloat16")([heads])


def _our_rotation(heads):
    rotary = RotaryPositionEncoding(layout="interleaved", dtype="mixed_bfloat16")
    positions = ops.arange(LENGTH // 2, dtype="float32")[None]
    return rotary.rotate(heads, heads, rotary.prepare(positions, positions, head_dim=DIM))[0]


def _distinct(weights):
    return len(np.unique(_numpy(weights)))


def _their_weights():
    scores = ops.zeros((1, 1, 1, 2_048), "bfloat16")
    return ops.softmax(ops.cast(AlibiBias(dtype="bfloat16")(scores), "float32"))


class _Watched(ALiBi):
    """Keeps what each query takes of each key."""

    def mix(self, weights, tables):
        self.weights_seen = weights


def _our_weights():
    alibi = _Watched(1, direction="symmetric")
    SelfAttention(1, alibi, dtype="mixed_bfloat16")(ops.zeros((1, 2_048, 2)))
    return alibi.weights_seen[0, 0, -1]


def _far_error(weight):
    exact = np.exp(FAR_BIAS) / (1 + np.exp(FAR_BIAS))
    return float(abs(weight - exact) / exact)


def _their_far_weight():
    zeros = ops.zeros((1, 2, 1, 2), "bfloat16")
    bias = ops.array([[[[0.0, FAR_BIAS], [FAR_BIAS, 0.0]]]], "float32")
    values = ops.cast([[[[1.0, 0.0]], [[0.0, 1.0]]]], "bfloat16")
    return _numpy(ops.dot_product_attention(zeros, zeros, values, bias=bias))[0, 1, 0, 0]


def _our_far_weight():
    attention = SelfAttention(1, ALiBi(1, direction="symmetric"), dtype="mixed_bfloat16")
    attention.build((None, None, 2))
    # Queries and keys are zeros, values the inputs, and the output projection changes nothing.
    project_in = np.concatenate([np.zeros((2, 4)), np.eye(2)], axis=1)
    attention.set_weights([project_in, np.zeros(6), np.eye(2), np.zeros(2)])
    tokens = np.array([[[1.0, 0.0], [0.0, 1.0]]], "float32")
    return _numpy(attention(tokens, positions=np.array([[0.0, FAR]], "float32")))[0, 1, 0]


def _rows_not_finite(rows):
    return int((~np.isfinite(_numpy(rows)).all(axis=-1)).sum())


def _their_closed_rows():
    heads = ops.ones((1, 3, 1, 2), "float16")
    return ops.dot_product_attention(heads, heads, heads, bias=ops.full((1, 1, 3, 3), -1e9))


def _our_closed_rows():
    attention = SelfAttention(1, ALiBi(1, direction="symmetric"), dtype="mixed_float16")
    return attention(ops.ones((1, 3, 2)), mask=np.zeros((1, 3), "bool"))


def _angles(length):
    return np.arange(length)[:, None] * 10_000.0 ** (-np.arange(0, DIM, 2) / DIM)


def _rounded(values):
    return _numpy(ops.cast(values, "bfloat16"))


def _numpy(values):
    return ops.convert_to_numpy(ops.cast(values, "float32"))


def _sines(policy, name, measure, right):
    return Defect(
        f"SinePositionEncoding, {policy}, {LENGTH:,} positions: {name}",
        theirs=lambda: measure(SinePositionEncoding(dtype=policy)),
        ours=lambda: measure(SinusoidalPositionEncoding(dtype=policy)),
        right=right,
    )


DEFECTS = (
    # One rounding of a number below 1 is 2 ** -12 or 2 ** -9; angles in float32 are 3e-4 off.
    _sines("mixed_float16", "greatest error", _sine_error, at_most(2**-12 + 5e-4)),
    _sines("mixed_bfloat16", "greatest error", _sine_error, at_most(2**-9 + 5e-4)),
    _sines("mixed_bfloat16", "rows that differ", _distinct_sines, exactly(LENGTH)),
    Defect(
        f"RoFormerV2's rotation, bfloat16, {LENGTH // 2:,} positions: greatest error",
        theirs=lambda: _rotation_error(_their_rotation),
        ours=lambda: _rotation_error(_our_rotation),
        # One rounding of a number below 8.
        right=at_most(2**-6 + 2e-3),
    ),
    Defect(
        "AlibiBias, bfloat16: attention weights that differ, of 2,048 keys",
        theirs=lambda: _distinct(_their_weights()),
        ours=lambda: _distinct(_our_weights()),
        right=exactly(2_048),
    ),
    Defect(
        f"keras.ops.dot_product_attention, bfloat16, bias {FAR_BIAS}: relative error of the weight",
        theirs=lambda: _far_error(_their_far_weight()),
        ours=lambda: _far_error(_our_far_weight()),
        # One rounding.
        right=at_most(2**-8),
    ),
    Defect(
        "keras.ops.dot_product_attention, float16, all 3 keys closed: rows that are not finite",
        theirs=lambda: _rows_not_finite(_their_closed_rows()),
        ours=lambda: _rows_not_finite(_our_closed_rows()),
        right=exactly(0),
    ),
)
