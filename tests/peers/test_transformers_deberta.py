"""Disentangled attention is that of Hugging Face's DeBERTa v2."""

import math

import numpy as np
import pytest
import torch
from transformers import DebertaV2Config
from transformers.models.deberta_v2 import modeling_deberta_v2 as deberta

from keras_pe.layers import DisentangledPosition, SelfAttention

DIM, HEADS = 8, 2


@pytest.mark.parametrize(
    ("buckets", "furthest"), [(256, 512), (32, 128), (8, 16), (4, 9), (64, 70)]
)
def test_buckets_are_the_same(buckets, furthest):
    # Query minus key; ours are rows of a table, so theirs are shifted and clipped as they do later.
    distances = torch.arange(-2 * furthest, 2 * furthest + 1)
    theirs = deberta.make_log_bucket_position(distances, buckets, furthest).long()
    expected = torch.clamp(theirs + buckets, 0, 2 * buckets - 1).tolist()
    layer = DisentangledPosition(1, position_buckets=buckets, max_distance=furthest)
    assert layer.rows(-distances.float()).tolist() == expected


def their_attention(buckets, furthest, shared):
    torch.manual_seed(0)
    config = DebertaV2Config(
        hidden_size=DIM,
        num_attention_heads=HEADS,
        relative_attention=True,
        position_buckets=buckets,
        max_relative_positions=furthest,
        pos_att_type=["c2p", "p2c"],
        share_att_key=shared,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    return deberta.DisentangledSelfAttention(config).eval()


def projected(linear, rows):
    """The rows of their shared table, projected: what a table of ours holds."""
    return (rows @ linear.weight.T + linear.bias).detach().numpy()


def our_attention(theirs, rows, buckets, furthest):
    attention = SelfAttention(HEADS, DisentangledPosition(HEADS, buckets, furthest))
    attention.build((None, None, DIM))
    for_keys = theirs.key_proj if theirs.share_att_key else theirs.pos_key_proj
    for_queries = theirs.query_proj if theirs.share_att_key else theirs.pos_query_proj
    parts = theirs.query_proj, theirs.key_proj, theirs.value_proj
    attention.set_weights(
        [
            projected(for_keys, rows),
            projected(for_queries, rows),
            np.concatenate([part.weight.detach().numpy().T for part in parts], axis=1),
            np.concatenate([part.bias.detach().numpy() for part in parts]),
            np.eye(DIM),
            np.zeros(DIM),
        ]
    )
    return attention


@pytest.mark.parametrize("shared", [True, False], ids=["shared_projection", "own_projection"])
@pytest.mark.parametrize(("buckets", "furthest"), [(8, 16), (4, 9), (256, 512)])
def test_attention_is_the_same(buckets, furthest, shared):
    theirs = their_attention(buckets, furthest, shared)
    tokens, rows = torch.randn(3, 40, DIM), torch.randn(2 * buckets, DIM)
    mask = torch.ones(3, 40, dtype=torch.bool)
    mask[1, 30:], mask[2, 3:] = False, False
    expected, _ = theirs(tokens, mask[:, None, None, :], rel_embeddings=rows)
    found = our_attention(theirs, rows, buckets, furthest)(tokens, mask=mask)
    torch.testing.assert_close(found[mask], expected[mask], rtol=0, atol=1e-5)


def test_the_bias_is_the_same():
    theirs = their_attention(8, 16, shared=False)
    queries, keys = torch.randn(2, 20, HEADS, 4), torch.randn(2, 20, HEADS, 4)
    rows = torch.randn(16, DIM)
    flat = [heads.permute(0, 2, 1, 3).reshape(2 * HEADS, 20, 4) for heads in (queries, keys)]
    expected = theirs.disentangled_attention_bias(*flat, None, rows, scale_factor=3)
    position = our_attention(theirs, rows, 8, 16).position
    places = torch.arange(20.0)[None]
    found = position.bias(queries, keys, position.prepare(places, places, 4))
    torch.testing.assert_close(found, expected.reshape(2, HEADS, 20, 20), rtol=0, atol=1e-5)
    turned, _ = position.rotate(queries, keys, None)
    torch.testing.assert_close(turned * math.sqrt(3), queries)
