"""Padding that changes what is found about the tokens beside it."""

import keras
import numpy as np
from keras import ops
from keras_hub import layers as hub
from keras_hub.models import ESMBackbone, RoformerV2Backbone

from benchmarks.defects.defect import Defect, at_most
from keras_pe.layers import (
    LearnedPositionEmbedding,
    RotaryPositionEncoding,
    SinusoidalPositionEncoding,
    TransformerEncoder,
)

TEXT = [5, 3, 8, 2, 7]
ROOM, DIM = 8, 32
PADS = ROOM - len(TEXT)
ALONE, RIGHT, LEFT = (np.array([row]) for row in (TEXT, TEXT + [0] * PADS, [0] * PADS + TEXT))
SIZES = {"num_layers": 2, "num_heads": 2, "intermediate_dim": DIM}


def _lstm_change(encode):
    """How much three pads behind a text change what an LSTM makes of it."""
    ids = keras.Input((None,), dtype="int32")
    tokens = encode(keras.layers.Embedding(9, DIM, mask_zero=True)(ids))
    model = keras.Model(ids, keras.layers.LSTM(4)(tokens))
    return _greatest(model(RIGHT) - model(ALONE))


def _beside(layer):
    return lambda tokens: tokens + layer(tokens)


def _token_change(encode, padded):
    """How much three pads change the vectors of the tokens."""
    found = ops.convert_to_numpy(encode(padded))[0, padded[0] > 0]
    return _greatest(found - ops.convert_to_numpy(encode(ALONE))[0])


def _their_encoder():
    embed = hub.TokenAndPositionEmbedding(9, ROOM, DIM, mask_zero=True)
    return keras.Sequential([embed, hub.TransformerEncoder(DIM, 2), hub.TransformerEncoder(DIM, 2)])


def _our_encoder(position):
    embed = keras.layers.Embedding(9, DIM, mask_zero=True)
    return keras.Sequential([embed, TransformerEncoder(2, 2, DIM, position=position)])


def _roformer():
    backbone = RoformerV2Backbone(9, hidden_dim=DIM, head_size=DIM // 2, **SIZES)
    return lambda ids: backbone({"token_ids": ids, "segment_ids": np.zeros_like(ids)})


def _esm():
    backbone = ESMBackbone(9, hidden_dim=DIM, **SIZES)
    return lambda ids: backbone({"token_ids": ids})


def _greatest(change):
    return float(np.abs(ops.convert_to_numpy(change)).max())


def _before_an_lstm(name, theirs, ours):
    return Defect(
        f"e + {name}(e) before an LSTM, {PADS} pads: change of its output",
        theirs=lambda: _lstm_change(_beside(theirs())),
        ours=lambda: _lstm_change(ours()),
        right=at_most(1e-6),
    )


def _inside(name, theirs, position, padded):
    return Defect(
        f"{name}: change of the tokens' vectors",
        theirs=lambda: _token_change(theirs(), padded),
        ours=lambda: _token_change(_our_encoder(position()), padded),
        right=at_most(1e-5),
    )


DEFECTS = (
    _before_an_lstm("SinePositionEncoding", hub.SinePositionEncoding, SinusoidalPositionEncoding),
    _before_an_lstm(
        "PositionEmbedding",
        lambda: hub.PositionEmbedding(ROOM),
        lambda: LearnedPositionEmbedding(ROOM),
    ),
    _inside(
        f"TokenAndPositionEmbedding, TransformerEncoder, {PADS} pads on the left",
        _their_encoder,
        lambda: LearnedPositionEmbedding(ROOM),
        LEFT,
    ),
    _inside(
        f"RoformerV2Backbone, {PADS} pads on the right", _roformer, RotaryPositionEncoding, RIGHT
    ),
    _inside(f"ESMBackbone, {PADS} pads on the right", _esm, RotaryPositionEncoding, RIGHT),
)
