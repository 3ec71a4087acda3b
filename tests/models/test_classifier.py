"""From settings to a classifier: what is built, and what is refused."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.config import ModelConfig, RunConfig
from keras_pe.layers import (
    ALiBi,
    AttentionPooling,
    FirstTokenPooling,
    LearnedPositionEmbedding,
    MaxPooling,
    MeanPooling,
    PositionEncoding,
    RotaryPositionEncoding,
    SinusoidalPositionEncoding,
)
from keras_pe.models import build_classifier


def test_the_default_lstm_is_the_classic():
    model = build_classifier(ModelConfig(model="lstm", num_classes=4))
    embedding = 10_000 * 64
    lstm = 4 * (64 * 128 + 128 * 128 + 128)
    dense = 128 * 64 + 64
    assert model.count_params() == embedding + lstm + dense + 64 * 4 + 4
    assert model.get_layer("dense").activation is keras.activations.relu
    assert model.get_layer("input_dropout").rate == model.get_layer("output_dropout").rate == 0.2


def test_the_default_transformer():
    model = build_classifier(ModelConfig(num_classes=4))
    attention = 128 * 3 * 128 + 3 * 128 + 128 * 128 + 128
    feed_forward = 128 * 512 + 512 + 512 * 128 + 128
    block = attention + feed_forward + 2 * 2 * 128
    assert model.count_params() == 10_000 * 128 + 2 * block + 2 * 128 + 128 * 4 + 4
    encoder = model.get_layer("encoder")
    assert isinstance(encoder.position, SinusoidalPositionEncoding)
    assert encoder.input_dropout.rate == model.get_layer("output_dropout").rate == 0.1


def test_every_setting_of_the_transformer_arrives(tiny):
    config = tiny("alibi", "transformer", num_layers=3, num_heads=4, intermediate_dim=7)
    encoder = build_classifier(config).get_layer("encoder")
    expected = {"num_layers": 3, "num_heads": 4, "intermediate_dim": 7, "dropout": 0.0}
    assert {name: encoder.get_config()[name] for name in expected} == expected


def test_every_setting_of_the_lstm_arrives(tiny):
    model = build_classifier(tiny("none", "lstm", bidirectional=True, pooling="max"))
    bilstm = model.get_layer("bilstm")
    assert bilstm.forward_layer.units == 6
    assert bilstm.forward_layer.return_sequences
    assert bilstm.output.shape == (None, None, 12)
    assert model.get_layer("dense").units == 16


def test_an_lstm_may_answer_without_a_layer_in_between(tiny):
    model = build_classifier(tiny("none", "lstm", dense_dim=0))
    assert model.get_layer("logits").kernel.shape == (6, 3)


@pytest.mark.parametrize(
    ("position", "kind", "setting", "value"),
    [
        ("none", PositionEncoding, None, None),
        ("sinusoidal", SinusoidalPositionEncoding, "max_wavelength", 77.0),
        ("learned", LearnedPositionEmbedding, "max_length", 12),
        ("learned", LearnedPositionEmbedding, "extrapolation", "clip"),
        ("rotary", RotaryPositionEncoding, "max_wavelength", 77.0),
        ("alibi", ALiBi, "num_heads", 4),
    ],
)
def test_every_setting_of_a_position_arrives(position, kind, setting, value, tiny):
    changes = {} if setting is None else {setting: value}
    encoder = build_classifier(tiny(position, "transformer", **changes)).get_layer("encoder")
    assert type(encoder.position) is kind
    assert setting is None or getattr(encoder.position, setting) == value


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("mean", MeanPooling),
        ("cls", FirstTokenPooling),
        ("attention", AttentionPooling),
        ("max", MaxPooling),
    ],
)
def test_every_pooling_arrives(name, kind, tiny):
    model = build_classifier(tiny("none", "transformer", pooling=name))
    assert type(model.get_layer("pooling")) is kind


def test_the_last_state_of_an_lstm_is_that_of_the_last_real_token(tiny):
    model = build_classifier(tiny("none", "lstm", pooling="last"))
    padded, alone = (ops.convert_to_numpy(model(np.array([r]))) for r in ([5, 6, 0, 0], [5, 6]))
    np.testing.assert_allclose(padded, alone, atol=1e-6)
    assert not model.get_layer("lstm").return_sequences


def test_word_dropout_drops_whole_words_in_training(tiny):
    model = build_classifier(tiny("none", "transformer", word_dropout=0.5))
    layer = model.get_layer("word_dropout")
    dropped = ops.convert_to_numpy(layer(ops.ones((8, 50, 8)), training=True)) == 0
    assert (dropped.all(axis=2) == dropped.any(axis=2)).all()
    assert 0.3 < dropped.mean() < 0.7
    still = ops.convert_to_numpy(layer(ops.ones((8, 50, 8)), training=False))
    np.testing.assert_array_equal(still, 1.0)


def test_token_vectors_are_scaled_by_the_root_of_their_width(tiny):
    model = build_classifier(tiny("none", "transformer", hidden_dim=16))
    table = ops.convert_to_numpy(model.get_layer("token_embedding").embeddings)
    scaled = keras.Model(model.input, model.get_layer("token_scale").output)
    found = ops.convert_to_numpy(scaled(np.array([[7, 0]])))
    np.testing.assert_allclose(found[0], 4.0 * table[[7, 0]], rtol=1e-6)


def test_the_classifier_is_a_plain_functional_model(model, case):
    assert type(model).__module__.startswith("keras.")
    assert model.name == f"{case[1]}_classifier"
    assert model.input.name == "token_ids"
    assert (model.input.dtype, model.output.dtype) == ("int32", "float32")
    assert model.output.shape == (None, 3)


def test_any_config_with_the_fields_will_do_and_stays_as_it_is():
    config = RunConfig(num_classes=3, model="lstm", vocabulary_size=50)
    assert build_classifier(config).output.shape == (None, 3)
    assert config == RunConfig(num_classes=3, model="lstm", vocabulary_size=50)
