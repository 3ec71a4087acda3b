"""Positions from given ones, the mask, segments, or the index."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import PositionSource
from keras_pe.layers.position_source.counted import token_positions

T, F = True, False
MASKS = {
    "no padding": ([T, T, T, T, T], [0, 1, 2, 3, 4]),
    "padding on the right": ([T, T, T, F, F], [0, 1, 2, 2, 2]),
    "padding on the left": ([F, F, T, T, T], [0, 0, 0, 1, 2]),
    "padding inside": ([T, F, T, F, T], [0, 0, 1, 1, 2]),
    "padding on both sides": ([F, T, T, T, F], [0, 0, 1, 2, 2]),
    "only padding": ([F, F, F, F, F], [0, 0, 0, 0, 0]),
}
SEGMENTS = {
    "two texts": ([1, 1, 1, 2, 2], [T, T, T, T, T], [0, 1, 2, 0, 1]),
    "three texts of one token": ([7, 3, 9, 9, 9], [T, T, T, T, T], [0, 0, 0, 1, 2]),
    "padding between, of its own": ([1, 1, 0, 2, 2], [T, T, F, T, T], [0, 1, 0, 0, 1]),
    "padding between, of the first": ([1, 1, 1, 2, 2], [T, T, F, T, T], [0, 1, 1, 0, 1]),
    "padding between, of the second": ([1, 1, 2, 2, 2], [T, T, F, T, T], [0, 1, 0, 0, 1]),
    "padding inside": ([1, 1, 1, 2, 2], [T, F, T, T, T], [0, 0, 1, 0, 1]),
    "padding on the left": ([1, 1, 1, 2, 2], [F, F, T, T, T], [0, 0, 0, 0, 1]),
    "padding on the right": ([1, 1, 2, 2, 0], [T, T, T, T, F], [0, 1, 0, 1, 0]),
    "only padding": ([1, 1, 2, 2, 0], [F, F, F, F, F], [0, 0, 0, 0, 0]),
}


def found(*args, **kwargs):
    positions = token_positions(*args, **kwargs)
    assert keras.backend.standardize_dtype(positions.dtype) == "float32"
    return ops.convert_to_numpy(positions).tolist()


def test_without_mask_and_segments_all_rows_share_the_index():
    assert found(ops.zeros((3, 4))) == [[0, 1, 2, 3]]
    assert found(ops.zeros((3, 4, 8))) == [[0, 1, 2, 3]]


@pytest.mark.parametrize(("mask", "expected"), MASKS.values(), ids=MASKS)
def test_a_token_stands_at_the_count_of_real_tokens_before_it(mask, expected):
    mask = ops.array([mask, [T] * 5])
    assert found(ops.zeros((2, 5)), mask=mask) == [expected, [0, 1, 2, 3, 4]]


@pytest.mark.parametrize(("segments", "mask", "expected"), SEGMENTS.values(), ids=SEGMENTS)
def test_positions_restart_in_every_segment(segments, mask, expected):
    segments, mask = ops.array([segments, [1] * 5]), ops.array([mask, [T] * 5])
    positions = found(ops.zeros((2, 5)), mask=mask, segment_ids=segments)
    assert positions == [expected, [0, 1, 2, 3, 4]]


def test_segments_need_no_mask():
    assert found(ops.zeros((1, 5)), segment_ids=ops.array([[4, 4, 6, 6, 4]])) == [[0, 1, 0, 1, 0]]


def test_a_row_of_one_token_has_a_position_in_its_segment():
    assert found(ops.zeros((2, 1)), segment_ids=ops.array([[1], [2]])) == [[0], [0]]


@pytest.mark.parametrize("positions", [[3, 1, 2], [[3, 1, 2]]], ids=["[T]", "[1, T]"])
def test_given_positions_win_over_mask_and_segments(positions):
    mask, segments = ops.array([[F, T, T]] * 2), ops.array([[1, 1, 2]] * 2)
    given = ops.array(positions, dtype="int32")
    assert found(ops.zeros((2, 3)), given, mask, segments) == [[3, 1, 2]]


def test_given_fractions_stay():
    given = ops.array([[0.5, 2.25], [0.0, 1000.75]])
    assert found(ops.zeros((2, 2)), given) == [[0.5, 2.25], [0.0, 1000.75]]


def test_the_layer_takes_the_mask_from_its_input_also_beside_other_tensors():
    embeddings = keras.layers.Embedding(9, 4, mask_zero=True)(np.array([[0, 5, 0, 6, 7]]))
    source = PositionSource()
    assert ops.convert_to_numpy(source(embeddings)).tolist() == [[0, 0, 0, 1, 2]]
    positions = source(embeddings, segment_ids=np.array([[1, 1, 1, 2, 2]]))
    assert ops.convert_to_numpy(positions).tolist() == [[0, 0, 0, 0, 1]]


@pytest.mark.parametrize("policy", ["mixed_bfloat16", "mixed_float16", "float16"])
def test_positions_are_float32_under_every_policy(policy):
    source = PositionSource(dtype=policy)
    given = source(ops.zeros((1, 2)), positions=np.array([[1000.25, 4099.5]], "float32"))
    assert ops.convert_to_numpy(given).tolist() == [[1000.25, 4099.5]]
    index = ops.convert_to_numpy(source(ops.zeros((1, 5000))))
    np.testing.assert_array_equal(index, np.arange(5000, dtype="float32")[None])


def test_the_symbolic_output_has_the_shape_of_the_tokens():
    positions = PositionSource()(keras.Input((None, 8)))
    assert positions.shape == (None, None)
    assert positions.dtype == "float32"


class Doubled(PositionSource):
    """Positions twice as far apart."""

    def call(self, tokens, positions=None, mask=None, segment_ids=None, tokens_mask=None):
        return 2.0 * super().call(tokens, positions, mask, segment_ids, tokens_mask)


def test_a_subclass_composes_with_an_encoding_in_a_functional_model():
    from keras_pe.layers import SinusoidalPositionEncoding

    ids = keras.Input((None,), dtype="int32")
    embeddings = keras.layers.Embedding(9, 4, mask_zero=True)(ids)
    encoded = SinusoidalPositionEncoding()(embeddings, positions=Doubled()(embeddings))
    model = keras.Model(ids, [embeddings, encoded])
    plain, moved = map(ops.convert_to_numpy, model(np.array([[0, 3, 0, 4]])))
    expected = [[0, 1], [0, 1], [0, 1], [np.sin(2), np.cos(2)]]
    np.testing.assert_allclose((moved - plain)[0, :, :2], expected, atol=1e-6)
