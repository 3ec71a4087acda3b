"""CoPE and forgetting are those of x-transformers, where both have them."""

import numpy as np
import pytest
import torch
from x_transformers.x_transformers import CoPE as TheirCoPE
from x_transformers.x_transformers import DataDependentAlibi

from keras_pe.layers import CoPE, ForgettingBias
from tests.layers.visible import visible_among

HEADS, HEAD_DIM, LENGTH = 2, 4, 12


@pytest.fixture
def heads():
    """Queries and keys, [B, T, H, d]."""
    torch.manual_seed(0)
    return torch.randn(3, LENGTH, HEADS, HEAD_DIM), torch.randn(3, LENGTH, HEADS, HEAD_DIM)


@pytest.fixture
def places():
    return torch.arange(float(LENGTH))[None]


@pytest.mark.parametrize("max_position", [3, 64])
def test_causal_cope_is_the_same(heads, places, max_position):
    theirs = TheirCoPE(HEAD_DIM, HEADS, max_position)
    theirs.pos_emb.data.normal_()
    by_head = [each.permute(0, 2, 1, 3) for each in heads]
    logits = by_head[0] @ by_head[1].transpose(-1, -2) / HEAD_DIM**0.5
    visible = visible_among(places, causal=True)
    expected = theirs(by_head[0], logits.masked_fill(~visible, -torch.finfo(logits.dtype).max))
    ours = CoPE(HEADS, max_position)
    ours.build((None, None, HEADS * HEAD_DIM))
    table = theirs.pos_emb.detach().numpy()
    ours.set_weights([np.concatenate([table, np.full_like(table, np.nan)])])
    found = ours.bias(*heads, ours.prepare(places, places, HEAD_DIM, visible))
    open_keys = visible.expand(found.shape)
    torch.testing.assert_close(found[open_keys], expected[open_keys], rtol=0, atol=1e-5)


def forgetting(theirs):
    """Ours with their gates, those of the right side all open where they have none."""
    ours = ForgettingBias(HEADS)
    ours.build((None, None, HEADS * HEAD_DIM))
    linear = theirs.to_forget_gates[0]
    kernel, bias = linear.weight.detach().numpy().T, linear.bias.detach().numpy()
    none = 2 * HEADS - len(bias)
    ours.set_weights([np.pad(kernel, ((0, 0), (0, none))), np.pad(bias, (0, none))])
    return ours


def test_causal_forgetting_is_the_same(heads, places):
    theirs = DataDependentAlibi(HEADS * HEAD_DIM, HEADS, causal=True, bias_init=1.0)
    ours, keys = forgetting(theirs), heads[1]
    found = ours.bias(*heads, ours.prepare(places, places, HEAD_DIM))
    expected = theirs(keys.reshape(3, LENGTH, -1))
    torch.testing.assert_close(found.tril(), expected.tril(), rtol=0, atol=1e-5)


def test_forgetting_to_both_sides_is_the_same_but_for_one_token(heads, places):
    theirs = DataDependentAlibi(HEADS * HEAD_DIM, HEADS, causal=False, bias_init=1.0)
    ours, keys = forgetting(theirs), heads[1]
    found = ours.bias(*heads, ours.prepare(places, places, HEAD_DIM))
    inputs = keys.reshape(3, LENGTH, -1)
    torch.testing.assert_close(found.tril(), theirs(inputs).tril(), rtol=0, atol=1e-5)
    # On the right they count the key's gate and not the query's. On the left both count the query's
    # and not the key's, and our right side is the mirror of that: their inputs moved by one token.
    moved = torch.roll(inputs, 1, dims=1)
    torch.testing.assert_close(found.triu(1), theirs(moved).triu(1), rtol=0, atol=1e-5)
