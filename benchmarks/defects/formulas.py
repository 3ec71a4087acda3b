"""Formulas that are not those of the paper, and settings that are not checked or not saved."""

import numpy as np
from keras import ops
from keras_hub.layers import AlibiBias, RotaryEmbedding
from keras_hub.src.models.roformer_v2.roformer_v2_attention import RoformrPositionalEmbedding

from benchmarks.defects.defect import Defect, exactly, near
from keras_pe.layers import ALiBi, RotaryPositionEncoding

DIM, TRAINED, FACTOR = 64, 512, 4.0
# Here dynamic NTK has FACTOR * LONG / TRAINED - (FACTOR - 1) = FACTOR.
LONG = int(TRAINED * (2 * FACTOR - 1) / FACTOR)

FASTEST, SLOWEST = 0, DIM // 2 - 1


def _shrinkage(angles, length, pair):
    """How many times as fast a pair turns without scaling, in a text of so many tokens."""
    return float(angles(length, scaled=False)[pair] / angles(length, scaled=True)[pair])


def _their_angles(length, scaled):
    settings = {"rope_type": "dynamic", "scaling_factor": FACTOR} if scaled else {}
    return _angles_of_one_step(RotaryEmbedding(**settings)(_unturned(length)))


def _our_angles(length, scaled):
    settings = {"scaling": "dynamic_ntk", "scaling_factor": FACTOR, "original_length": TRAINED}
    rotary = RotaryPositionEncoding(**settings) if scaled else RotaryPositionEncoding()
    positions = ops.arange(length, dtype="float32")[None]
    tables = rotary.prepare(positions, positions, head_dim=DIM)
    return _angles_of_one_step(rotary.rotate(*[_unturned(length)] * 2, tables)[0])


def _unturned(length):
    """Heads whose first half turns into cosines, and their second into sines."""
    return ops.array(np.broadcast_to(np.arange(DIM) < DIM // 2, (1, length, 1, DIM)), "float32")


def _angles_of_one_step(turned):
    cosines, sines = np.split(ops.convert_to_numpy(turned)[0, 1, 0].astype("float64"), 2)
    return np.arctan2(sines, cosines)


def _alibi_error(bias):
    """Of the first of two heads, whose slope is 1 / 16."""
    distance = np.abs(np.arange(5)[:, None] - np.arange(5))
    return float(np.abs(ops.convert_to_numpy(bias)[0, 0] + distance / 16).max())


def _our_bias():
    positions = ops.arange(5, dtype="float32")[None]
    alibi, heads = ALiBi(2, direction="symmetric"), ops.zeros((1, 5, 2, 4))
    return alibi.bias(heads, heads, alibi.prepare(positions, positions, head_dim=4))


def _their_unknown_scaling():
    RotaryEmbedding(rope_type="nope", scaling_factor=FACTOR)(_unturned(2))
    return "no error"


def _our_unknown_scaling():
    RotaryPositionEncoding(scaling="nope", scaling_factor=FACTOR)
    return "no error"


def _saved(layer):
    config = layer.get_config()
    again = type(layer).from_config(config)
    return "the same" if again.get_config() == config else "another"


def _dynamic(name, length, pair, expected):
    return Defect(
        f"RotaryEmbedding, dynamic scaling by {FACTOR:g}: {name}, {expected:g} is right",
        theirs=lambda: _shrinkage(_their_angles, length, pair),
        ours=lambda: _shrinkage(_our_angles, length, pair),
        right=near(expected),
    )


DEFECTS = (
    _dynamic("how many times as slow the fastest pair turns", LONG, FASTEST, 1.0),
    _dynamic("the slowest pair", LONG, SLOWEST, FACTOR),
    _dynamic("the slowest pair, texts not longer than trained", TRAINED, SLOWEST, 1.0),
    Defect(
        "RotaryEmbedding, scaling with an unknown name: error",
        theirs=_their_unknown_scaling,
        ours=_our_unknown_scaling,
        right=exactly("ValueError"),
    ),
    Defect(
        "AlibiBias, 5 tokens: greatest error of the bias -m |i - j|",
        theirs=lambda: _alibi_error(AlibiBias()(ops.zeros((1, 2, 5, 5)))),
        ours=lambda: _alibi_error(_our_bias()),
        right=exactly(0.0),
    ),
    Defect(
        "RoFormerV2's rotation, made anew from its config",
        theirs=lambda: _saved(RoformrPositionalEmbedding(DIM)),
        ours=lambda: _saved(RotaryPositionEncoding(layout="interleaved")),
        right=exactly("the same"),
    ),
)
