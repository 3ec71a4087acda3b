"""Trains the model of a cell for a number of steps; nothing is chosen: the last weights count."""

import keras
import numpy as np

from keras_pe.models import build_classifier
from keras_pe.training.losses import SmoothedCrossentropy
from keras_pe.training.optimizers import build_optimizer
from keras_pe.training.precision import building_in


def compiled_model(config, steps):
    """Builds and compiles the model of a cell; its weights depend on the config's seed alone.

    Args:
        config: Resolved `RunConfig`.
        steps: int. Steps of the whole training.

    Returns:
        A compiled `keras.Model`.
    """
    keras.utils.set_random_seed(config.seed)
    with building_in(config.precision):
        model = build_classifier(config)
    model.compile(
        optimizer=build_optimizer(config, steps),
        loss=SmoothedCrossentropy(config.label_smoothing),
        jit_compile=config.jit_compile or keras.backend.backend() == "jax",
    )
    return model


def train(model, batches, on_step):
    """Takes one training step per batch.

    Args:
        model: Compiled `keras.Model`.
        batches: Iterable of token ids [B, T] and classes [B].
        on_step: Function of the loss so far; called after every step.

    Returns:
        float, the mean loss of the last hundred steps.
    """
    losses = []
    for ids, labels in batches:
        model.reset_metrics()
        losses.append(float(model.train_on_batch(ids, labels)))
        on_step(losses[-1])
    return float(np.mean(losses[-100:]))


def predicted(model, batches):
    """Returns class probabilities [N, C] of token ids, with dropout off.

    Args:
        model: `keras.Model`.
        batches: Iterable of token ids [B, T].
    """
    return np.concatenate([np.asarray(model.predict_on_batch(ids)) for ids in batches])
