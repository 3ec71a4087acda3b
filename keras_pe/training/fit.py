"""Compiles a model and fits it, from the start or from where it stopped."""

import numpy as np

from keras_pe.training.epoch_randomness import EpochRandomness
from keras_pe.training.losses import build_loss
from keras_pe.training.lstm_loops import choose_lstm_loops
from keras_pe.training.objectives import OBJECTIVES
from keras_pe.training.optimizers import build_optimizer
from keras_pe.training.training_variables import create_training_variables


def compile_for_training(
    model, settings, steps_per_epoch, *, problem_type="single_label", loss_data=None
):
    """Gives a model its optimizer, loss and metrics.

    Args:
        model: `keras.Model` from token ids to what it answers.
        settings: `TrainingConfig`, or a config that has its fields.
        steps_per_epoch: int.
        problem_type: A key of `OBJECTIVES`.
        loss_data: dict. What the loss must know of the data: `Objective.loss_data`.

    Raises:
        ValueError: If the loss, or the score that chooses the best epoch, is not one of that type
            of problem.
    """
    objective = OBJECTIVES[problem_type]
    if settings.best_by not in (None, *objective.best_by):
        raise ValueError(
            f"`best_by` must be one of: {', '.join(objective.best_by)} with "
            f"problem_type={problem_type!r}. Received: best_by={settings.best_by!r}"
        )
    choose_lstm_loops(model, jit_compile=settings.jit_compile)
    model.compile(
        optimizer=build_optimizer(settings, settings.epochs * steps_per_epoch),
        loss=build_loss(settings, problem_type, **(loss_data or {})),
        metrics=objective.metrics(settings, model.output_shape[-1]),
        jit_compile=settings.jit_compile,
    )


def fit(
    model,
    batches,
    validation,
    checkpoints,
    *,
    epochs,
    seed,
    callbacks=(),
    verbose=1,
):
    """Trains a compiled model and leaves its best and its latest state in the run folder.

    A folder that holds a checkpoint is gone on from: same order of texts, same dropout, same result
    as without the interruption.

    Args:
        model: Compiled `keras.Model`.
        batches: `TrainingBatches`.
        validation: `tf.data.Dataset` of (token ids, targets); its loss and metrics are those of
            texts that all count alike.
        checkpoints: `Checkpoints`.
        epochs: int. Passes over the training data, those already done included.
        seed: int. Seed of order and dropout.
        callbacks: More Keras callbacks.
        verbose: 1 for progress bars, 0 for silence.
    """
    finished = checkpoints.restore(model, batches.steps_per_epoch)
    if finished < epochs and not checkpoints.exhausted:
        create_training_variables(model, _any_targets(validation))
        model.fit(
            batches.dataset(),
            validation_data=validation,
            initial_epoch=finished,
            epochs=epochs,
            shuffle=False,  # The batches come in an order of their own.
            callbacks=[EpochRandomness(seed, batches), *callbacks, checkpoints],
            verbose=verbose,
        )


def _any_targets(batches):
    """Returns targets as those of a dataset are; dimensions that it leaves open are 1."""
    spec = batches.element_spec[1]
    return np.zeros([size or 1 for size in spec.shape], spec.dtype.as_numpy_dtype)
