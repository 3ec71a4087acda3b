"""Positions that are drawn, shifted, stretched or squeezed: what they are and what they leave."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import (
    AugmentedPositions,
    InterpolatedPositions,
    PositionSource,
    RandomizedPositions,
    ShiftedPositions,
)

TOKENS = np.zeros((4, 6, 2), "float32")
LENGTHS = [6, 4, 1, 3]
MASK = np.arange(6)[None] < np.array(LENGTHS)[:, None]


def moved(source, tokens=TOKENS, **given):
    positions = source(tokens, **given)
    assert keras.backend.standardize_dtype(positions.dtype) == "float32"
    return ops.convert_to_numpy(positions)


@pytest.mark.parametrize("training", [True, False])
def test_an_interpolated_position_is_divided_by_the_factor(training):
    found = moved(InterpolatedPositions(factor=4.0), training=training)
    np.testing.assert_allclose(found, [[0, 0.25, 0.5, 0.75, 1.0, 1.25]])


def test_only_texts_longer_than_the_trained_length_are_squeezed_each_by_its_own():
    found = moved(InterpolatedPositions(max_length=4), mask=MASK)
    np.testing.assert_allclose(found[0], np.arange(6) * 3 / 5, rtol=1e-6)
    for row in (1, 2, 3):
        np.testing.assert_array_equal(found[row, : LENGTHS[row]], np.arange(LENGTHS[row]))


def test_what_the_factor_leaves_too_long_is_squeezed_as_well():
    found = moved(InterpolatedPositions(factor=1.25, max_length=3), mask=MASK)
    np.testing.assert_allclose(found[0], np.arange(6) * 2 / 5, rtol=1e-6)
    np.testing.assert_allclose(found[3, :3], [0, 0.8, 1.6], rtol=1e-6)


def test_every_text_of_a_packed_row_is_squeezed_by_its_own_length():
    segments = np.array([[1, 1, 1, 1, 2, 2]])
    found = moved(InterpolatedPositions(max_length=3), TOKENS[:1], segment_ids=segments)
    np.testing.assert_allclose(found, [[0, 2 / 3, 4 / 3, 2, 0, 1]], rtol=1e-6)


def test_a_shift_is_one_whole_number_a_row_and_no_more_than_the_largest():
    found = moved(ShiftedPositions(max_shift=3, seed=1), np.zeros((300, 5)), training=True)
    shifts = found[:, 0]
    np.testing.assert_array_equal(found, shifts[:, None] + np.arange(5))
    values, counts = np.unique(shifts, return_counts=True)
    assert values.tolist() == [0, 1, 2, 3]
    assert counts.min() > 50


@pytest.mark.parametrize(
    "source", [ShiftedPositions(9), RandomizedPositions(9, inference="identity")]
)
def test_nothing_moves_at_inference_and_rows_share_their_positions(source):
    for training in ({}, {"training": False}, {"training": None}):
        np.testing.assert_array_equal(moved(source, **training), [np.arange(6)])


def test_augmented_positions_are_counted_from_the_middle_of_each_text():
    found = moved(AugmentedPositions(), mask=MASK, training=None)
    for row, length in enumerate(LENGTHS):
        expected = np.arange(length) - (length - 1) / 2
        np.testing.assert_array_equal(found[row, :length], expected)
    segments = np.array([[1, 1, 1, 1, 2, 2]])
    packed = moved(AugmentedPositions(), TOKENS[:1], segment_ids=segments)
    np.testing.assert_array_equal(packed, [[-1.5, -0.5, 0.5, 1.5, -0.5, 0.5]])


def test_augmentation_shifts_and_stretches_rows_and_jitters_tokens_within_its_limits():
    tokens = np.zeros((500, 5))
    shifted = moved(AugmentedPositions(4.0, 0.0, 1.0, seed=1), tokens, training=True)
    shift = shifted[:, 2]
    np.testing.assert_allclose(shifted - shift[:, None], [np.arange(-2.0, 3)] * 500, atol=1e-5)
    assert -4 <= shift.min() < -3.5 < 3.5 < shift.max() <= 4
    jittered = moved(AugmentedPositions(0.0, 0.5, 1.0, seed=1), tokens, training=True)
    jitter = jittered - np.arange(-2.0, 3)
    assert -0.5 <= jitter.min() < -0.45 < 0.45 < jitter.max() <= 0.5
    assert len(np.unique(jitter)) > 2400
    stretched = moved(AugmentedPositions(0.0, 0.0, 2.0, seed=1), tokens, training=True)
    scale = stretched[:, 4] / 2
    np.testing.assert_allclose(stretched, scale[:, None] * np.arange(-2.0, 3), rtol=1e-5)
    assert 0.5 <= scale.min() < 0.55 < 1.8 < scale.max() <= 2.0
    assert abs(np.median(scale) - 1.0) < 0.1
    # What is shifted is stretched, the shift included.
    both = moved(AugmentedPositions(4.0, 0.0, 2.0, seed=1), tokens, training=True)
    assert 6 < np.abs(both[:, 2]).max() <= 8


def test_drawn_positions_are_different_whole_numbers_in_order():
    found = moved(RandomizedPositions(10, seed=1), np.zeros((2000, 4)), training=True)
    assert (np.diff(found, axis=1) >= 1).all()
    assert (found == np.round(found)).all()
    values, counts = np.unique(found, return_counts=True)
    np.testing.assert_array_equal(values, np.arange(10))
    # Every number is in 4 of 10 samples.
    np.testing.assert_allclose(counts / 2000, 0.4, atol=0.05)


def test_a_padded_text_is_drawn_from_the_whole_range_like_any_other():
    tokens, mask = np.zeros((2000, 6)), np.arange(6)[None] < np.full((2000, 1), 2)
    found = moved(RandomizedPositions(12, seed=1), tokens, mask=mask, training=True)[:, :2]
    assert (found[:, 1] > found[:, 0]).all()
    # The means of the smaller and the larger of two of 0..11: 13 / 3 - 1 and 26 / 3 - 1.
    np.testing.assert_allclose(found.mean(axis=0), [10 / 3, 23 / 3], atol=0.25)


def test_rows_are_drawn_apart_and_calls_anew():
    source = RandomizedPositions(1000, seed=1)
    first, second = (moved(source, training=True) for _ in range(2))
    assert len(np.unique(first, axis=0)) == 4
    assert (first != second).any()
    np.testing.assert_array_equal(moved(RandomizedPositions(1000, seed=1), training=True), first)


def test_texts_of_a_packed_row_read_one_draw_from_its_start():
    segments = np.array([[1, 1, 1, 1, 2, 2]])
    source = RandomizedPositions(50, seed=1)
    found = moved(source, TOKENS[:1], segment_ids=segments, training=True)[0]
    np.testing.assert_array_equal(found[4:], found[:2])
    assert (np.diff(found[:4]) >= 1).all()


def test_evenly_spaced_positions_reach_from_end_to_end_of_the_range():
    found = moved(RandomizedPositions(31), mask=MASK)
    np.testing.assert_array_equal(found[0], [0, 6, 12, 18, 24, 30])
    np.testing.assert_array_equal(found[1, :4], [0, 10, 20, 30])
    np.testing.assert_array_equal(found[2, :1], [0])
    np.testing.assert_array_equal(found[3, :3], [0, 15, 30])
    # 8 / 3 and 16 / 3 are rounded.
    rounded = moved(RandomizedPositions(9), mask=MASK)
    np.testing.assert_array_equal(rounded[1, :4], [0, 3, 5, 8])


@pytest.mark.parametrize("training", [True, False])
def test_texts_longer_than_the_range_count_on(training):
    found = moved(RandomizedPositions(4, seed=1), training=training)
    np.testing.assert_array_equal(found, np.tile(np.arange(6), (len(found), 1)))


def test_random_at_inference_draws_as_in_training():
    found = moved(RandomizedPositions(1000, inference="random", seed=1))
    expected = moved(RandomizedPositions(1000, seed=1), training=True)
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("kind", [ShiftedPositions, AugmentedPositions, RandomizedPositions])
def test_given_positions_are_moved_instead_of_counted_ones(kind):
    given = np.array([[3, 4, 5, 5, 5, 5]], "float32")
    plain = moved(kind(seed=1), training=True)[:, :3]
    found = moved(kind(seed=1), positions=given, training=True)[:, :3]
    assert found.shape == plain.shape == (4, 3)
    assert (found != plain).any()


def test_sources_compose_from_the_inside_out():
    source = InterpolatedPositions(factor=2.0, source=ShiftedPositions(5, seed=1))
    found = moved(source, training=True)
    shifted = moved(ShiftedPositions(5, seed=1), training=True)
    np.testing.assert_array_equal(found, shifted / 2)
    again = type(source).from_config(source.get_config())
    assert type(again.source) is ShiftedPositions
    assert again.source.max_shift == 5
    assert type(again.source.source) is PositionSource


@pytest.mark.parametrize(
    ("build", "said"),
    [
        (lambda: ShiftedPositions(0), "`max_shift` must be at least 1. Received: max_shift=0"),
        (lambda: RandomizedPositions(1), "`max_position` must be at least 2. Received: max_posit"),
        (
            lambda: RandomizedPositions(9, inference="nope"),
            "`inference` must be one of: evenly_spaced, identity, random. Received: inference='no",
        ),
        (
            lambda: AugmentedPositions(max_global_shift=-1),
            "`max_global_shift` must be at least 0. Received: max_global_shift=-1",
        ),
        (
            lambda: AugmentedPositions(max_local_shift=-1),
            "`max_local_shift` must be at least 0. Received: max_local_shift=-1",
        ),
        (
            lambda: AugmentedPositions(max_global_scaling=0.5),
            "`max_global_scaling` must be at least 1. Received: max_global_scaling=0.5",
        ),
        (InterpolatedPositions, "`factor` must not be 1 where `max_length` is None: nothing would"),
        (lambda: InterpolatedPositions(0.0), "`factor` must be above 0. Received: factor=0.0"),
        (
            lambda: InterpolatedPositions(max_length=1),
            "`max_length` must be at least 2. Received: max_length=1",
        ),
    ],
)
def test_arguments_out_of_range_are_refused(build, said):
    with pytest.raises(ValueError, match=said):
        build()
