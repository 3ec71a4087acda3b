"""Every encoding shows the order and the direction of a text; `none` shows neither."""

import numpy as np
import pytest
from keras import ops

from keras_pe.layers import TransformerEncoder
from keras_pe.models import POSITIONS

TEXT = [3, 14, 7, 9, 4, 5]
SHUFFLED = [14, 3, 9, 5, 7, 4]
TOKENS = np.random.default_rng(1).normal(size=(1, 6, 8)).astype("float32")


def sees_order(case):
    position, kind = case
    return position != "none" or kind == "lstm"


def difference(classify, one, other):
    return np.abs(classify([one]) - classify([other])).max()


def test_the_order_of_a_text_is_seen_by_all_but_a_transformer_without_positions(case, classify):
    seen = difference(classify, TEXT, SHUFFLED)
    assert (seen > 1e-4) if sees_order(case) else (seen < 1e-6)


def test_the_direction_of_a_text_is_seen_by_all_but_a_transformer_without_positions(case, classify):
    # Not through the first token: the default pooling of a Transformer is the mean.
    seen = difference(classify, TEXT, TEXT[::-1])
    assert (seen > 1e-4) if sees_order(case) else (seen < 1e-6)


@pytest.fixture(params=[name for name in POSITIONS if name != "none"])
def encoder(request, tiny, perturb):
    """A perturbed encoder with each encoding that says something."""
    position = POSITIONS[request.param](tiny(request.param, "transformer"))
    encoder = TransformerEncoder(2, 2, 16, position=position)
    encoder(TOKENS)
    return perturb(encoder)


def encode(encoder, positions, tokens=TOKENS):
    vectors = encoder(tokens, positions=np.array([positions], "float32"))
    return ops.convert_to_numpy(vectors)


def test_a_common_shift_changes_nothing_for_relative_encodings_alone(encoder):
    there = encode(encoder, [0, 1, 2, 3, 4, 5])
    shifted = encode(encoder, [9, 10, 11, 12, 13, 14])
    if encoder.position.acts_on_embeddings:
        assert np.abs(shifted - there).max() > 0.01
    else:
        np.testing.assert_allclose(shifted, there, rtol=0, atol=2e-5)


def test_the_distance_between_tokens_is_seen(encoder):
    near, far = encode(encoder, [0, 1, 2, 3, 4, 5]), encode(encoder, [0, 1, 2, 13, 14, 15])
    assert np.abs(near - far).max() > 1e-3


def test_tokens_that_move_with_their_positions_take_their_vectors_along(encoder):
    there = encode(encoder, [0, 1, 2, 3, 4, 5])
    order = [3, 0, 5, 1, 4, 2]
    moved = encode(encoder, order, TOKENS[:, order])
    np.testing.assert_allclose(moved, there[:, order], rtol=0, atol=2e-5)
