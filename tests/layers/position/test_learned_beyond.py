"""Past the last position: an error where one can be raised, NaN where not, never a silent row."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.layers import LearnedPositionEmbedding, MeanPooling, TransformerEncoder

SAID = (
    "Positions must be at least 0 and below {reach}, the reach of 'place' with max_length=4 and "
    "extrapolation='{policy}'. Received: position {position}. Cut the text, raise `max_length`, "
    "or choose extrapolation='clip', 'interpolate' or 'hierarchical'."
)
REACH = {"error": 4, "hierarchical": 16}
COMPILED = {"tensorflow": ["graph", "xla"], "jax": ["jit"], "torch": []}[keras.backend.backend()]


def layer(extrapolation):
    return LearnedPositionEmbedding(4, extrapolation=extrapolation, name="place")


def compiled(function, how):
    if how == "jit":
        import jax

        return jax.jit(function)
    import tensorflow as tf

    return tf.function(function, jit_compile=how == "xla")


def said(policy, position):
    import re

    return re.escape(SAID.format(reach=REACH[policy], policy=policy, position=position))


@pytest.mark.parametrize("policy", REACH)
def test_an_eager_text_that_is_too_long_is_refused(policy):
    length = REACH[policy] + 1
    with pytest.raises(ValueError, match=said(policy, length - 1)):
        layer(policy)(ops.zeros((1, length, 2)))
    assert layer(policy)(ops.zeros((1, length - 1, 2))).shape == (1, length - 1, 2)


@pytest.mark.parametrize("policy", REACH)
@pytest.mark.parametrize("beyond", [-1, 16, 16.5])
def test_an_eager_position_without_an_answer_is_refused(policy, beyond):
    with pytest.raises(ValueError, match=said(policy, beyond)):
        layer(policy)(ops.zeros((1, 2, 2)), positions=np.array([[0, beyond]], "float32"))


@pytest.mark.parametrize("policy", REACH)
def test_unmasked_inputs_of_a_fixed_length_are_refused_while_a_model_is_built(policy):
    length = REACH[policy] + 1
    with pytest.raises(ValueError, match=said(policy, length - 1)):
        layer(policy)(keras.Input((length, 2)))
    layer(policy)(keras.Input((length - 1, 2)))
    layer(policy)(keras.Input((None, 2)))


@pytest.mark.parametrize("policy", REACH)
def test_given_positions_may_fit_where_the_length_would_not(policy):
    length = REACH[policy] + 1
    inputs, positions = keras.Input((length, 2)), keras.Input((length,))
    model = keras.Model([inputs, positions], layer(policy)(inputs, positions=positions))
    given = np.arange(length)[None] // 2
    assert np.isfinite(ops.convert_to_numpy(model([np.zeros((1, length, 2)), given]))).all()


@pytest.mark.parametrize("policy", ["clip", "interpolate"])
def test_policies_without_an_end_take_any_fixed_length(policy):
    assert layer(policy)(keras.Input((99, 2))).shape == (None, 99, 2)


def test_padding_beyond_the_table_is_no_text_beyond_it():
    ids = keras.Input((9,), dtype="int32")
    encoded = layer("error")(keras.layers.Embedding(9, 2, mask_zero=True)(ids))
    model = keras.Model(ids, MeanPooling()(encoded))
    found = ops.convert_to_numpy(model(np.array([[0, 0, 0, 5, 6, 7, 8, 0, 0]])))
    assert np.isfinite(found).all()
    given = np.arange(-3, 6)[None]
    mask = np.array([[False] * 3 + [True] * 4 + [False] * 2])
    assert layer("error")(ops.zeros((1, 9, 2)), positions=given, mask=mask).shape == (1, 9, 2)
    tokens = keras.layers.Embedding(9, 2, mask_zero=True)(mask * 5)
    assert layer("error")(tokens, positions=given).shape == (1, 9, 2)


@pytest.mark.parametrize("how", COMPILED)
@pytest.mark.parametrize("policy", REACH)
def test_compiled_code_gives_nan_at_the_positions_beyond(policy, how):
    place = layer(policy)
    reach = REACH[policy]
    place.build((None, None, 2))
    run = compiled(lambda tokens: place(tokens), how)
    found = ops.convert_to_numpy(run(ops.zeros((2, reach + 2, 2))))
    assert np.isfinite(found[:, :reach]).all()
    assert np.isnan(found[:, reach:]).all()


@pytest.mark.parametrize("how", COMPILED)
@pytest.mark.parametrize("policy", REACH)
def test_compiled_code_gives_nan_for_given_positions_without_an_answer(policy, how):
    place = layer(policy)
    place.build((None, None, 2))
    run = compiled(lambda tokens, positions: place(tokens, positions=positions), how)
    positions = ops.array([[0.0, -1.0, 3.0, 16.0]])
    found = ops.convert_to_numpy(run(ops.zeros((1, 4, 2)), positions))[0]
    assert np.isnan(found).all(axis=1).tolist() == [False, True, False, True]
    assert np.isfinite(found[[0, 2]]).all()


def test_an_encoder_refuses_an_eager_text_that_is_too_long():
    encoder = TransformerEncoder(1, 1, 4, position=layer("error"))
    with pytest.raises(ValueError, match=said("error", 4)):
        encoder(ops.zeros((1, 5, 2)))


@pytest.mark.parametrize("how", COMPILED)
def test_a_compiled_encoder_gives_nan_for_the_long_text_alone(how):
    encoder = TransformerEncoder(1, 1, 4, position=layer("error"))
    encoder.build((None, None, 2))
    run = compiled(lambda tokens, mask: encoder(tokens, mask=mask), how)
    mask = ops.array([[True] * 5, [True] * 4 + [False]])
    found = ops.convert_to_numpy(run(ops.zeros((2, 5, 2)), mask))
    assert np.isnan(found[0]).any(axis=1).all()
    assert np.isfinite(found[1]).all()


class Wrapped(keras.layers.Layer):
    """A layer of somebody's own around ours, whose output shape Keras has to find by a trial."""

    def __init__(self):
        super().__init__()
        self.place = layer("error")

    def call(self, tokens):
        return self.place(tokens) * 2.0


def test_a_functional_model_of_open_length_can_hold_the_layer_inside_another():
    tokens = keras.Input((None, 2))
    model = keras.Model(tokens, Wrapped()(tokens))
    assert ops.convert_to_numpy(model(np.zeros((1, 3, 2)))).shape == (1, 3, 2)
