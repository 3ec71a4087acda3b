"""Biases beside those of Hugging Face transformers."""

import numpy as np
import pytest
import torch
from keras import ops
from transformers.models.bloom.modeling_bloom import build_alibi_tensor
from transformers.models.t5.configuration_t5 import T5Config
from transformers.models.t5.modeling_t5 import T5Attention

from keras_pe.layers import ALiBi, T5RelativeBias

LENGTH = 600
SETTINGS = [(32, 128), (16, 20), (64, 1000), (8, 5)]


def positions():
    return ops.arange(LENGTH, dtype="float32")[None]


@pytest.mark.parametrize("bidirectional", [True, False], ids=["both", "left"])
@pytest.mark.parametrize(("num_buckets", "max_distance"), SETTINGS)
def test_t5_buckets(num_buckets, max_distance, bidirectional):
    distances = torch.arange(-3000, 3001)
    theirs = T5Attention._relative_position_bucket(
        distances, bidirectional, num_buckets, max_distance
    )
    ours = T5RelativeBias(2, num_buckets, max_distance, bidirectional)
    found = ops.convert_to_numpy(ours.buckets(ops.array(distances.numpy(), "float32")))
    np.testing.assert_array_equal(found, theirs.numpy())


def test_t5_bias():
    config = T5Config(d_model=16, d_kv=4, num_heads=4, relative_attention_max_distance=100)
    theirs = T5Attention(config, has_relative_attention_bias=True, layer_idx=0)
    expected = theirs.compute_bias(LENGTH, LENGTH).detach().numpy()
    ours = T5RelativeBias(4, max_distance=100)
    ours.build((None, None, 16))
    ours.set_weights([theirs.relative_attention_bias.weight.detach().numpy()])
    found = ops.convert_to_numpy(ours.prepare(positions(), positions(), head_dim=4))
    np.testing.assert_array_equal(found, expected)
    same = positions()
    found = ops.convert_to_numpy(ours.prepare(same, same, head_dim=4))
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("num_heads", [1, 2, 3, 4, 6, 8, 12, 16, 20])
def test_alibi_slopes(num_heads):
    # Theirs is one row for all queries, slope times the key's place; only its steps mean anything.
    theirs = build_alibi_tensor(torch.ones(1, 2), num_heads, torch.float32).numpy()[:, 0]
    same = positions()
    ours = ALiBi(num_heads, direction="causal").prepare(same, same, head_dim=4)
    last = ops.convert_to_numpy(ours)[0, :, -1]
    expected = theirs[:, 1:] * (np.arange(LENGTH) - (LENGTH - 1))
    np.testing.assert_allclose(last, expected, rtol=1e-6)
