"""Rotations beside those of keras_hub."""

import keras_hub
import numpy as np
import pytest
from keras import ops
from keras_hub.src.models.llama.llama_rotary_embedding import LlamaRotaryEmbedding
from keras_hub.src.models.phi3.phi3_rotary_embedding import Phi3SuScaledRotaryEmbedding

from keras_pe.layers import (
    LinearScaling,
    Llama3Scaling,
    LongRoPEScaling,
    NTKScaling,
    ProportionalScaling,
    RotaryPositionEncoding,
    YaRNScaling,
)

LENGTH, DIM = 200, 32
RotaryEmbedding = keras_hub.layers.RotaryEmbedding
SHORT, LONG = np.linspace(1, 2, DIM // 2).tolist(), np.linspace(1, 9, DIM // 2).tolist()


def phi3(trained):
    return Phi3SuScaledRotaryEmbedding(
        SHORT, LONG, max_sequence_length=8 * trained, pretraining_sequence_length=trained
    )


def llama3(**settings):
    return LlamaRotaryEmbedding(pretraining_sequence_length=512, **settings)


PAIRS = {
    "plain": (None, RotaryEmbedding()),
    "linear": (LinearScaling(4.0), RotaryEmbedding(scaling_factor=4.0)),
    "yarn": (
        YaRNScaling(4.0, 512),
        RotaryEmbedding(rope_type="yarn", scaling_factor=4.0, original_max_position_embeddings=512),
    ),
    "yarn_settings": (
        YaRNScaling(16.0, 512, beta_fast=20.0, beta_slow=2.0, truncate=False),
        RotaryEmbedding(
            rope_type="yarn",
            scaling_factor=16.0,
            original_max_position_embeddings=512,
            beta_fast=20.0,
            beta_slow=2.0,
            truncate=False,
        ),
    ),
    "llama3": (
        Llama3Scaling(8.0, 512, 1.0, 4.0),
        llama3(frequency_adjustment_factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0),
    ),
    "longrope_short": (LongRoPEScaling(SHORT, LONG, 512, factor=8.0), phi3(512)),
    "longrope_long": (LongRoPEScaling(SHORT, LONG, 64, factor=8.0), phi3(64)),
}


def rotated(scaling, heads, **settings):
    ours = RotaryPositionEncoding(scaling=scaling, **settings)
    positions = ops.arange(LENGTH, dtype="float32")[None]
    tables = ours.prepare(positions, positions, head_dim=heads.shape[-1])
    return ops.convert_to_numpy(ours.rotate(ops.array(heads), ops.array(heads), tables)[0])


@pytest.fixture
def heads():
    """[B, T, H, d]."""
    return np.random.default_rng(0).normal(size=(2, LENGTH, 3, DIM)).astype("float32")


@pytest.mark.parametrize("name", PAIRS)
def test_rotations(name, heads):
    scaling, theirs = PAIRS[name]
    expected = ops.convert_to_numpy(theirs(heads))
    np.testing.assert_allclose(rotated(scaling, heads), expected, atol=5e-5)


def test_frequencies_that_count_on_all_features_of_a_head(heads):
    expected = ops.convert_to_numpy(RotaryEmbedding(denominator_dim=DIM)(heads[..., : DIM // 4]))
    found = rotated(ProportionalScaling(1.0), heads, rotary_fraction=0.25)
    np.testing.assert_allclose(found[..., : DIM // 4], expected, atol=5e-5)


def test_what_theirs_calls_dynamic_divides_all_frequencies_alike_and_ours_does_not():
    plain = RotaryEmbedding()._get_inverse_freq(DIM)
    theirs = RotaryEmbedding(rope_type="dynamic", scaling_factor=4.0)._get_inverse_freq(DIM)
    ratios = ops.convert_to_numpy(plain / theirs)
    np.testing.assert_allclose(ratios, 4.0 ** (DIM / (DIM - 2)), rtol=1e-5)
    ours, _ = NTKScaling(4.0).inverse_frequencies(DIM, 10_000.0)
    ratios = ops.convert_to_numpy(plain) / ours
    np.testing.assert_allclose(ratios[[0, -1]], [1.0, 4.0], rtol=1e-5)
    assert (np.diff(ratios) > 0).all()
