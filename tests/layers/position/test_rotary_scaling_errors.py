"""What rotary scalings refuse, by object and by name."""

import re

import keras
import pytest

from keras_pe.layers import (
    DynamicNTKScaling,
    LinearScaling,
    Llama3Scaling,
    LongRoPEScaling,
    NTKScaling,
    ProportionalScaling,
    RotaryPositionEncoding,
    SelfAttention,
    YaRNScaling,
)

REFUSED = [
    (lambda: LinearScaling(0.5), "`factor` must be at least 1. Received: factor=0.5"),
    (lambda: NTKScaling(0.5), "`factor` must be at least 1. Received: factor=0.5"),
    (lambda: DynamicNTKScaling(0.5, 64), "`factor` must be at least 1. Received: factor=0.5"),
    (lambda: YaRNScaling(0.5, 64), "`factor` must be at least 1. Received: factor=0.5"),
    (lambda: Llama3Scaling(0.5, 64), "`factor` must be at least 1. Received: factor=0.5"),
    (lambda: ProportionalScaling(1, 0.5), "`factor` must be at least 1. Received: factor=0.5"),
    (
        lambda: LongRoPEScaling([1.0], [1.0], 64, factor=0.5),
        "`factor` must be at least 1. Received: factor=0.5",
    ),
    (
        lambda: DynamicNTKScaling(2.0, 1),
        "`original_length` must be at least 2. Received: original_length=1",
    ),
    (
        lambda: YaRNScaling(2.0, 0),
        "`original_length` must be at least 2. Received: original_length=0",
    ),
    (
        lambda: Llama3Scaling(2.0, 1),
        "`original_length` must be at least 2. Received: original_length=1",
    ),
    (
        lambda: LongRoPEScaling([1.0], [1.0], 1, factor=2.0),
        "`original_length` must be at least 2. Received: original_length=1",
    ),
    (
        lambda: YaRNScaling(2.0, 64, beta_fast=1, beta_slow=1),
        "`beta_fast` must be above `beta_slow`, and that above 0. "
        "Received: beta_fast=1, beta_slow=1",
    ),
    (
        lambda: YaRNScaling(2.0, 64, attention_factor=0.0),
        "`attention_factor` must be above 0. Received: attention_factor=0.0",
    ),
    (
        lambda: LongRoPEScaling([1.0], [1.0], 64),
        "Either `factor` or `attention_factor` must be given, and not both. "
        "Received: factor=None, attention_factor=None",
    ),
    (
        lambda: LongRoPEScaling([1.0], [1.0], 64, factor=2.0, attention_factor=3.0),
        "Either `factor` or `attention_factor` must be given, and not both. "
        "Received: factor=2.0, attention_factor=3.0",
    ),
    (
        lambda: LongRoPEScaling([1.0], [1.0, 2.0], 64, factor=2.0),
        "`short_factor` and `long_factor` must be equally many numbers above 0. "
        "Received: short_factor=[1.0], long_factor=[1.0, 2.0]",
    ),
    (
        lambda: LongRoPEScaling([0.0], [1.0], 64, factor=2.0),
        "`short_factor` and `long_factor` must be equally many numbers above 0. "
        "Received: short_factor=[0.0], long_factor=[1.0]",
    ),
    (
        lambda: Llama3Scaling(2.0, 64, low_frequency_factor=4.0),
        "`high_frequency_factor` must be above `low_frequency_factor`, and that above 0. "
        "Received: high_frequency_factor=4.0, low_frequency_factor=4.0",
    ),
    (
        lambda: ProportionalScaling(0.0),
        "`fraction` must be above 0 and at most 1. Received: fraction=0.0",
    ),
    (
        lambda: ProportionalScaling(1.5),
        "`fraction` must be above 0 and at most 1. Received: fraction=1.5",
    ),
    (
        lambda: RotaryPositionEncoding(scaling="su"),
        "`scaling` must be a `RotaryScaling`, None, or one of: linear, ntk, dynamic_ntk, yarn, "
        "longrope, llama3, proportional. Received: scaling='su'",
    ),
    (
        lambda: RotaryPositionEncoding(scaling=4.0),
        "`scaling` must be a `RotaryScaling`, None, or one of: linear, ntk, dynamic_ntk, yarn, "
        "longrope, llama3, proportional. Received: scaling=4.0",
    ),
    (
        lambda: RotaryPositionEncoding(scaling="yarn", original_length=64),
        "`scaling_factor` must be given with scaling='yarn'. Received: scaling_factor=None",
    ),
    (
        lambda: RotaryPositionEncoding(scaling="dynamic_ntk", scaling_factor=2.0),
        "`original_length` must be given with scaling='dynamic_ntk'. "
        "Received: original_length=None",
    ),
    (
        lambda: RotaryPositionEncoding(scaling="longrope", original_length=64),
        "`scaling` must be a `LongRoPEScaling` object, since it needs short_factor and "
        "long_factor. Received: scaling='longrope'",
    ),
    (
        lambda: RotaryPositionEncoding(scaling="ntk", scaling_factor=2.0, original_length=64),
        "`original_length` must be None where `scaling` is not a name that reads it. "
        "Received: original_length=64, scaling='ntk'",
    ),
    (
        lambda: RotaryPositionEncoding(scaling_factor=2.0),
        "`scaling_factor` must be None where `scaling` is not a name that reads it. "
        "Received: scaling_factor=2.0, scaling=None",
    ),
    (
        lambda: RotaryPositionEncoding(scaling=LinearScaling(2.0), scaling_factor=2.0),
        "`scaling_factor` must be None where `scaling` is not a name that reads it. "
        "Received: scaling_factor=2.0, scaling=LinearScaling",
    ),
    (
        lambda: RotaryPositionEncoding(rotary_fraction=0.0),
        "`rotary_fraction` must be above 0 and at most 1. Received: rotary_fraction=0.0",
    ),
    (
        lambda: RotaryPositionEncoding(rotary_fraction=1.1),
        "`rotary_fraction` must be above 0 and at most 1. Received: rotary_fraction=1.1",
    ),
]


