"""A table of four rows of two features, and what each policy reads beyond its end, by hand."""

import numpy as np
import pytest
from keras import ops

from keras_pe.layers import LearnedPositionEmbedding

TABLE = np.array([[1.0, 5.0], [2.0, -1.0], [4.0, 0.0], [8.0, 3.0]], "float32")
E0, E1, E2, E3 = TABLE


def filled(extrapolation, table=TABLE, **kwargs):
    layer = LearnedPositionEmbedding(len(table), extrapolation=extrapolation, **kwargs)
    layer.build((None, None, table.shape[1]))
    layer.table.assign(table)
    return layer


def read(extrapolation, positions, table=TABLE, mask=None):
    """What stands at those positions: the encoding of token vectors of zeros."""
    positions = np.array(positions, "float32")
    zeros = np.zeros((*positions.shape, table.shape[1]), "float32")
    layer = filled(extrapolation, table)
    return ops.convert_to_numpy(layer(zeros, positions=positions, mask=mask))


@pytest.mark.parametrize("extrapolation", ["error", "clip", "interpolate", "hierarchical"])
def test_within_the_table_every_policy_reads_the_table(extrapolation):
    found = read(extrapolation, [[2, 0, 3, 1]])
    np.testing.assert_allclose(found, [[E2, E0, E3, E1]], atol=1e-6)


def test_the_rows_are_added_to_the_token_vectors():
    tokens = np.array([[[10.0, 20.0], [30.0, 40.0]]], "float32")
    found = ops.convert_to_numpy(filled("error")(tokens))
    np.testing.assert_array_equal(found, [[[11, 25], [32, 39]]])


def test_clip_gives_later_positions_the_last_row_and_earlier_ones_the_first():
    found = read("clip", [[3, 4, 100, -1]])
    np.testing.assert_array_equal(found, [[E3, E3, E3, E0]])


def test_interpolate_squeezes_a_long_row_into_the_table():
    # Seven tokens on four rows: p' = p * 3 / 6.
    found = read("interpolate", [[0, 1, 2, 3, 4, 5, 6]])
    expected = [E0, (E0 + E1) / 2, E1, (E1 + E2) / 2, E2, (E2 + E3) / 2, E3]
    np.testing.assert_allclose(found, [expected], atol=1e-6)


def test_interpolate_squeezes_each_row_by_its_own_length():
    found = read("interpolate", [[0, 1, 2, 3], [0, 2, 4, 6]])
    np.testing.assert_allclose(found, [[E0, E1, E2, E3], [E0, E1, E2, E3]], atol=1e-6)


def test_interpolate_reads_fractions_between_neighbours():
    found = read("interpolate", [[0.25, 2.5, 3.0]])
    np.testing.assert_allclose(found, [[0.75 * E0 + 0.25 * E1, (E2 + E3) / 2, E3]], atol=1e-6)


def test_interpolate_does_not_count_the_positions_of_padding():
    mask = np.array([[True, True, True, False]])
    found = read("interpolate", [[0, 1, 2, 9]], mask=mask)
    np.testing.assert_allclose(found[:, :3], [[E0, E1, E2]], atol=1e-6)


def test_interpolate_works_with_a_table_of_one_row():
    found = read("interpolate", [[0, 1, 2]], table=TABLE[:1])
    np.testing.assert_array_equal(found, [[E0, E0, E0]])


def test_hierarchical_reads_the_block_and_the_place_within_it():
    # u_p = (E_p - 0.4 E_0) / 0.6; position 4 a + b reads 0.4 u_a + 0.6 u_b.
    u0, u1, u2, u3 = ((row - 0.4 * E0) / 0.6 for row in TABLE)
    found = read("hierarchical", [[0, 3, 4, 6, 13, 15]])
    expected = [
        0.4 * u0 + 0.6 * u0,
        0.4 * u0 + 0.6 * u3,
        0.4 * u1 + 0.6 * u0,
        0.4 * u1 + 0.6 * u2,
        0.4 * u3 + 0.6 * u1,
        0.4 * u3 + 0.6 * u3,
    ]
    np.testing.assert_allclose(found, [expected], rtol=1e-5)


def test_hierarchical_tells_block_and_place_apart():
    found = read("hierarchical", [[6, 9]])[0]  # (1, 2) and (2, 1)
    assert np.abs(found[0] - found[1]).max() > 0.1


@pytest.mark.parametrize("extrapolation", ["error", "clip", "hierarchical"])
def test_fractions_are_rounded_down_where_nothing_is_interpolated(extrapolation):
    np.testing.assert_allclose(read(extrapolation, [[0.9, 2.5]]), [[E0, E2]], atol=1e-6)


@pytest.mark.parametrize(
    ("extrapolation", "reach"),
    [("error", 4), ("clip", None), ("interpolate", None), ("hierarchical", 16)],
)
def test_how_far_a_policy_reaches(extrapolation, reach):
    assert filled(extrapolation).reach == reach


def test_the_initializer_fills_the_table():
    layer = LearnedPositionEmbedding(3, initializer="ones")
    np.testing.assert_array_equal(ops.convert_to_numpy(layer(np.zeros((1, 3, 2)))), 1.0)


def test_a_table_without_rows_is_refused():
    with pytest.raises(ValueError, match="`max_length` must be at least 1. Received: max_length=0"):
        LearnedPositionEmbedding(0)


def test_an_unknown_policy_is_refused():
    said = "`extrapolation` must be one of: error, clip, interpolate, hierarchical. Received: "
    with pytest.raises(ValueError, match=said + "extrapolation='wrap'"):
        LearnedPositionEmbedding(4, extrapolation="wrap")
