"""Trains the model of a cell for a number of steps; nothing is chosen: the last weights count."""

import keras
import numpy as np

from keras_pe.config import SettingsRead, TrainingConfig
from keras_pe.extrapolation.cells import DECIDED
from keras_pe.models import build_classifier
from keras_pe.training.losses import build_loss
from keras_pe.training.lstm_loops import choose_lstm_loops
from keras_pe.training.optimizers import build_optimizer
from keras_pe.training.precision import building_in


def compiled_model(config, steps):
    """Builds and compiles the model of a cell; its weights depend on the config's seed alone.

    Args:
        config: Resolved `RunConfig`.
        steps: int. Steps of the whole training.

    Returns:
        A compiled `keras.Model`.

    Raises:
        ValueError: If a setting of the model or the optimizer is wrong or has no effect.
    """
    settings = SettingsRead(config)
    keras.utils.set_random_seed(config.seed)
    with building_in(settings.precision):
        model = build_classifier(config)
    jit_compile = settings.jit_compile or keras.backend.backend() == "jax"
    choose_lstm_loops(model, jit_compile=jit_compile)
    model.compile(
        optimizer=build_optimizer(settings, steps),
        loss=build_loss(settings),
        jit_compile=jit_compile,
    )
    model.optimizer.build(model.trainable_variables)  # In a graph, that graph is traced twice.
    because = f"optimizer={config.optimizer!r} and loss={config.loss!r}"
    settings.refuse_unread(TrainingConfig, because=because, but_for=DECIDED)
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


def right_answers(scores, labels):
    """Returns whether each answer is right, [N] bool; scores that are not numbers are no answer.

    Args:
        scores: [N, C] float.
        labels: [N] int.

    Example:
        >>> right_answers(np.array([[0.9, 0.1], [0.9, 0.1], [np.nan] * 2]), [0, 1, 0]).tolist()
        [True, False, False]
    """
    return (scores.argmax(axis=1) == labels) & np.isfinite(scores).all(axis=1)


def predicted(model, batches):
    """Returns class probabilities [N, C] of token ids, with dropout off.

    Args:
        model: `keras.Model`.
        batches: Iterable of token ids [B, T].
    """
    return np.concatenate([np.asarray(model.predict_on_batch(ids)) for ids in batches])
