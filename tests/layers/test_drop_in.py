"""The layers in models of somebody's own: the mask goes through, and nothing warns."""

import warnings

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import (
    ALiBi,
    EncoderBlock,
    LearnedPositionEmbedding,
    MeanPooling,
    PositionEncoding,
    RotaryPositionEncoding,
    SelfAttention,
    SinusoidalPositionEncoding,
    TransformerEncoder,
)

PADDED = np.array([[5, 3, 8, 2, 0, 0, 0], [0, 0, 0, 5, 3, 8, 2]])
ALONE = np.array([[5, 3, 8, 2]])
LAYERS = {
    "none": PositionEncoding,
    "sinusoidal": SinusoidalPositionEncoding,
    "learned": lambda: LearnedPositionEmbedding(16),
    "attention": lambda: SelfAttention(2, RotaryPositionEncoding()),
    "block": lambda: EncoderBlock(2, 8, position=ALiBi(2)),
    "encoder": lambda: TransformerEncoder(2, 2, 8, position=SinusoidalPositionEncoding()),
}


def functional(layer):
    ids = keras.Input((None,), dtype="int32")
    tokens = layer(keras.layers.Embedding(9, 4, mask_zero=True)(ids))
    return keras.Model(ids, keras.layers.LSTM(3)(tokens))


def sequential(layer):
    embedding = keras.layers.Embedding(9, 4, mask_zero=True)
    return keras.Sequential([embedding, layer, keras.layers.LSTM(3)])


class Subclassed(keras.Model):
    """Embedding, the layer, LSTM."""

    def __init__(self, layer):
        super().__init__()
        self.embedding = keras.layers.Embedding(9, 4, mask_zero=True)
        self.layer = layer
        self.lstm = keras.layers.LSTM(3)

    def call(self, ids):
        return self.lstm(self.layer(self.embedding(ids)))


@pytest.mark.parametrize("build", [functional, sequential, Subclassed])
@pytest.mark.parametrize("layer", LAYERS.values(), ids=LAYERS)
def test_an_lstm_behind_the_layer_skips_padding_and_nothing_warns(layer, build):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", message="__array__", category=DeprecationWarning)
        model = build(layer())
        alone = ops.convert_to_numpy(model(ALONE))
        padded = ops.convert_to_numpy(model(PADDED))
    np.testing.assert_allclose(padded, np.repeat(alone, 2, axis=0), rtol=0, atol=1e-6)
    assert np.abs(alone).max() > 1e-4


POSITIONS = np.array([[0, 1, 2, 3, 3, 3, 3], [0, 0, 0, 0, 1, 2, 3]])


@pytest.mark.parametrize(
    ("name", "given"),
    [
        *[(name, {"positions": POSITIONS}) for name in LAYERS],
        *[(name, {"segment_ids": POSITIONS * 0}) for name in ("attention", "block", "encoder")],
    ],
    ids=lambda value: value if isinstance(value, str) else next(iter(value)),
)
def test_the_mask_is_found_beside_other_tensors(name, given):
    layer = LAYERS[name]()
    embed = keras.layers.Embedding(9, 4, mask_zero=True)
    tokens = ops.convert_to_numpy(layer(embed(PADDED), **given))
    alone = ops.convert_to_numpy(layer(embed(ALONE)))[0]
    np.testing.assert_allclose(tokens[0, :4], alone, rtol=0, atol=1e-5)
    np.testing.assert_allclose(tokens[1, 3:], alone, rtol=0, atol=1e-5)


@pytest.mark.parametrize("layer", LAYERS.values(), ids=LAYERS)
def test_the_mask_is_passed_on_with_and_without_other_tensors(layer):
    layer = layer()
    ids, positions = keras.Input((None,), dtype="int32"), keras.Input((None,))
    embeddings = keras.layers.Embedding(9, 4, mask_zero=True)(ids)
    for tokens in (layer(embeddings), layer(embeddings, positions=positions)):
        model = keras.Model([ids, positions], MeanPooling()(tokens))
        both = ops.convert_to_numpy(model([PADDED, POSITIONS.astype("float32")]))
        alone = ops.convert_to_numpy(model([ALONE, np.arange(4.0, dtype="float32")[None]]))
        np.testing.assert_allclose(both, np.repeat(alone, 2, axis=0), rtol=0, atol=1e-5)


@pytest.mark.parametrize("layer", LAYERS.values(), ids=LAYERS)
def test_a_given_mask_wins_over_that_of_the_input(layer):
    layer = layer()
    embed = keras.layers.Embedding(9, 4, mask_zero=True)
    mask = np.array([[True, True, False, False, False, False, False]] * 2)
    given = ops.convert_to_numpy(layer(embed(PADDED), mask=mask))
    short = ops.convert_to_numpy(layer(embed(PADDED[:, :2]), mask=mask[:, :2]))
    np.testing.assert_allclose(given[:, :2], short, rtol=0, atol=1e-5)


def test_a_model_of_somebodys_own_trains():
    model = sequential(SinusoidalPositionEncoding())
    model.add(keras.layers.Dense(2, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy")
    losses = model.fit(PADDED, np.array([0, 1]), epochs=2, verbose=0).history["loss"]
    assert np.isfinite(losses).all()
