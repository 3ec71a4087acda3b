"""Padding, packed texts and given positions reach attention, whatever layer is around it."""

import numpy as np
import pytest
from keras import ops

from keras_pe.layers import EncoderBlock, SelfAttention, T5RelativeBias, TransformerEncoder

T, F = True, False
TOKENS = np.random.default_rng(0).normal(size=(2, 7, 8)).astype("float32")
MASK = np.array([[T, F, T, T, T, F, F], [F, T, T, F, T, T, T]])
SEGMENTS = np.array([[1, 1, 1, 2, 2, 2, 2], [1, 1, 1, 1, 1, 2, 2]])
POSITIONS = np.array([[0, 50, 3, 4.5, 9, 50, 50], [50, 7, 2, 50, 0.25, 1, 6]], "float32")
LAYERS = {
    "attention": lambda: SelfAttention(2, T5RelativeBias(2, 8, 16)),
    "block": lambda: EncoderBlock(2, 8, position=T5RelativeBias(2, 8, 16)),
    "encoder": lambda: TransformerEncoder(2, 2, 8, position=T5RelativeBias(2, 8, 16)),
    "encoder_of_copies": lambda: TransformerEncoder(
        2, 2, 8, position=T5RelativeBias(2, 8, 16), share_position=False
    ),
}


def vectors(layer, tokens, **given):
    return ops.convert_to_numpy(layer(tokens, **given))


@pytest.fixture(params=LAYERS.values(), ids=LAYERS)
def layer(request):
    return request.param()


def test_padding_is_as_if_it_were_not_there(layer):
    found = vectors(layer, TOKENS, mask=MASK)
    for row, kept in enumerate(MASK):
        alone = vectors(layer, TOKENS[row : row + 1, kept])[0]
        np.testing.assert_allclose(found[row, kept], alone, rtol=0, atol=1e-5)


def test_texts_of_a_packed_row_are_as_if_alone(layer):
    found = vectors(layer, TOKENS, mask=MASK, segment_ids=SEGMENTS)
    for row, number in [(0, 1), (0, 2), (1, 1), (1, 2)]:
        kept = MASK[row] & (SEGMENTS[row] == number)
        alone = vectors(layer, TOKENS[row : row + 1, kept])[0]
        np.testing.assert_allclose(found[row, kept], alone, rtol=0, atol=1e-5)


def test_given_positions_count_beside_a_mask(layer):
    found = vectors(layer, TOKENS, positions=POSITIONS, mask=MASK)
    for row, kept in enumerate(MASK):
        tokens, positions = TOKENS[row : row + 1, kept], POSITIONS[row : row + 1, kept]
        alone = vectors(layer, tokens, positions=positions)[0]
        np.testing.assert_allclose(found[row, kept], alone, rtol=0, atol=1e-5)
        assert np.abs(alone - vectors(layer, tokens)[0]).max() > 1e-3
