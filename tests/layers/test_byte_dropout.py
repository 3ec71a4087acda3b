"""Dropout by bytes: what is dropped, how often, and what it does to the mean."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import ByteDropout


def dropped(layer, inputs):
    return ops.convert_to_numpy(layer(inputs, training=True))


@pytest.mark.parametrize("rate", [0.1, 0.3, 0.5, 0.75, 0.9])
def test_each_of_the_four_bytes_drops_its_share_and_the_mean_stays(rate):
    found = dropped(ByteDropout(rate, seed=1), ops.ones((1000, 200)))
    share = round(256 * rate) / 256
    for quarter in (found[:, byte::4] for byte in range(4)):
        # Four standard deviations of a share of 50,000.
        assert abs((quarter == 0).mean() - share) < 4 * (share * (1 - share) / 50_000) ** 0.5
    np.testing.assert_allclose(found[found != 0], 1 / (1 - share), rtol=1e-6)


def test_features_are_dropped_one_by_one():
    found = dropped(ByteDropout(0.5, seed=2), ops.ones((4000, 8))) == 0
    together = np.corrcoef(found.T.astype(float))
    assert np.abs(together - np.eye(8)).max() < 0.08
    beside = np.corrcoef(found[1:].ravel(), found[:-1].ravel())[0, 1]
    assert abs(beside) < 0.03


@pytest.mark.parametrize("rate", [0.1, 0.5])
def test_four_features_in_two_rows_and_two_columns_do_not_depend_on_one_another(rate):
    dropout = ByteDropout(rate, seed=4)
    kept = np.stack([dropped(dropout, ops.ones((512, 256))) for _ in range(8)]) != 0
    # Mean 0 and deviation 1 each; so has a product of four that are independent.
    standard = (kept - kept.mean()) / kept.std()
    top, bottom = standard[:, :256], standard[:, 256:]
    for step in (4, 8, 128):
        pairs = [rows[..., :-step] * rows[..., step:] for rows in (top, bottom)]
        together = pairs[0] * pairs[1]
        for byte in range(4):
            found = together[..., byte::4]
            assert abs(found.sum()) / found.size**0.5 < 4.5


@pytest.mark.parametrize("dim", [1, 2, 3, 5, 8])
def test_any_number_of_features_will_do(dim):
    inputs = np.arange(1.0, 1 + 7 * dim, dtype="float32").reshape(7, dim)
    found = dropped(ByteDropout(0.5), inputs)
    np.testing.assert_allclose(found[found != 0], 2 * inputs[found != 0])


def test_each_call_draws_anew_and_a_seed_draws_the_same_again():
    inputs = ops.ones((5, 40))
    first, other = (ByteDropout(0.5, seed=3) for _ in range(2))
    once, twice = dropped(first, inputs), dropped(first, inputs)
    assert (once != twice).any()
    np.testing.assert_array_equal(dropped(other, inputs), once)


@pytest.mark.parametrize("rate", [0.0, 0.5])
def test_nothing_is_dropped_where_nothing_is_trained(rate):
    inputs = np.ones((3, 4), "float32")
    for training in (False, None):
        found = ByteDropout(rate)(inputs, training=training)
        np.testing.assert_array_equal(ops.convert_to_numpy(found), inputs)


@pytest.mark.parametrize(("rate", "most"), [(0.001, 0.01), (0.999, 1.0)])
def test_a_rate_that_no_byte_can_meet_is_met_by_floats(rate, most):
    found = dropped(ByteDropout(rate, seed=1), ops.ones((1000, 100)))
    assert 0 < (found == 0).mean() < most


def test_a_shape_of_noise_drops_whole_tokens():
    found = dropped(ByteDropout(0.5, noise_shape=(None, None, 1), seed=1), ops.ones((4, 9, 6)))
    assert (found == found[..., :1]).all()
    assert 0 < (found == 0).mean() < 1


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_it_keeps_the_compute_dtype(dtype):
    found = ByteDropout(0.5, dtype=dtype)(ops.ones((3, 8), dtype=dtype), training=True)
    assert keras.backend.standardize_dtype(found.dtype) == dtype
    assert set(np.unique(ops.convert_to_numpy(ops.cast(found, "float32")))) == {0.0, 2.0}
