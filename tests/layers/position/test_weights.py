"""What holds for the weights of every encoding."""

import inspect
import itertools

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe import layers

ENCODINGS = [each for each in vars(layers).values() if inspect.isclass(each)]
ENCODINGS = [kind for kind in ENCODINGS if issubclass(kind, layers.PositionEncoding)]
# With these, each has all the weights it may have, some of one size, and any number of heads.
ARGUMENTS = {
    "max_length": 4,
    "learnable_scale": True,
    "hidden_dim": 8,
    "num_frequencies": 4,
    "direction": "causal",
}


SEEDS = {
    "no seed": lambda: None,
    "a number": lambda: 7,
    "a generator": lambda: keras.random.SeedGenerator(7),
}


def get_names(kind):
    return inspect.signature(kind).parameters


def with_weights(kind, num_heads=2, seed=None):
    drawn = keras.initializers.RandomNormal(seed=seed)
    arguments = {**ARGUMENTS, "num_heads": num_heads, "initializer": drawn}
    arguments["seed"] = seed if isinstance(seed, int) else None
    names = get_names(kind)
    encoding = kind(**{name: value for name, value in arguments.items() if name in names})
    encoding.build((None, None, 8))
    return encoding


class Reader(keras.layers.Layer):
    """Reads the weights of a layer as Keras gives them out under a mixed policy."""

    def __init__(self, layer):
        super().__init__(dtype="mixed_bfloat16")
        self.layer = layer

    def call(self, inputs):
        return [weight.value for weight in self.layer.trainable_weights]


@pytest.mark.parametrize("kind", ENCODINGS)
def test_keras_rounds_no_weight(kind):
    for weight in Reader(with_weights(kind))(ops.zeros((1,))):
        assert keras.backend.standardize_dtype(weight.dtype) == "float32"


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("num_heads", [1, 4])
@pytest.mark.parametrize("kind", ENCODINGS)
def test_no_two_weights_that_are_drawn_start_alike(kind, num_heads, seed):
    weights = with_weights(kind, num_heads, SEEDS[seed]()).trainable_weights
    drawn = [ops.convert_to_numpy(weight).ravel() for weight in weights]
    drawn = [weight for weight in drawn if len(np.unique(weight)) > 2]
    for one, other in itertools.combinations(drawn, 2):
        size = min(one.size, other.size)
        assert abs(np.corrcoef(one[:size], other[:size])[0, 1]) < 0.999


@pytest.mark.parametrize("kind", ENCODINGS)
def test_a_seed_gives_the_same_weights_again(kind):
    for one, other in zip(*(with_weights(kind, seed=7).weights for _ in range(2)), strict=True):
        np.testing.assert_array_equal(ops.convert_to_numpy(one), ops.convert_to_numpy(other))


@pytest.mark.parametrize("kind", [kind for kind in ENCODINGS if "initializer" in get_names(kind)])
def test_a_function_will_do_for_an_initializer(kind):
    def halves(shape, dtype=None):
        return ops.full(shape, 0.5, dtype)

    names = get_names(kind)
    arguments = {"num_heads": 2, "initializer": halves, "max_length": 4}
    encoding = kind(**{name: value for name, value in arguments.items() if name in names})
    encoding.build((None, None, 8))
    assert any((ops.convert_to_numpy(weight) == 0.5).all() for weight in encoding.weights)
