"""Rotary frequencies and rotations beside those of Hugging Face transformers."""

import numpy as np
import pytest
import torch
from keras import ops
from transformers import LlamaConfig
from transformers.modeling_rope_utils import ROPE_INIT_FUNCTIONS
from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding, apply_rotary_pos_emb

from keras_pe.layers import (
    DynamicNTKScaling,
    LinearScaling,
    Llama3Scaling,
    LongRoPEScaling,
    ProportionalScaling,
    RotaryPositionEncoding,
    YaRNScaling,
)

DIM, LENGTH = 64, 100
SHORT, LONG = np.linspace(1, 2, DIM // 2).tolist(), np.linspace(1, 9, DIM // 2).tolist()
# What scales; by the name that transformers has for it, with its settings.
SCALINGS = {
    "linear": (LinearScaling(4.0), "linear", {"factor": 4.0}),
    "dynamic_ntk": (DynamicNTKScaling(4.0, 32), "dynamic", {"factor": 4.0}),
    "yarn": (YaRNScaling(4.0, 512), "yarn", {"factor": 4.0}),
    "yarn_settings": (
        YaRNScaling(16.0, 512, 20.0, 2.0, attention_factor=1.5, truncate=False),
        "yarn",
        {
            "factor": 16.0,
            "beta_fast": 20.0,
            "beta_slow": 2.0,
            "attention_factor": 1.5,
            "truncate": False,
        },
    ),
    "longrope": (
        LongRoPEScaling(SHORT, LONG, 32, factor=8.0),
        "longrope",
        {"factor": 8.0, "short_factor": SHORT, "long_factor": LONG},
    ),
    "longrope_settings": (
        LongRoPEScaling(SHORT, LONG, 512, attention_factor=1.25),
        "longrope",
        {"attention_factor": 1.25, "short_factor": SHORT, "long_factor": LONG},
    ),
    "llama3": (
        Llama3Scaling(8.0, 512),
        "llama3",
        {"factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0},
    ),
    "llama3_settings": (
        Llama3Scaling(32.0, 512, 2.0, 16.0),
        "llama3",
        {"factor": 32.0, "low_freq_factor": 2.0, "high_freq_factor": 16.0},
    ),
    "proportional": (ProportionalScaling(0.25), "proportional", {"partial_rotary_factor": 0.25}),
    "proportional_settings": (
        ProportionalScaling(0.7, factor=4.0),
        "proportional",
        {"partial_rotary_factor": 0.7, "factor": 4.0},
    ),
}
PARTIAL = ["linear", "dynamic_ntk", "yarn", "llama3"]


def config(scaling, kind, settings):
    trained = getattr(scaling, "original_length", 512)
    if kind in ("yarn", "longrope", "llama3"):
        settings = {**settings, "original_max_position_embeddings": trained}
    return LlamaConfig(
        hidden_size=2 * DIM,
        num_attention_heads=2,
        head_dim=DIM,
        max_position_embeddings=trained if kind == "dynamic" else 8 * trained,
        rope_parameters={"rope_type": kind, "rope_theta": 10_000.0, **settings},
    )


@pytest.mark.parametrize("base", [10_000.0, 500_000.0])
@pytest.mark.parametrize("length", [20, LENGTH, 5000])
@pytest.mark.parametrize("name", SCALINGS)
def test_frequencies(name, length, base, monkeypatch):
    # In float32 their powers bend slow frequencies by more than a part in a million.
    monkeypatch.setattr(torch, "float", torch.float64)
    scaling, kind, settings = SCALINGS[name]
    theirs = config(scaling, kind, settings)
    theirs.rope_parameters["rope_theta"] = base
    expected, expected_factor = ROPE_INIT_FUNCTIONS[kind](theirs, "cpu", seq_len=length)
    found, factor = scaling.inverse_frequencies(DIM, base, ops.array([[float(length)]]), DIM)
    found = ops.convert_to_numpy(found).reshape(-1)
    np.testing.assert_allclose(found, expected.numpy(), rtol=1e-6)
    assert factor == pytest.approx(expected_factor, rel=1e-12)


@pytest.mark.parametrize("name", PARTIAL)
def test_frequencies_of_a_part_of_each_head(name):
    scaling, kind, settings = SCALINGS[name]
    theirs = config(scaling, kind, {**settings, "partial_rotary_factor": 0.25})
    expected, _ = ROPE_INIT_FUNCTIONS[kind](theirs, "cpu", seq_len=LENGTH)
    found, _ = scaling.inverse_frequencies(DIM // 4, 10_000.0, ops.array([[float(LENGTH)]]), DIM)
    found = ops.convert_to_numpy(found).reshape(-1)
    np.testing.assert_allclose(found, expected.numpy(), rtol=1e-6)


@pytest.mark.parametrize("name", ["none", *SCALINGS])
def test_rotations(name):
    scaling, kind, settings = SCALINGS.get(name, (None, "default", {}))
    noise = np.random.default_rng(0)
    heads = noise.normal(size=(2, 1, LENGTH, 2, DIM)).astype("float32")
    theirs = LlamaRotaryEmbedding(config(scaling, kind, settings))
    # Their heads stand before the tokens.
    queries, keys = (torch.tensor(each).transpose(1, 2) for each in heads)
    turning = theirs(queries, torch.arange(LENGTH)[None])
    expected = [
        each.transpose(1, 2).numpy() for each in apply_rotary_pos_emb(queries, keys, *turning)
    ]
    ours = RotaryPositionEncoding(scaling=scaling)
    positions = ops.arange(LENGTH, dtype="float32")[None]
    tables = ours.prepare(positions, positions, head_dim=DIM)
    found = ours.rotate(*map(ops.array, heads), tables)
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(ops.convert_to_numpy(one), other, atol=5e-5)


def test_rotations_in_turn_where_theirs_keeps_a_state():
    scaling, kind, settings = SCALINGS["dynamic_ntk"]
    theirs = LlamaRotaryEmbedding(config(scaling, kind, settings))
    ours = RotaryPositionEncoding(scaling=scaling)
    # For a text between 32 tokens and the longest so far theirs keeps the frequencies of that one.
    for length in (20, 100, 20):
        positions = ops.arange(length, dtype="float32")[None]
        cosines = ops.convert_to_numpy(ours.prepare(positions, positions, DIM)[0][0])[:, :, 0]
        expected, _ = theirs(torch.zeros(1, 1, length, DIM), torch.arange(length)[None])
        np.testing.assert_allclose(cosines, expected.numpy(), atol=1e-5)
