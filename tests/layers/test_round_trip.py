"""Every constructor argument of every public layer survives `get_config`."""

import copy
import inspect
import json

import keras
import pytest

from keras_pe import layers

POSITION = layers.ALiBi(3, direction="symmetric")
SOURCE = layers.ShiftedPositions(3, seed=5, name="inner")
NOT_DEFAULT = {
    "ALiBi": {"num_heads": 3, "direction": "causal"},
    "AttentionPooling": {},
    "AugmentedPositions": {
        "max_global_shift": 3.0,
        "max_local_shift": 0.25,
        "max_global_scaling": 1.5,
        "source": SOURCE,
        "seed": 7,
    },
    "ByteDropout": {"rate": 0.25, "noise_shape": (None, None, 1), "seed": 7},
    "CentredNormalization": {"epsilon": 0.25},
    "CoPE": {
        "num_heads": 3,
        "max_position": 7,
        "initializer": keras.initializers.RandomNormal(stddev=0.5, seed=3),
    },
    "ConvolutionalPositionEncoding": {
        "kernel_size": 5,
        "initializer": keras.initializers.RandomNormal(stddev=0.5, seed=3),
    },
    "DisentangledPosition": {
        "num_heads": 3,
        "position_buckets": 8,
        "max_distance": 20,
        "initializer": keras.initializers.RandomNormal(stddev=0.5, seed=3),
    },
    "DynamicPositionBias": {
        "num_heads": 3,
        "hidden_dim": 7,
        "num_layers": 3,
        "log_distance": False,
        "initializer": keras.initializers.RandomNormal(stddev=0.5, seed=3),
    },
    "EncoderBlock": {
        "num_heads": 3,
        "intermediate_dim": 5,
        "position": POSITION,
        "dropout": 0.25,
        "activation": "gelu",
        "causal": True,
        "log_n_scaling": 64,
        "attention_window": 7,
        "query_chunk_size": 9,
    },
    "FIRE": {
        "num_heads": 3,
        "hidden_dim": 7,
        "threshold": 77.0,
        "initial_c": 0.5,
        "initializer": keras.initializers.RandomNormal(stddev=0.5, seed=3),
    },
    "FirstTokenPooling": {},
    "ForgettingBias": {
        "num_heads": 3,
        "initial_bias": 2.0,
        "initializer": keras.initializers.RandomNormal(stddev=0.5, seed=3),
    },
    "FourierPositionEncoding": {
        "num_frequencies": 5,
        "hidden_dim": 7,
        "max_wavelength": 77.0,
        "initializer": keras.initializers.RandomNormal(stddev=0.5, seed=3),
    },
    "InterpolatedPositions": {"factor": 2.0, "max_length": 9, "source": SOURCE},
    "KERPLE": {"num_heads": 3, "kind": "power", "direction": "causal", "seed": 7},
    "LSTM": {"units": 3},
    "LearnedPositionEmbedding": {
        "max_length": 7,
        "extrapolation": "hierarchical",
        "initializer": keras.initializers.RandomNormal(stddev=0.5, seed=3),
    },
    "MaxPooling": {},
    "MeanPooling": {},
    "PolarPositionEncoding": {
        "num_heads": 3,
        "max_wavelength": 77.0,
        "initializer": keras.initializers.RandomUniform(-6.0, 0.0, seed=3),
    },
    "PositionEncoding": {},
    "PositionSource": {},
    "PositionTransform": {"source": SOURCE},
    "RandomizedPositions": {
        "max_position": 9,
        "inference": "identity",
        "source": SOURCE,
        "seed": 7,
    },
    "RotaryPositionEncoding": {
        "max_wavelength": 77.0,
        "layout": "interleaved",
        "rotary_fraction": 0.5,
        "scaling": "yarn",
        "scaling_factor": 4.0,
        "original_length": 64,
    },
    "Sandwich": {
        "num_heads": 3,
        "encoding_dim": 6,
        "max_wavelength": 77.0,
        "direction": "causal",
    },
    "SegmentEmbedding": {},
    "SelfAttention": {
        "num_heads": 3,
        "position": POSITION,
        "causal": True,
        "log_n_scaling": 64,
        "attention_window": 7,
        "query_chunk_size": 9,
    },
    "ShawRelativePosition": {
        "num_heads": 3,
        "max_distance": 7,
        "values": False,
        "initializer": keras.initializers.RandomNormal(stddev=0.5, seed=3),
    },
    "ShiftedPositions": {"max_shift": 9, "source": SOURCE, "seed": 7},
    "SinusoidalPositionEncoding": {
        "max_wavelength": 77.0,
        "layout": "concatenated",
        "frequencies": "tensor2tensor",
        "learnable_scale": True,
    },
    "T5RelativeBias": {
        "num_heads": 3,
        "num_buckets": 9,
        "max_distance": 20,
        "bidirectional": False,
        "initializer": keras.initializers.RandomNormal(stddev=0.5, seed=3),
    },
    "TextWindows": {"window_length": 9, "overlap": 2, "second_length": 3},
    "TokenDense": {"units": 5},
    "TokenEmbedding": {"input_dim": 5, "output_dim": 3, "mask_zero": True},
    "TransformerEncoder": {
        "num_layers": 3,
        "num_heads": 3,
        "intermediate_dim": 5,
        "position": POSITION,
        "position_source": layers.PositionSource(name="of_my_own"),
        "dropout": 0.25,
        "activation": "gelu",
        "causal": True,
        "log_n_scaling": 64,
        "attention_window": 7,
        "query_chunk_size": 9,
        "share_position": False,
    },
    "TransformerXLPosition": {
        "num_heads": 3,
        "max_wavelength": 77.0,
        "initializer": keras.initializers.RandomNormal(stddev=0.5, seed=3),
    },
    "WindowVectors": {},
    "XPosPositionEncoding": {
        "num_heads": 3,
        "max_wavelength": 77.0,
        "scale_base": 64.0,
        "direction": "causal",
        "layout": "interleaved",
    },
}
OF_EVERY_LAYER = {"name": "mine", "dtype": "mixed_bfloat16", "trainable": False}


