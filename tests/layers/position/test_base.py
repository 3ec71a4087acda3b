"""The interface of an encoding, and the encoding that says nothing."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import (
    ALiBi,
    LearnedPositionEmbedding,
    PositionEncoding,
    RotaryPositionEncoding,
    SinusoidalPositionEncoding,
)

VECTORS = np.array([[[1.0, -2.0], [3.5, 0.25]]], "float32")


def test_none_returns_what_it_gets():
    layer = PositionEncoding()
    np.testing.assert_array_equal(ops.convert_to_numpy(layer(VECTORS)), VECTORS)
    heads = ops.ones((1, 2, 1, 4))
    positions = ops.array([[0.0, 1.0]])
    tables = layer.prepare(positions, positions, head_dim=4)
    assert tables is None
    assert layer.rotate(heads, heads, tables) == (heads, heads)
    assert layer.bias(heads, heads, tables) is None
    assert layer.mix(heads, tables) is None
    assert layer.weights == []


@pytest.mark.parametrize(
    ("layer", "on_embeddings", "in_attention"),
    [
        (PositionEncoding(), False, False),
        (SinusoidalPositionEncoding(), True, False),
        (LearnedPositionEmbedding(4), True, False),
        (RotaryPositionEncoding(), False, True),
        (ALiBi(2), False, True),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, PositionEncoding) else "",
)
def test_where_an_encoding_acts_is_what_it_overrides(layer, on_embeddings, in_attention):
    assert layer.acts_on_embeddings is on_embeddings
    assert layer.acts_in_attention is in_attention


@pytest.mark.parametrize("layer", [PositionEncoding, SinusoidalPositionEncoding])
@pytest.mark.parametrize("policy", ["float32", "mixed_bfloat16", "mixed_float16"])
def test_the_result_has_the_compute_dtype(layer, policy):
    layer = layer(dtype=policy)
    assert keras.backend.standardize_dtype(layer(VECTORS).dtype) == layer.compute_dtype
    assert layer(keras.Input((None, 2))).dtype == layer.compute_dtype


def test_a_layer_given_a_policy_object_can_be_saved():
    policy = keras.DTypePolicy("mixed_bfloat16")
    for kind in (PositionEncoding, SinusoidalPositionEncoding):
        again = kind.from_config(kind(dtype=policy).get_config())
        assert again.dtype_policy == policy


class Everywhere(PositionEncoding):
    """Acts at all four places, with a weight of its own."""

    def build(self, embeddings_shape):
        self.step = self.add_weight(shape=(), initializer="ones", autocast=False, name="step")
        self.built = True

    def add(self, embeddings, positions):
        return embeddings + self.step * positions[..., None]

    def prepare(self, query_positions, key_positions, head_dim, same_text=None, consecutive=False):
        return query_positions[:, None, :, None] - key_positions[:, None, None, :]

    def rotate(self, queries, keys, tables):
        return queries * ops.cast(self.step, queries.dtype), keys

    def bias(self, queries, keys, tables):
        return self.step * tables

    def mix(self, weights, tables):
        return self.step * ops.sum(weights * tables, axis=-1, keepdims=True)


def test_an_encoding_may_act_at_several_places_and_has_its_weights_once():
    from keras_pe.layers import TransformerEncoder

    position = Everywhere()
    assert position.acts_on_embeddings
    assert position.acts_in_attention
    encoder = TransformerEncoder(2, 2, 8, position=position)
    tokens = np.random.default_rng(0).normal(size=(1, 3, 4)).astype("float32")
    before = ops.convert_to_numpy(encoder(tokens))
    assert [block.attention.position for block in encoder.blocks] == [position, position]
    assert sum(weight is position.step for weight in encoder.weights) == 1
    position.step.assign(3.0)
    assert np.abs(ops.convert_to_numpy(encoder(tokens)) - before).max() > 1e-3
