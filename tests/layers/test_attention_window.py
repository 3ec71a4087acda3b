"""Attention that sees some tokens to each side, and attention of some queries at a time."""

import numpy as np
import pytest
from keras import ops

from keras_pe.layers import RotaryPositionEncoding, SelfAttention

TOKENS = np.random.default_rng(0).normal(size=(2, 9, 4)).astype("float32")


def seen(attention, **where):
    """Which tokens change what a token brings back, [T, T], of the second text."""
    before = ops.convert_to_numpy(attention(TOKENS, **where))[1]
    found = np.zeros((9, 9), bool)
    for token in range(9):
        changed = TOKENS.copy()
        changed[1, token] += 1.0
        after = ops.convert_to_numpy(attention(changed, **where))[1]
        found[:, token] = np.abs(after - before).max(axis=1) > 1e-6
    return found


@pytest.mark.parametrize("size", [None, 2, 4, 512])
@pytest.mark.parametrize("causal", [False, True])
def test_a_token_sees_a_window_of_tokens_to_each_side(size, causal):
    after = np.arange(9) - np.arange(9)[:, None]
    expected = (after >= -2) & (after <= (0 if causal else 2))
    attention = SelfAttention(2, causal=causal, attention_window=2, query_chunk_size=size)
    np.testing.assert_array_equal(seen(attention), expected)


@pytest.mark.parametrize("size", [None, 2])
def test_a_window_counts_tokens_and_no_padding_between_them(size):
    mask = np.ones((2, 9), bool)
    mask[1, 3:6] = False
    attention = SelfAttention(2, attention_window=1, query_chunk_size=size)
    found = seen(attention, mask=ops.array(mask))
    assert found[2].nonzero()[0].tolist() == [1, 2, 6]
    assert found[6].nonzero()[0].tolist() == [2, 6, 7]


@pytest.mark.parametrize("size", [None, 2])
def test_a_window_counts_tokens_and_not_how_far_apart_their_positions_are(size):
    attention = SelfAttention(
        2, RotaryPositionEncoding(), attention_window=1, query_chunk_size=size
    )
    found = seen(attention, positions=np.arange(9)[None] * 100.0)
    assert found[4].nonzero()[0].tolist() == [3, 4, 5]


@pytest.mark.parametrize("length", [1, 2, 3, 5, 9])
def test_chunks_of_any_size_bring_back_the_same(length):
    whole = SelfAttention(2, RotaryPositionEncoding(), query_chunk_size=None)
    expected = ops.convert_to_numpy(whole(TOKENS[:, :length]))
    for size in (1, 2, 3, 9, 10):
        chunked = SelfAttention(2, RotaryPositionEncoding(), query_chunk_size=size)
        chunked.build(TOKENS.shape)
        chunked.set_weights(whole.get_weights())
        found = ops.convert_to_numpy(chunked(TOKENS[:, :length]))
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6)


@pytest.mark.parametrize("name", ["attention_window", "query_chunk_size"])
def test_a_size_below_one_is_refused(name):
    said = f"`{name}` must be at least 1, or None. Received: {name}=0"
    with pytest.raises(ValueError, match=said):
        SelfAttention(2, **{name: 0})


def test_a_window_is_refused_where_the_encoding_reads_how_long_the_text_is():
    rotary = RotaryPositionEncoding(scaling="dynamic_ntk", scaling_factor=2.0, original_length=8)
    said = "`attention_window` must be None with an encoding that reads how long .* Received: at"
    with pytest.raises(ValueError, match=said):
        SelfAttention(2, rotary, attention_window=4)