def plain(value):
    """What stands in a config for that value."""
    is_object = isinstance(value, (keras.Layer, keras.initializers.Initializer))
    return keras.saving.serialize_keras_object(value) if is_object else value


@pytest.fixture(params=[n for n in layers.__all__ if issubclass(getattr(layers, n), keras.Layer)])
def kind(request):
    return getattr(layers, request.param)


@pytest.fixture
def layer(kind):
    return kind(**NOT_DEFAULT[kind.__name__], **OF_EVERY_LAYER)


def test_the_table_names_every_argument_with_a_value_that_is_not_the_default(kind):
    parameters = dict(list(inspect.signature(kind.__init__).parameters.items())[1:])
    named = {n: p for n, p in parameters.items() if p.kind is not inspect.Parameter.VAR_KEYWORD}
    assert set(named) == set(NOT_DEFAULT[kind.__name__])
    for name, parameter in named.items():
        assert NOT_DEFAULT[kind.__name__][name] != parameter.default


def test_every_argument_stands_in_the_config(kind, layer):
    config = layer.get_config()
    for name, value in NOT_DEFAULT[kind.__name__].items():
        assert config[name] == plain(value), name
    assert config["name"] == "mine"
    assert config["trainable"] is False
    assert config["dtype"]["config"]["name"] == "mixed_bfloat16"


def test_a_layer_made_from_the_config_has_the_same_config(kind, layer):
    config = layer.get_config()
    before = copy.deepcopy(config)
    again = kind.from_config(config)
    assert config == before, "from_config changed the config it was given"
    assert again.get_config() == before
    for name in NOT_DEFAULT[kind.__name__]:
        if hasattr(layer, name):
            assert plain(getattr(again, name)) == plain(getattr(layer, name)), name


def test_a_config_can_be_written_as_json(layer):
    serialized = keras.saving.serialize_keras_object(layer)
    again = keras.saving.deserialize_keras_object(json.loads(json.dumps(serialized)))
    assert again.get_config() == layer.get_config()


def test_a_layer_is_registered_under_the_name_of_the_package(kind):
    assert keras.saving.get_registered_name(kind) == f"keras_pe>{kind.__name__}"
