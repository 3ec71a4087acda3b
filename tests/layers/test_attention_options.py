"""Attention that looks back only, and attention that stays sharp over many keys."""

import numpy as np
import pytest
from keras import ops

from keras_pe.layers import ALiBi, SelfAttention

TOKENS = np.arange(30.0, dtype="float32").reshape(2, 5, 3)


def test_causal_attention_sees_no_later_position_wherever_it_stands():
    attention = SelfAttention(3, causal=True)
    order = [2, 0, 3, 1, 4]
    before = ops.convert_to_numpy(attention(TOKENS, positions=np.array([order])))
    changed = TOKENS.copy()
    changed[:, 0] += 1.0  # It stands at position 2.
    after = ops.convert_to_numpy(attention(changed, positions=np.array([order])))
    np.testing.assert_array_equal(after[:, [1, 3]], before[:, [1, 3]])
    assert np.abs(after[:, [0, 2, 4]] - before[:, [0, 2, 4]]).min() > 0


@pytest.mark.parametrize("causal", [False, True])
def test_logits_are_scaled_by_the_log_of_the_number_of_keys_seen(causal):
    tokens = np.random.default_rng(0).normal(size=(2, 5, 6)).astype("float32")
    mask = np.array([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]], bool)
    alibi = ALiBi(2, direction="symmetric")
    scaled = SelfAttention(2, alibi, causal=causal, log_n_scaling=8.0)
    scaled.build(tokens.shape)
    seen = np.array([[1, 2, 3, 4, 5], [1, 2, 3, 3, 3]]) if causal else np.array([[5] * 5, [3] * 5])
    factor = np.log(np.maximum(seen, 2)) / np.log(8.0)
    # The same attention with queries and biases multiplied beforehand.
    kernel, bias, *out = map(ops.convert_to_numpy, scaled.weights)
    queries, keys, values = np.split(tokens @ kernel + bias, 3, axis=-1)
    heads = [x.reshape(2, 5, 2, 3).transpose(0, 2, 1, 3) for x in (queries, keys, values)]
    logits = heads[0] @ heads[1].transpose(0, 1, 3, 2) / np.sqrt(3)
    distance = np.abs(np.arange(5)[:, None] - np.arange(5))
    logits = (logits - np.array([1 / 16, 1 / 256])[:, None, None] * distance) * factor[
        :, None, :, None
    ]
    open_ = mask[:, None, None, :] & (np.tri(5, dtype=bool) if causal else True)
    weights = np.exp(np.where(open_, logits, -np.inf))
    mixed = (weights / weights.sum(-1, keepdims=True)) @ heads[2]
    expected = mixed.transpose(0, 2, 1, 3).reshape(2, 5, 6) @ out[0] + out[1]
    found = ops.convert_to_numpy(scaled(tokens, mask=mask))
    np.testing.assert_allclose(found[mask], expected[mask], atol=1e-5)


def test_a_scaling_by_the_log_of_one_is_refused():
    said = "`log_n_scaling` must be above 1. Received: log_n_scaling=1"
    with pytest.raises(ValueError, match=said):
        SelfAttention(2, log_n_scaling=1)
