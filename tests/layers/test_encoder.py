"""The encoder: what it owns, what it saves, what it passes on."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import (
    ALiBi,
    EncoderBlock,
    InterpolatedPositions,
    LearnedPositionEmbedding,
    PositionSource,
    SinusoidalPositionEncoding,
    T5RelativeBias,
    TransformerEncoder,
)


def tokens(length=5):
    return np.random.default_rng(0).normal(size=(2, length, 8)).astype("float32")


def numpy_of(values):
    return ops.convert_to_numpy(ops.cast(values, "float32"))


def layer_norm(inputs, norm):
    gamma, beta = map(numpy_of, norm.weights)
    centred = inputs - inputs.mean(axis=-1, keepdims=True)
    return (
        gamma * centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + norm.epsilon) + beta
    )


def test_a_block_is_two_residual_lines():
    block = EncoderBlock(2, 16, position=ALiBi(2), activation="relu")
    block.build((None, None, 8))
    for weight in block.weights:
        weight.assign(np.random.default_rng(1).normal(scale=0.3, size=weight.shape))
    seen = tokens() + numpy_of(block.attention(layer_norm(tokens(), block.attention_norm)))
    widen, widen_bias = map(numpy_of, block.widen.weights)
    narrow, narrow_bias = map(numpy_of, block.narrow.weights)
    inner = np.maximum(layer_norm(seen, block.feed_forward_norm) @ widen + widen_bias, 0.0)
    expected = seen + inner @ narrow + narrow_bias
    np.testing.assert_allclose(numpy_of(block(tokens())), expected, atol=1e-5)


def test_the_encoder_is_positions_blocks_and_a_norm():
    encoder = TransformerEncoder(2, 2, 16, position=SinusoidalPositionEncoding())
    found = numpy_of(encoder(tokens()))
    vectors = encoder.position(tokens())
    for block in encoder.blocks:
        vectors = block(vectors)
    expected = layer_norm(numpy_of(vectors), encoder.norm)
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_positions_are_found_once_by_the_source():
    class Twice(PositionSource):
        calls = 0

        def call(self, tokens, positions=None, mask=None, segment_ids=None, tokens_mask=None):
            Twice.calls += 1
            return 2.0 * super().call(tokens, positions, mask, segment_ids)

    plain = TransformerEncoder(2, 2, 16, position=ALiBi(2))
    doubled = TransformerEncoder(2, 2, 16, position=ALiBi(2), position_source=Twice())
    plain(tokens())
    doubled.build((None, None, 8))
    doubled.set_weights(plain.get_weights())
    found = numpy_of(doubled(tokens()))
    assert Twice.calls == 1
    expected = plain(tokens(), positions=2.0 * np.arange(5)[None])
    np.testing.assert_allclose(found, numpy_of(expected), atol=1e-6)


@pytest.mark.parametrize("dropout", [0.0, 0.5])
def test_dropout_acts_in_training_only(dropout):
    encoder = TransformerEncoder(2, 2, 16, dropout=dropout)
    still = numpy_of(encoder(tokens()))
    np.testing.assert_array_equal(numpy_of(encoder(tokens(), training=False)), still)
    moved = np.abs(numpy_of(encoder(tokens(), training=True)) - still).max()
    assert (moved > 0.01) == (dropout > 0)


def test_dropout_acts_on_the_embeddings_and_on_both_branches():
    encoder = TransformerEncoder(1, 2, 16, dropout=0.25)
    encoder.build((None, None, 8))
    block = encoder.blocks[0]
    assert [encoder.input_dropout.rate, block.dropout.rate] == [0.25, 0.25]
    # Everything dropped but the residual line: what remains is the input.
    block.dropout.rate = 1.0 - 1e-9
    np.testing.assert_array_equal(numpy_of(block(tokens(), training=True)), tokens())
    # Nothing dropped in the blocks: what still moves is the embeddings.
    block.dropout.rate = 0.0
    still, moved = (numpy_of(encoder(tokens(), training=training)) for training in (False, True))
    assert np.abs(moved - still).max() > 0.01


def test_an_encoding_of_the_embeddings_is_not_given_to_the_blocks():
    encoder = TransformerEncoder(2, 2, 16, position=LearnedPositionEmbedding(9))
    encoder(tokens())
    assert sum(weight.shape == (9, 8) for weight in encoder.weights) == 1
    assert all(block.attention.position.weights == [] for block in encoder.blocks)


def functional(position=None):
    inputs = keras.Input((None, 8))
    outputs = TransformerEncoder(2, 2, 16, position=position, name="encoder")(inputs)
    return keras.Model(inputs, outputs)


@pytest.mark.parametrize("position", [None, LearnedPositionEmbedding(9), ALiBi(2)])
def test_an_encoder_in_a_functional_model_reloads(position, tmp_path):
    model = functional(position)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert [w.shape for w in loaded.weights] == [w.shape for w in model.weights]
    np.testing.assert_array_equal(numpy_of(loaded(tokens())), numpy_of(model(tokens())))
    encoder = loaded.get_layer("encoder")
    inside = {block.attention.position for block in encoder.blocks}
    assert (inside == {encoder.position}) == isinstance(position, ALiBi)


def test_one_encoder_may_serve_two_inputs(tmp_path):
    encoder = TransformerEncoder(1, 2, 16, position=LearnedPositionEmbedding(9))
    inputs = [keras.Input((None, 8)), keras.Input((None, 8))]
    model = keras.Model(inputs, [encoder(one) for one in inputs])
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert len(loaded.weights) == len(model.weights) == len(encoder.weights)
    data = [tokens(), tokens(3)]
    for found, expected in zip(loaded(data), model(data), strict=True):
        np.testing.assert_array_equal(numpy_of(found), numpy_of(expected))


@pytest.mark.parametrize("kind", [EncoderBlock, TransformerEncoder])
def test_a_config_without_positions_is_a_layer_without_positions(kind):
    sizes = {"num_heads": 2, "intermediate_dim": 16}
    sizes |= {"num_layers": 1} if kind is TransformerEncoder else {}
    for config in (sizes, {**sizes, "position": None}):
        again = kind.from_config(config)(tokens())
        assert again.shape == (2, 5, 8)


def test_an_encoder_without_blocks_is_refused():
    with pytest.raises(ValueError, match="`num_layers` must be at least 1. Received: num_layers=0"):
        TransformerEncoder(0, 2, 16)


def test_heads_must_divide_the_features():
    said = "`num_heads` must divide the features of the input. Received: num_heads=3, features=8"
    with pytest.raises(ValueError, match=said):
        TransformerEncoder(1, 3, 16)(keras.Input((None, 8)))


def test_positions_of_a_source_are_not_taken_for_those_of_neighbours():
    source = InterpolatedPositions(factor=4.0)
    squeezed = TransformerEncoder(1, 2, 8, position=T5RelativeBias(2), position_source=source)
    counted = TransformerEncoder(1, 2, 8, position=T5RelativeBias(2))
    found = numpy_of(squeezed(tokens(6)))
    plain = counted(tokens(6))
    counted.set_weights(squeezed.get_weights())
    given = counted(tokens(6), positions=np.arange(6) / 4)
    np.testing.assert_allclose(found, numpy_of(given), atol=1e-6)
    assert np.abs(found - numpy_of(plain)).max() > 1e-4
