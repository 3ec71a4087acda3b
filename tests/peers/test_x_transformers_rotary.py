"""Rotations with a decay and polar coordinates beside those of x-transformers."""

import numpy as np
import pytest
import torch
from keras import ops
from x_transformers.x_transformers import (
    PolarEmbedding,
    RotaryEmbedding,
    apply_polar_pos_emb,
    apply_rotary_pos_emb,
)

from keras_pe.layers import (
    NTKScaling,
    PolarPositionEncoding,
    RotaryPositionEncoding,
    XPosPositionEncoding,
)

LENGTH, HEADS, DIM = 300, 2, 16


@pytest.fixture
def heads():
    """Queries and keys, [1, T, H, d] each."""
    return np.random.default_rng(0).normal(size=(2, 1, LENGTH, HEADS, DIM)).astype("float32")


def rotated(layer, heads):
    """Queries and keys, [1, H, T, d] each."""
    positions = ops.arange(LENGTH, dtype="float32")[None]
    tables = layer.prepare(positions, positions, head_dim=DIM)
    found = layer.rotate(*map(ops.array, heads), tables)
    return [ops.convert_to_numpy(each).transpose(0, 2, 1, 3) for each in found]


def of_torch(heads):
    return [torch.tensor(each).transpose(1, 2) for each in heads]


@pytest.mark.parametrize("factor", [1.0, 8.0])
def test_rotations_and_ntk_scaling(heads, factor):
    theirs = RotaryEmbedding(DIM, base_rescale_factor=factor)
    angles, _ = theirs.forward_from_seq_len(LENGTH)
    ours = RotaryPositionEncoding(layout="interleaved", scaling=NTKScaling(factor))
    for found, given in zip(rotated(ours, heads), of_torch(heads), strict=True):
        expected = apply_rotary_pos_emb(given, angles).numpy()
        np.testing.assert_allclose(found, expected, atol=5e-5)


@pytest.mark.parametrize("fraction", [0.25, 0.5])
def test_rotations_of_a_part_of_each_head(heads, fraction):
    angles, _ = RotaryEmbedding(int(DIM * fraction)).forward_from_seq_len(LENGTH)
    ours = RotaryPositionEncoding(layout="interleaved", rotary_fraction=fraction)
    for found, given in zip(rotated(ours, heads), of_torch(heads), strict=True):
        expected = apply_rotary_pos_emb(given, angles).numpy()
        np.testing.assert_allclose(found, expected, atol=5e-5)


@pytest.mark.parametrize("scale_base", [64, 512])
def test_logits_of_xpos(heads, scale_base):
    theirs = RotaryEmbedding(DIM, use_xpos=True, scale_base=scale_base)
    angles, scale = theirs.forward_from_seq_len(LENGTH)
    queries, keys = of_torch(heads)
    queries = apply_rotary_pos_emb(queries, angles, scale)
    keys = apply_rotary_pos_emb(keys, angles, scale**-1)
    expected = (queries @ keys.transpose(2, 3)).numpy()
    ours = XPosPositionEncoding(HEADS, scale_base=scale_base, layout="interleaved")
    queries, keys = rotated(ours, heads)
    found = queries @ keys.transpose(0, 1, 3, 2)
    # The first head looks left; the second is ours.
    left = np.tril(np.ones((LENGTH, LENGTH), bool))
    np.testing.assert_allclose(found[0, 0][left], expected[0, 0][left], rtol=1e-4, atol=2e-4)


def test_polar_queries_keys_and_logits(heads):
    theirs = PolarEmbedding(DIM, HEADS)
    delta = np.random.default_rng(1).uniform(-7, 0.5, size=(HEADS, DIM)).astype("float32")
    with torch.no_grad():
        theirs.learned_bias.copy_(torch.tensor(delta)[:, None])
        angles, bias = theirs(torch.arange(LENGTH))
        queries, keys = of_torch(heads)
        expected = apply_polar_pos_emb(queries, angles), apply_polar_pos_emb(keys, angles + bias)
    ours = PolarPositionEncoding(HEADS)
    ours.build((None, None, HEADS * DIM))
    ours.delta.assign(delta)
    found = rotated(ours, heads)
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one, other.numpy(), atol=1e-4)
