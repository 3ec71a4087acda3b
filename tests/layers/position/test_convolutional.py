"""Neighbours, by hand: which there are, and what they weigh."""

import numpy as np
import pytest
from keras import ops

from keras_pe.layers import ConvolutionalPositionEncoding

LEFT, MIDDLE, RIGHT = (10.0, 1.0, 0.1)
TOKENS = np.array([1.0, 2.0, 3.0, 4.0, 5.0], "float32")[None, :, None]


def summed(tokens=TOKENS, **given):
    layer = ConvolutionalPositionEncoding(kernel_size=3)
    layer.build((None, None, 1))
    layer.set_weights([np.array([[LEFT], [MIDDLE], [RIGHT]])])
    return ops.convert_to_numpy(layer(tokens, **given))[..., 0]


def test_every_token_gets_its_weighted_neighbours():
    expected = [
        1 + (0 + 1 + 0.2),
        2 + (10 + 2 + 0.3),
        3 + (20 + 3 + 0.4),
        4 + (30 + 4 + 0.5),
        5 + (40 + 5 + 0),
    ]
    np.testing.assert_allclose(summed(), [expected], rtol=1e-6)


def test_every_feature_has_its_own_weights():
    layer = ConvolutionalPositionEncoding(kernel_size=5)
    tokens = np.random.default_rng(0).normal(size=(2, 7, 3)).astype("float32")
    layer.build(tokens.shape)
    kernel = ops.convert_to_numpy(layer.kernel)
    padded = np.pad(tokens, ((0, 0), (2, 2), (0, 0)))
    expected = tokens + sum(padded[:, o : o + 7] * kernel[o] for o in range(5))
    np.testing.assert_allclose(ops.convert_to_numpy(layer(tokens)), expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    "mask", [[1, 1, 1, 0, 0], [0, 0, 1, 1, 1], [1, 0, 1, 0, 1]], ids=["right", "left", "inside"]
)
def test_padding_is_no_neighbour_and_parts_none(mask):
    mask = np.array([mask], bool)
    rows = np.full((1, 5, 1), 99.0, "float32")
    rows[mask] = [[1.0], [2.0], [3.0]]
    found = summed(rows, mask=mask)
    np.testing.assert_allclose(found[mask], summed(TOKENS[:, :3])[0], rtol=1e-6)


def test_padding_is_no_neighbour_where_positions_are_given():
    rows, mask = np.array([[[1.0], [2.0], [99.0]]]), np.array([[True, True, False]])
    found = summed(rows.astype("float32"), mask=mask, positions=np.array([[0, 1, 2]]))
    np.testing.assert_allclose(found[0, :2], [1 + (0 + 1 + 0.2), 2 + (10 + 2 + 0)], rtol=1e-6)


def test_other_texts_of_a_packed_row_are_no_neighbours():
    found = summed(positions=np.array([[0, 1, 0, 0, 1]]))
    alone = [summed(TOKENS[:, start:end])[0] for start, end in ((0, 2), (2, 3), (3, 5))]
    np.testing.assert_allclose(found[0], np.concatenate(alone), rtol=1e-6)


def test_the_size_of_positions_is_not_read():
    np.testing.assert_array_equal(summed(positions=np.array([[3, 4.5, 9, 100, 101]])), summed())


@pytest.mark.parametrize("kernel_size", [1, 4])
def test_a_kernel_without_a_middle_or_without_neighbours_is_refused(kernel_size):
    said = f"`kernel_size` must be odd and at least 3. Received: kernel_size={kernel_size}"
    with pytest.raises(ValueError, match=said):
        ConvolutionalPositionEncoding(kernel_size)
