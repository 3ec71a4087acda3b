"""Biases beside those of keras_hub."""

import numpy as np
import pytest
from keras import ops
from keras_hub.layers import AlibiBias
from keras_hub.src.models.t5.t5_multi_head_attention import T5MultiHeadAttention

from keras_pe.layers import ALiBi, T5RelativeBias

DISTANCES = np.arange(-3000, 3001)


@pytest.mark.parametrize("bidirectional", [True, False], ids=["both", "left"])
@pytest.mark.parametrize(("num_buckets", "max_distance"), [(32, 128), (16, 20), (64, 1000)])
def test_t5_buckets(num_buckets, max_distance, bidirectional):
    theirs = T5MultiHeadAttention._relative_position_bucket(
        ops.array(DISTANCES), bidirectional, num_buckets, max_distance
    )
    ours = T5RelativeBias(2, num_buckets, max_distance, bidirectional)
    found = ours.buckets(ops.array(DISTANCES, dtype="float32"))
    np.testing.assert_array_equal(ops.convert_to_numpy(found), ops.convert_to_numpy(theirs))


@pytest.mark.parametrize("num_heads", [1, 3, 8])
def test_causal_alibi_of_the_last_query(num_heads):
    # Theirs gives every query the row of the last one: right for that one alone.
    theirs = ops.convert_to_numpy(AlibiBias()(ops.zeros((1, num_heads, 50, 50))))
    positions = ops.arange(50, dtype="float32")[None]
    found = ALiBi(num_heads, direction="causal").prepare(positions, positions, head_dim=4)
    np.testing.assert_allclose(ops.convert_to_numpy(found)[:, :, -1], theirs[:, :, -1], rtol=1e-5)