@pytest.mark.parametrize(("make", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_what_makes_no_sense_or_has_no_effect_is_refused(make, said):
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        make()


REFUSED_HEADS = [
    (
        {"scaling": "ntk", "scaling_factor": 2.0, "rotary_fraction": 0.25},
        "NTKScaling must have at least 4 features per head to turn. Received: 2 features",
    ),
    (
        {"scaling": "dynamic_ntk", "scaling_factor": 2.0, "original_length": 4}
        | {"rotary_fraction": 0.25},
        "DynamicNTKScaling must have at least 4 features per head to turn. Received: 2 features",
    ),
    (
        {"scaling": LongRoPEScaling([1.0] * 3, [2.0] * 3, 64, factor=2.0)},
        "`short_factor` and `long_factor` must have one number for each pair of features. "
        "Received: 3 numbers, 4 pairs per head",
    ),
    (
        {"scaling": ProportionalScaling(0.1)},
        "`fraction` must leave at least one pair of features per head to turn. "
        "Received: fraction=0.1, 4 pairs per head",
    ),
    (
        {"rotary_fraction": 0.2},
        "`rotary_fraction` must give an even number of features per head to turn, at least 2. "
        "Received: rotary_fraction=0.2, 8 features per head, 1 to turn",
    ),
    (
        {"rotary_fraction": 0.4},
        "`rotary_fraction` must give an even number of features per head to turn, at least 2. "
        "Received: rotary_fraction=0.4, 8 features per head, 3 to turn",
    ),
]


@pytest.mark.parametrize(("settings", "said"), REFUSED_HEADS, ids=[s for _, s in REFUSED_HEADS])
def test_heads_that_cannot_be_turned_are_refused_when_attention_is_built(settings, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        SelfAttention(2, RotaryPositionEncoding(**settings))(keras.Input((None, 16)))
