"""Every encoding shows the order and the direction of a text; `none` shows neither."""

import numpy as np
import pytest
from keras import ops

from keras_pe.config import ModelConfig
from keras_pe.layers import TransformerEncoder
from keras_pe.models import POSITIONS

TEXT = [3, 14, 7, 9, 4, 5]
SHUFFLED = [14, 3, 9, 5, 7, 4]
TOKENS = np.random.default_rng(1).normal(size=(1, 6, 8)).astype("float32")


def sees_order(case):
    position, kind = case
    return position != "none" or kind == "lstm"


def difference(classify, one, other):
    # Of logarithms: the probabilities of a perturbed model may be near 0 and 1 for any text.
    return np.abs(np.log(classify([one])) - np.log(classify([other]))).max()


def test_the_order_of_a_text_is_seen_by_all_but_a_transformer_without_positions(case, classify):
    seen = difference(classify, TEXT, SHUFFLED)
    assert (seen > 1e-3) if sees_order(case) else (seen < 1e-5)


def test_the_direction_of_a_text_is_seen_by_all_but_a_transformer_without_positions(case, classify):
    # Not through the first token: the default pooling of a Transformer is the mean.
    seen = difference(classify, TEXT, TEXT[::-1])
    assert (seen > 1e-3) if sees_order(case) else (seen < 1e-5)


def build_position(name):
    return POSITIONS[name](ModelConfig())


READING_POSITIONS = [name for name in POSITIONS if build_position(name).reads_positions]


@pytest.fixture(params=READING_POSITIONS)
def encoder(request, tiny, perturb):
    """A perturbed encoder with each encoding that asks where its tokens stand."""
    position = POSITIONS[request.param](tiny(request.param, "transformer"))
    encoder = TransformerEncoder(2, 2, 16, position=position)
    encoder.build(TOKENS.shape)
    return perturb(encoder)


def encode(encoder, positions, tokens=TOKENS):
    vectors = encoder(tokens, positions=np.array([positions], "float32"))
    return ops.convert_to_numpy(vectors)


def test_a_common_shift_changes_nothing_for_relative_encodings_alone(encoder):
    there = encode(encoder, [0, 1, 2, 3, 4, 5])
    # Within the table of `learned`, past the length from which on FIRE reads more than distances.
    shift = 9 if encoder.position.acts_on_embeddings else 3000
    shifted = encode(encoder, np.arange(6) + shift)
    if encoder.position.reads_distances_only:
        np.testing.assert_allclose(shifted, there, rtol=0, atol=2e-4)
    else:
        assert np.abs(shifted - there).max() > 0.01


def test_the_distance_between_tokens_is_seen(encoder):
    near, far = encode(encoder, [0, 1, 2, 3, 4, 5]), encode(encoder, [0, 1, 2, 13, 14, 15])
    assert np.abs(near - far).max() > 1e-3


def test_tokens_that_move_with_their_positions_take_their_vectors_along(encoder):
    there = encode(encoder, [0, 1, 2, 3, 4, 5])
    order = [3, 0, 5, 1, 4, 2]
    moved = encode(encoder, order, TOKENS[:, order])
    np.testing.assert_allclose(moved, there[:, order], rtol=0, atol=2e-5)


@pytest.mark.parametrize("position", [p for p in POSITIONS if p not in READING_POSITIONS])
def test_an_encoding_that_reads_no_positions_says_so_truly(position, tiny, perturb):
    encoder = TransformerEncoder(
        2, 2, 16, position=POSITIONS[position](tiny(position, "transformer"))
    )
    encoder(TOKENS)
    perturb(encoder)
    there = encode(encoder, [0, 1, 2, 3, 4, 5])
    np.testing.assert_array_equal(encode(encoder, [0, 2, 3, 7, 18, 39]), there)
