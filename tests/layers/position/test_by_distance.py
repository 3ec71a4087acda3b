"""The two ways to the rows of a table give the same products."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers.position.by_distance import ByDistance

RANDOM = np.random.default_rng(0)


def clipped(distances):
    """Rows 0, 1, 2 for distances up to -1, of 0, and from 1 on."""
    return ops.cast(ops.clip(distances, -1, 1) + 1, "int32")


def array(values):
    return ops.array(values, dtype="float32")


def as_numpy(values):
    assert keras.backend.standardize_dtype(values.dtype) == "float32"
    return ops.convert_to_numpy(values)


@pytest.mark.parametrize("table_heads", [1, 2])
def test_the_way_over_distances_and_that_over_pairs_agree(table_heads):
    for length in (1, 2, 5):
        positions = array(np.arange(length)[None] + 3)
        queries = array(RANDOM.normal(size=(2, length, 2, 4)))
        weights = array(RANDOM.uniform(size=(2, 2, length, length)))
        table = array(RANDOM.normal(size=(3, table_heads, 4)))
        together = ByDistance(clipped, positions, positions, consecutive=True)
        pairwise = ByDistance(clipped, positions, positions, consecutive=False)
        expected = as_numpy(pairwise.scores(queries, table))
        np.testing.assert_allclose(as_numpy(together.scores(queries, table)), expected, atol=1e-6)
        expected = as_numpy(pairwise.mix(weights, table[:, 0]))
        np.testing.assert_allclose(
            as_numpy(together.mix(weights, table[:, 0])), expected, atol=1e-6
        )


@pytest.mark.parametrize("rows", [1, 2], ids=["shared", "of_each_row"])
def test_any_positions_find_the_rows_of_their_distances(rows):
    queries, keys = RANDOM.integers(0, 4, (rows, 3)), RANDOM.integers(0, 4, (rows, 5))
    vectors, table = RANDOM.normal(size=(2, 3, 2, 4)), RANDOM.normal(size=(3, 2, 4))
    weights = RANDOM.uniform(size=(2, 2, 3, 5))
    scores, mixed = np.zeros((2, 2, 3, 5)), np.zeros((2, 2, 3, 4))
    for b, h, i, j in np.ndindex(scores.shape):
        row = np.sign(keys[b % rows, j] - queries[b % rows, i]) + 1
        scores[b, h, i, j] = vectors[b, i, h] @ table[row, h]
        mixed[b, h, i] += weights[b, h, i, j] * table[row, 0]
    found = ByDistance(clipped, array(queries), array(keys), consecutive=False)
    np.testing.assert_allclose(
        as_numpy(found.scores(array(vectors), array(table))), scores, atol=1e-5
    )
    np.testing.assert_allclose(
        as_numpy(found.mix(array(weights), array(table[:, 0]))), mixed, atol=1e-5
    )
