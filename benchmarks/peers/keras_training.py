"""Epochs of a Keras model over stored batches, ours or the plain one, in a process of its own."""

import warnings
from collections.abc import Callable

import tensorflow as tf

from benchmarks.lstm import plain_lstm
from benchmarks.peers.stored_batches import read_batches
from benchmarks.training import compiled_plainly
from benchmarks.transformer import plain_transformer
from keras_pe.config import RunConfig
from keras_pe.data.untuned import untuned
from keras_pe.models import build_classifier
from keras_pe.training.fit import compile_for_training
from keras_pe.training.precision import building_in

_PLAIN = {"transformer": plain_transformer, "lstm": plain_lstm}


def prepare(batches: str, config: str, plain: bool = False) -> Callable[[object], None]:
    """Builds the model.

    Args:
        batches: str. File of `write_batches`.
        config: str. A resolved `RunConfig` as JSON.
        plain: bool. The model as one writes it with Keras and Keras Hub, instead of ours.

    Returns:
        Function that trains one epoch.
    """
    settings = RunConfig.from_json(config)
    stored = read_batches(batches)
    with building_in(settings.precision), warnings.catch_warnings():
        # See `benchmarks.transformer.measure`.
        warnings.filterwarnings("ignore", message=".*'position_embedding'.*does not support mask")
        if plain:
            model = compiled_plainly(_PLAIN[settings.model](settings, None), settings)
        else:
            model = build_classifier(settings)
            compile_for_training(model, settings, len(stored))
    dataset = _dataset(stored)
    return lambda _: model.fit(dataset, epochs=1, shuffle=False, verbose=0) and None


def _dataset(stored):
    signature = (tf.TensorSpec([None, None], tf.int32), tf.TensorSpec([None], tf.int32))
    dataset = tf.data.Dataset.from_generator(lambda: iter(stored), output_signature=signature)
    known = tf.data.experimental.assert_cardinality(len(stored))
    return untuned(dataset.apply(known))
