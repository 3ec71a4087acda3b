"""What every encoding that acts inside attention keeps, whatever attention asks of it."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.config import ModelConfig
from keras_pe.layers import TransformerEncoder
from keras_pe.models import POSITIONS

TOKENS = np.random.default_rng(1).normal(size=(2, 7, 8)).astype("float32")
MASK = np.array([[True] * 7, [False, True, True, True, True, False, False]])
CLOSE = {"rtol": 0, "atol": 2e-5}
INSIDE = [name for name in POSITIONS if POSITIONS[name](ModelConfig()).acts_in_attention]
CAUSAL = [name for name in POSITIONS if not POSITIONS[name](ModelConfig()).adds_later_tokens]


@pytest.fixture
def build(tiny, perturb):
    """Function from (position, **settings) to a perturbed encoder."""

    def build(position, **settings):
        encoding = POSITIONS[position](tiny(position, "transformer"))
        encoder = TransformerEncoder(2, 2, 16, position=encoding, **settings)
        encoder.build((None, None, 8))
        return perturb(encoder)

    return build


@pytest.fixture
def encode(build, compiled_on_jax):
    """Function from (position, **settings) to a function from (tokens, mask) to their vectors."""

    def encode(position, **settings):
        encoder = build(position, **settings)
        run = compiled_on_jax(lambda tokens, mask: encoder(tokens, mask=mask))
        return lambda tokens, mask=None: numpy_of(run(tokens, mask))

    return encode


def numpy_of(values):
    return ops.convert_to_numpy(values)


@pytest.mark.parametrize("position", CAUSAL)
def test_a_causal_encoder_lets_no_later_token_in(position, encode):
    encode = encode(position, causal=True)
    before = encode(TOKENS)
    changed = TOKENS.copy()
    changed[:, 4, 0] += 3.0
    after = encode(changed)
    np.testing.assert_allclose(after[:, :4], before[:, :4], rtol=0, atol=1e-6)
    assert np.abs(after[:, 4:] - before[:, 4:]).max() > 1e-3


def test_an_encoding_that_adds_later_tokens_is_refused_by_a_causal_encoder(build):
    said = "`causal` must be False with .* Received: causal=True, position=ConvolutionalPosition"
    with pytest.raises(ValueError, match=said):
        build("convolutional", causal=True)


@pytest.mark.parametrize("position", POSITIONS)
def test_padding_does_not_count_when_logits_grow_with_the_text(position, encode):
    encode = encode(position, log_n_scaling=5.0)
    padded = encode(TOKENS, MASK)[1, 1:5]
    np.testing.assert_allclose(padded, encode(TOKENS[1:, 1:5])[0], **CLOSE)


@pytest.mark.parametrize("position", INSIDE)
def test_blocks_may_have_weights_of_their_own(position, build, compiled_on_jax, tmp_path):
    shared, own = build(position), build(position, share_position=False)
    extra = len(own.weights) - len(shared.weights)
    assert extra == len(shared.position.weights)
    inputs = keras.Input((None, 8))
    model = keras.Model(inputs, own(inputs))
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    found, expected = (compiled_on_jax(one)(TOKENS) for one in (loaded, model))
    np.testing.assert_array_equal(numpy_of(found), numpy_of(expected))


def logits(encoding, queries, keys, query_positions, key_positions, consecutive=False):
    """What attention adds up before its softmax, [B, H, Tq, Tk], and the values it adds."""
    tables = encoding.prepare(query_positions, key_positions, 4, consecutive=consecutive)
    found = encoding.rotate(ops.array(queries), ops.array(keys), tables)
    products = np.einsum("bihd,bjhd->bhij", *map(numpy_of, found)) / 2.0
    bias = encoding.bias(ops.array(queries), ops.array(keys), tables)
    weights = np.abs(np.cos(products)).astype("float32")
    mixed = encoding.mix(ops.array(weights), tables)
    return products + (0 if bias is None else numpy_of(bias)), mixed


@pytest.mark.parametrize("length", [1, 2, 7])
@pytest.mark.parametrize("position", INSIDE)
def test_tokens_one_after_the_other_get_what_any_others_at_their_places_get(
    position, length, build
):
    encoding = build(position).position
    queries, keys = np.random.default_rng(2).normal(size=(2, 2, length, 2, 4)).astype("float32")
    at = ops.arange(length, dtype="float32")[None]
    one_way, other_way = (
        logits(encoding, queries, keys, at, at, consecutive=each) for each in (True, False)
    )
    np.testing.assert_allclose(one_way[0], other_way[0], **CLOSE)
    assert (one_way[1] is None) == (other_way[1] is None)
    if one_way[1] is not None:
        np.testing.assert_allclose(*map(numpy_of, (one_way[1], other_way[1])), **CLOSE)


@pytest.mark.parametrize("position", INSIDE)
def test_fewer_queries_than_keys_get_their_rows_of_the_square(position, build):
    encoding = build(position).position
    noise = np.random.default_rng(2)
    queries, keys = noise.normal(size=(2, 2, 6, 2, 4)).astype("float32")
    at = np.array([[0, 1, 2, 5, 6, 7]], "float32")
    square, square_mixed = logits(encoding, queries, keys, ops.array(at), ops.array(at))
    few = [1, 4]
    rows, rows_mixed = logits(encoding, queries[:, few], keys, ops.array(at[:, few]), ops.array(at))
    np.testing.assert_allclose(rows, square[:, :, few], **CLOSE)
    if square_mixed is not None:
        found = numpy_of(rows_mixed), numpy_of(square_mixed)[:, :, few]
        np.testing.assert_allclose(*found, **CLOSE)


def arrays(tables):
    """Every array in what `prepare` returned, also inside objects."""
    for leaf in keras.tree.flatten(tables):
        if hasattr(leaf, "shape"):
            yield leaf
        elif leaf is not None:
            parts = getattr(leaf, "__dict__", {}).values()
            yield from arrays([part for part in parts if not callable(part)])


@pytest.mark.parametrize("position", INSIDE)
def test_no_table_has_a_batch_where_all_rows_share_their_positions(position, build):
    encoding = build(position).position
    positions = ops.arange(6, dtype="float32")[None]
    visible = ops.array(np.arange(6)[None, None, None] < np.array([6, 4, 2])[:, None, None, None])
    tables = encoding.prepare(positions, positions, head_dim=4, same_text=visible)
    shapes = [tuple(table.shape) for table in arrays(tables)]
    # The mask itself has a row for each text, and no square.
    assert all(np.prod(shape) < 3 * 6 * 6 for shape in shapes if shape[:1] == (3,)), shapes


@pytest.mark.parametrize("position", INSIDE)
def test_tables_do_not_depend_on_the_policy(position, tiny, perturb):
    tables = []
    for policy in ("float32", "mixed_bfloat16", "mixed_float16"):
        keras.config.set_dtype_policy(policy)
        keras.utils.set_random_seed(1)
        encoding = POSITIONS[position](tiny(position, "transformer"))
        encoding.build((None, None, 8))
        perturb(encoding)
        positions = ops.array([[0.0, 1.0, 4097.25, 8191.0]])
        made = encoding.prepare(positions, positions, head_dim=4)
        tables.append(list(arrays(made)))
    for found in tables[1:]:
        for one, exact in zip(found, tables[0], strict=True):
            assert keras.backend.standardize_dtype(one.dtype) not in ("float16", "bfloat16")
            np.testing.assert_array_equal(numpy_of(one), numpy_of(exact))
