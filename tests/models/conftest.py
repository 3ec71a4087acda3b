"""The contract's cases: every encoding in every model that can use it, as tiny models."""

import functools
import pathlib

import keras
import numpy as np
import pytest
from keras import ops

from keras_pe.config import ModelConfig
from keras_pe.models import ENCODERS, POOLINGS, POSITIONS, build_classifier

TINY = {
    "vocabulary_size": 20,
    "max_length": 16,
    "num_classes": 3,
    "hidden_dim": 8,
    "dropout": 0.0,
    "word_dropout": 0.0,
}
TINY_OF = {
    "lstm": {"lstm_units": 6, "dense_dim": 16},
    "transformer": {"num_layers": 2, "num_heads": 2, "intermediate_dim": 16},
}


def acts_in_attention(position):
    return POSITIONS[position](ModelConfig()).acts_in_attention


POOLED = [(kind, pooling) for kind in ENCODERS for pooling in POOLINGS]
POOLED.remove(("lstm", "cls"))
CASES = [
    (position, model)
    for position in POSITIONS
    for model in ENCODERS
    if model == "transformer" or not acts_in_attention(position)
]

# One of each way to act: on tokens, on queries and keys, on logits by distance and by content, on
# what attention brings back.
ONE_OF_EACH_WAY = {"learned", "rotary", "fire", "cope", "shaw"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Calls the other encodings slow where the backend is not TensorFlow, which runs all of them.

    What differs between backends differs by the way; what each encoding computes is compared with
    numbers in tests/layers, on every backend.
    """
    if keras.backend.backend() == "tensorflow":
        return
    others = set(POSITIONS) - ONE_OF_EACH_WAY
    for item in items:
        here = pathlib.Path(__file__).parent in item.path.parents
        if here and hasattr(item, "callspec") and others & set(item.callspec.id.split("-")):
            item.add_marker(pytest.mark.slow)


def tiny_config(position, model, **changes):
    return ModelConfig(position=position, model=model, **{**TINY, **TINY_OF[model], **changes})


def perturbed(model):
    """Moves every weight away from its first value, so that a bias of zero counts too."""
    noise = np.random.default_rng(7)
    for weight in model.weights:
        moved = ops.convert_to_numpy(weight) + noise.normal(scale=0.5, size=weight.shape)
        weight.assign(moved.astype("float32"))
    return model


@functools.cache
def shared_model(position, model, pooling):
    return perturbed(build_classifier(tiny_config(position, model, pooling=pooling)))


def quick(function):
    """The function; on JAX compiled, because op by op each new shape costs seconds."""
    if keras.backend.backend() != "jax":
        return function
    import jax

    return jax.jit(function)


@functools.cache
def classifier_function(position, model, pooling):
    run = quick(shared_model(position, model, pooling))
    return lambda rows: ops.convert_to_numpy(run(np.array(rows, dtype="int32")))


@pytest.fixture(params=CASES, ids="-".join)
def case(request):
    """(position, model)."""
    return request.param


@pytest.fixture
def model(case):
    """A classifier with perturbed weights. Tests share it and may not change it."""
    return shared_model(*case, None)


@pytest.fixture
def pooled_model():
    """Function from (position, model, pooling) to such a classifier."""
    return shared_model


@pytest.fixture
def classify(case):
    """Function from lists of token ids, all of one length, to probabilities [N, C]."""
    return classifier_function(*case, None)


@pytest.fixture(params=POOLED, ids="-".join)
def pooled(request):
    """(model, pooling)."""
    return request.param


@pytest.fixture
def pooled_classify():
    """Function from (position, model, pooling) to such a function."""
    return classifier_function


@pytest.fixture
def compiled_on_jax():
    """Function that compiles a function where calling it op by op would be slow."""
    return quick


@pytest.fixture
def run_eagerly():
    """What `compile` takes for a single step: tracing it takes ten times as long on TensorFlow."""
    return keras.backend.backend() == "tensorflow"


@pytest.fixture
def tiny():
    """Function from (position, model, **changes) to a config."""
    return tiny_config


@pytest.fixture
def perturb():
    """Function that moves every weight of a model away from its first value, and returns it."""
    return perturbed
