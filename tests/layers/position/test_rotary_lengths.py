"""Scalings that read the length of a text: that of the text itself, in every surrounding."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import (
    DynamicNTKScaling,
    LongRoPEScaling,
    RotaryPositionEncoding,
    SelfAttention,
    TransformerEncoder,
    YaRNScaling,
)
from keras_pe.layers.position.rotary_scaling.text_lengths import text_lengths
from tests.layers.visible import visible_among

SCALINGS = {
    "dynamic_ntk": DynamicNTKScaling(4.0, 4),
    "longrope": LongRoPEScaling([1.0, 2.0], [3.0, 5.0], 4, factor=2.0),
}
CLOSE = {"rtol": 0, "atol": 1e-5}


@pytest.fixture(params=SCALINGS)
def encode(request):
    """Function from tokens and what an encoder takes to numbers, and whether it is causal."""
    encoders = {}
    for causal in (False, True):
        keras.utils.set_random_seed(1)
        rotary = RotaryPositionEncoding(scaling=SCALINGS[request.param])
        encoders[causal] = TransformerEncoder(2, 2, 16, position=rotary, causal=causal)

    def encode(tokens, causal=False, **where):
        return ops.convert_to_numpy(encoders[causal](ops.array(tokens, "float32"), **where))

    return encode


@pytest.fixture
def texts():
    """Texts of 7, 3 and 5 tokens; 4 are within the trained length."""
    noise = np.random.default_rng(3)
    return [noise.normal(size=(length, 8)) for length in (7, 3, 5)]


def padded(texts, before=0, after=0):
    width = before + max(map(len, texts)) + after
    rows, mask = np.full((len(texts), width, 8), 9.0), np.zeros((len(texts), width), bool)
    for row, text in enumerate(texts):
        rows[row, before : before + len(text)] = text
        mask[row, before : before + len(text)] = True
    return rows, mask


@pytest.mark.parametrize("causal", [False, True], ids=["both sides", "causal"])
@pytest.mark.parametrize(("before", "after"), [(0, 0), (0, 6), (5, 0)])
def test_padding_and_neighbours_do_not_make_a_text_longer(encode, texts, causal, before, after):
    rows, mask = padded(texts, before, after)
    found = encode(rows, causal, mask=mask)
    for row, text in enumerate(texts):
        alone = encode(text[None], causal)[0]
        np.testing.assert_allclose(found[row, before : before + len(text)], alone, **CLOSE)


@pytest.mark.parametrize("causal", [False, True], ids=["both sides", "causal"])
def test_packed_texts_have_lengths_of_their_own(encode, texts, causal):
    rows = np.concatenate([*texts, np.full((3, 8), 9.0)])[None]
    segments = np.repeat([1, 2, 3, 3], [7, 3, 5, 3])[None]
    mask = np.arange(18)[None] < 15
    found = encode(rows, causal, mask=mask, segment_ids=segments)[0]
    start = 0
    for text in texts:
        alone = encode(text[None], causal)[0]
        np.testing.assert_allclose(found[start : start + len(text)], alone, **CLOSE)
        start += len(text)


def test_the_length_is_in_given_positions_and_not_in_the_number_of_tokens():
    rotary = RotaryPositionEncoding(scaling=DynamicNTKScaling(2.0, 4))
    positions = ops.array([[7.0, 0.0, 2.5], [1.0, 0.5, 0.0]])
    cosines = ops.convert_to_numpy(rotary.prepare(positions, positions, head_dim=4)[0][0])
    # 8 tokens stretch the second pair, of two, by 2 * 8 / 4 - 1 = 3; 2 tokens by 1.
    for row, divisor in enumerate([3, 1]):
        expected = np.cos(ops.convert_to_numpy(positions)[row] * 0.01 / divisor)
        np.testing.assert_allclose(cosines[row, :, 0, 1], expected, atol=1e-6)
        np.testing.assert_allclose(cosines[row, :, 0, 3], expected, atol=1e-6)


def test_a_shorter_text_after_a_longer_one_gets_its_own_frequencies(encode, texts):
    before = encode(texts[1][None])
    encode(texts[0][None])
    np.testing.assert_array_equal(encode(texts[1][None]), before)


def test_the_number_of_heads_is_not_the_length():
    scaling = DynamicNTKScaling(2.0, 4)
    positions = ops.arange(3, dtype="float32")[None]
    heads = np.random.default_rng(0).normal(size=(1, 3, 16, 4)).astype("float32")
    found, plain = (
        encoding.rotate(*[ops.array(heads)] * 2, encoding.prepare(positions, positions, 4))[0]
        for encoding in (RotaryPositionEncoding(scaling=scaling), RotaryPositionEncoding())
    )
    np.testing.assert_array_equal(*map(ops.convert_to_numpy, (found, plain)))


def lengths(positions, visible, queries=None):
    positions = ops.array(positions, "float32")
    queries = positions if queries is None else ops.array(queries, "float32")
    visible = None if visible is None else ops.array(visible)
    return [ops.convert_to_numpy(x).tolist() for x in text_lengths(queries, positions, visible)]


def test_without_a_mask_a_row_is_a_text():
    assert lengths([[0, 2, 1], [0, 0.5, 0]], None) == [[[3.0], [1.5]]] * 2


def test_a_mask_shortens_each_row():
    visible = np.array([[1, 1, 0], [1, 0, 0]], bool)[:, None, None]
    assert lengths([[0, 1, 2]], visible) == [[[2.0], [1.0]]] * 2


def test_causal_queries_have_the_length_of_the_whole_text():
    positions, mask = ops.arange(4.0)[None], ops.array([[True, True, True, False]])
    visible = visible_among(positions, mask, causal=True)
    of_queries, of_keys = text_lengths(positions, positions, visible)
    assert ops.convert_to_numpy(of_queries)[0, :3].tolist() == [3.0] * 3
    assert ops.convert_to_numpy(of_keys)[0, :3].tolist() == [3.0] * 3


def test_the_last_causal_query_alone_has_the_length_of_its_keys():
    visible = np.ones((1, 1, 1, 4), bool)
    assert lengths([[0, 1, 2, 3]], visible, queries=[[3]]) == [[[4.0]]] * 2


def test_fewer_queries_than_keys_have_the_lengths_of_their_texts():
    texts = np.array([1, 1, 1, 2, 2])
    visible = (texts[[1, 3]][:, None] == texts)[None, None]
    found = lengths([[0, 1, 2, 0, 1]], visible, queries=[[1, 0]])
    assert found == [[[3.0, 2.0]], [[3.0, 3.0, 3.0, 2.0, 2.0]]]


def test_fewer_causal_queries_have_the_length_of_all_that_one_of_them_sees():
    visible = np.array([[1, 0, 0, 0], [1, 1, 1, 0]], bool)[None, None]
    of_queries, of_keys = lengths([[0, 1, 2, 3]], visible, queries=[[0, 2]])
    assert of_queries == [[3.0, 3.0]]
    assert of_keys[0][:3] == [3.0, 3.0, 3.0]


def test_tables_are_shared_where_the_length_does_not_matter():
    positions = ops.arange(3, dtype="float32")[None]
    visible = ops.array(np.ones((5, 1, 1, 3), bool))
    rotary = RotaryPositionEncoding(scaling=YaRNScaling(4.0, 64))
    queries, keys = rotary.prepare(positions, positions, 4, visible)
    assert queries is keys
    assert tuple(queries[0].shape) == (1, 3, 1, 4)


@pytest.mark.parametrize("name", SCALINGS)
def test_a_shift_of_all_positions_matters_where_the_length_does(name):
    assert RotaryPositionEncoding().reads_distances_only
    assert not RotaryPositionEncoding(scaling=SCALINGS[name]).reads_distances_only


@pytest.mark.parametrize("name", SCALINGS)
@pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="XLA of TensorFlow")
def test_one_compiled_graph_serves_all_lengths(name):
    import tensorflow as tf

    attention = SelfAttention(2, RotaryPositionEncoding(scaling=SCALINGS[name]), causal=True)
    attention.build((None, None, 8))
    shapes = tf.TensorSpec((None, None, 8)), tf.TensorSpec((None, None), tf.bool)
    graph = tf.function(lambda x, m: attention(x, mask=m), input_signature=shapes)
    compiled = tf.function(lambda x, m: attention(x, mask=m), jit_compile=True)
    for length in (3, 9):
        tokens = tf.random.normal((2, length, 8))
        mask = tf.sequence_mask([length, length - 1], length)
        expected = attention(tokens, mask=mask)
        np.testing.assert_allclose(graph(tokens, mask), expected, **CLOSE)
        np.testing.assert_allclose(compiled(tokens, mask), expected, **CLOSE)
