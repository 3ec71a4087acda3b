"""Biases beside those of x-transformers."""

import numpy as np
import pytest
import torch
from keras import ops
from x_transformers.x_transformers import AlibiPositionalBias, RelativePositionBias
from x_transformers.x_transformers import DynamicPositionBias as TheirDynamicPositionBias

from keras_pe.layers import ALiBi, DynamicPositionBias, T5RelativeBias

LENGTH = 300
POSITIONS = ops.arange(LENGTH, dtype="float32")[None]


def ours(layer):
    return ops.convert_to_numpy(layer.prepare(POSITIONS, POSITIONS, head_dim=4))[0]


@pytest.mark.parametrize("num_heads", [1, 3, 8])
def test_symmetric_alibi(num_heads):
    theirs = AlibiPositionalBias(num_heads)(LENGTH, LENGTH).numpy()
    found = ours(ALiBi(num_heads, direction="symmetric"))
    np.testing.assert_allclose(found, theirs, rtol=1e-6)


@pytest.mark.parametrize("causal", [False, True])
def test_t5_bias(causal):
    theirs = RelativePositionBias(1.0, causal, num_buckets=16, max_distance=50, heads=3)
    layer = T5RelativeBias(3, 16, 50, bidirectional=not causal)
    layer.build((None, None, 12))
    layer.set_weights([theirs.relative_attention_bias.weight.detach().numpy()])
    np.testing.assert_array_equal(ours(layer), theirs(LENGTH, LENGTH).detach().numpy())


@pytest.mark.parametrize("log_distance", [False, True])
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_dynamic_bias(depth, log_distance):
    torch.manual_seed(0)
    theirs = TheirDynamicPositionBias(8, heads=3, depth=depth, log_distance=log_distance)
    layer = DynamicPositionBias(3, 8, depth, log_distance)
    layer.build((None, None, 12))
    linears = [module for module in theirs.modules() if isinstance(module, torch.nn.Linear)]
    for kernel, linear in zip(layer.kernels, linears, strict=True):
        kernel.assign(linear.weight.detach().numpy().T)
    *inner, last = linears
    for bias, linear in zip(layer.biases, inner, strict=True):
        bias.assign(linear.bias.detach().numpy())
    # What all keys get alike, the softmax does not see, and ours has not.
    torch.nn.init.zeros_(last.bias)
    # Their network reads query - key, ours key - query.
    expected = theirs(LENGTH, LENGTH).detach().numpy().transpose(0, 2, 1)
    np.testing.assert_allclose(ours(layer), expected, rtol=1e-5, atol=1e-5)
