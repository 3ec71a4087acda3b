"""Compiles a model and fits it, from the start or from where it stopped."""

from keras_pe.training.epoch_randomness import EpochRandomness
from keras_pe.training.losses import build_loss
from keras_pe.training.macro_f1 import MacroF1
from keras_pe.training.optimizers import build_optimizer


def compile_for_training(model, settings, steps_per_epoch):
    """Gives a model its optimizer, loss and metrics.

    Args:
        model: `keras.Model` from token ids to class probabilities.
        settings: `TrainingConfig`, or a config that has its fields.
        steps_per_epoch: int.
    """
    model.compile(
        optimizer=build_optimizer(settings, settings.epochs * steps_per_epoch),
        loss=build_loss(settings),
        metrics=["accuracy", *_further_metrics(model, settings)],
        jit_compile=settings.jit_compile,
    )


def _further_metrics(model, settings):
    return [MacroF1(model.output_shape[-1])] if settings.best_by == "macro_f1" else []


def fit(
    model,
    batches,
    validation,
    checkpoints,
    *,
    epochs,
    seed,
    class_weights=None,
    callbacks=(),
    verbose=1,
):
    """Trains a compiled model and leaves its best and its latest state in the run folder.

    A folder that holds a checkpoint is gone on from: same order of texts, same dropout, same result
    as without the interruption.

    Args:
        model: Compiled `keras.Model`.
        batches: `TrainingBatches`.
        validation: `tf.data.Dataset` of (token ids, class numbers).
        checkpoints: `Checkpoints`.
        epochs: int. Passes over the training data, those already done included.
        seed: int. Seed of order and dropout.
        class_weights: [C] float, what a training text of each class counts in the loss, which is
            divided by the number of texts; None for 1. Validation and metrics are as without.
        callbacks: More Keras callbacks.
        verbose: 1 for progress bars, 0 for silence.
    """
    finished = checkpoints.restore(model, batches.steps_per_epoch)
    if finished < epochs and not checkpoints.exhausted:
        model.fit(
            batches.dataset(),
            validation_data=validation,
            initial_epoch=finished,
            epochs=epochs,
            class_weight=None if class_weights is None else dict(enumerate(class_weights.tolist())),
            shuffle=False,  # The batches come in an order of their own.
            callbacks=[EpochRandomness(seed, batches), *callbacks, checkpoints],
            verbose=verbose,
        )
