"""What stands around a text, and which texts stand beside it, changes nothing."""

import numpy as np
import pytest
from keras import ops

from keras_pe.models import POSITIONS

TEXT = [3, 14, 7, 9, 3, 5]
CLOSE = {"rtol": 0, "atol": 1e-5}


def test_padding_on_the_right_does_not_change_the_answer(classify):
    np.testing.assert_allclose(classify([TEXT + [0] * 5]), classify([TEXT]), **CLOSE)


def test_padding_on_the_left_does_not_change_the_answer(classify):
    np.testing.assert_allclose(classify([[0] * 5 + TEXT]), classify([TEXT]), **CLOSE)


def test_padding_inside_does_not_change_the_answer(classify):
    with_holes = [*TEXT[:2], 0, 0, *TEXT[2:4], 0, *TEXT[4:], 0, 0]
    np.testing.assert_allclose(classify([with_holes]), classify([TEXT]), **CLOSE)


def test_the_other_texts_of_the_batch_do_not_change_the_answer(classify):
    batch = [TEXT + [0] * 5, [0] * 11, list(range(1, 12)), [0] * 6 + [8] * 5]
    together = classify(batch)
    for row, text in enumerate(batch):
        np.testing.assert_allclose(together[row : row + 1], classify([text]), **CLOSE)


def test_an_empty_text_has_finite_probabilities(classify):
    probabilities = classify([[0] * 6])
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0, atol=1e-6)
    np.testing.assert_allclose(classify([[0] * 11])[0], probabilities[0], **CLOSE)


def test_no_pooling_sees_padding(pooled, pooled_classify):
    classify = pooled_classify("sinusoidal", *pooled)
    both_sides = classify([TEXT + [0] * 5, [0] * 5 + TEXT, [0] * 11])
    alone = classify([TEXT])
    np.testing.assert_allclose(both_sides[0], alone[0], **CLOSE)
    np.testing.assert_allclose(both_sides[1], alone[0], **CLOSE)
    np.testing.assert_allclose(both_sides[2].sum(), 1.0, atol=1e-6)


def test_a_model_takes_texts_of_any_length(model, classify):
    assert model.input_shape == (None, None)
    for length in (1, 16):
        assert classify([[4] * length]).shape == (1, 3)


@pytest.fixture(params=POSITIONS)
def encode(request, pooled_model, compiled_on_jax):
    """Function from token id lists to encoder outputs [B, T, D]."""
    model = pooled_model(request.param, "transformer", None)
    embed, encoder = model.get_layer("token_embedding"), model.get_layer("encoder")
    run = compiled_on_jax(lambda rows, given: encoder(embed(rows), **given))
    return lambda rows, **given: ops.convert_to_numpy(run(np.array(rows), given))


PACKED = [[3, 14, 7, 9, 5, 5, 8, 2, 0, 11, 0]]
SEGMENTS = np.array([[1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3]], "int32")


def alone(encode, text):
    """The vectors of a text in a row of its own."""
    return encode([text + [0] * (6 - len(text))])[0, : len(text)]


def test_packed_texts_equal_separate_ones(encode):
    packed = encode(PACKED, segment_ids=SEGMENTS)[0]
    for start, end in ((0, 3), (3, 8), (9, 10)):
        np.testing.assert_allclose(packed[start:end], alone(encode, PACKED[0][start:end]), **CLOSE)


def test_padding_in_front_of_a_packed_text_does_not_change_it(encode):
    rows = [[0, 0, 3, 14, 0, 9, 5, 0, 0, 0, 0]]
    packed = encode(rows, segment_ids=np.array([[1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2]]))[0]
    np.testing.assert_allclose(packed[2:4], alone(encode, [3, 14]), **CLOSE)
    np.testing.assert_allclose(packed[5:7], alone(encode, [9, 5]), **CLOSE)


def test_default_positions_given_explicitly_change_nothing(encode):
    rows = [[0, 0, *TEXT, 0, 0, 0]]
    given = encode(rows, positions=np.array([[0, 0, 0, 1, 2, 3, 4, 5, 5, 5, 5]]))
    np.testing.assert_allclose(given[:, 2:8], encode(rows)[:, 2:8], **CLOSE)


def test_positions_of_one_row_serve_all_rows(encode):
    rows = [list(range(1, 12))] * 4
    for shared in (np.arange(11), np.arange(11)[None]):
        np.testing.assert_allclose(encode(rows, positions=shared), encode(rows), **CLOSE)


@pytest.mark.parametrize("position", POSITIONS)
def test_explicit_positions_move_the_encoding_alone_too(position, tiny):
    layer = POSITIONS[position](tiny(position, "transformer"))
    embeddings = ops.ones((1, 4, 8))
    default = ops.convert_to_numpy(layer(embeddings))
    given = [layer(embeddings, positions=np.array([p])) for p in ([0, 1, 2, 3], [5, 1, 2, 3])]
    same, moved = map(ops.convert_to_numpy, given)
    np.testing.assert_array_equal(same, default)
    assert (moved != default).any() == layer.acts_on_embeddings
