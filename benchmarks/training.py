"""One epoch of training: the plain way, the plain model on our batches, and ours."""

from collections.abc import Callable
from dataclasses import replace

import keras
import tensorflow as tf

from benchmarks.batching import fill, own_batches
from benchmarks.measurement import Measurement
from benchmarks.rounds import Contender, interleave
from benchmarks.texts import BenchmarkTexts
from keras_pe.config import RunConfig
from keras_pe.data.untuned import untuned
from keras_pe.models import ENCODERS, build_classifier, resolve_defaults
from keras_pe.training.fit import compile_for_training
from keras_pe.training.precision import building_in

PlainModel = Callable[[RunConfig, int | None], keras.Model]


def check_model(config: RunConfig, measurement: str) -> None:
    """Raises before anything is measured if a measurement could not build our model.

    Args:
        config: `RunConfig`.
        measurement: str. Name of a measurement; those of training are named after the model.

    Raises:
        ValueError: the model cannot be built with these settings.
    """
    if measurement in ENCODERS:
        build_classifier(replace(config, model=measurement, num_classes=2))


def measure_training(
    texts: BenchmarkTexts, config: RunConfig, rounds: int, *, plain: PlainModel, plain_name: str
) -> Measurement:
    """Times `fit` over the sample: same texts, sizes, dropout rates, optimizer and batch size.

    Args:
        texts: `BenchmarkTexts`.
        config: `RunConfig`; its `model` says which of ours.
        rounds: int. Timed epochs of each contender.
        plain: Function of the resolved config and the length of all rows (None: any) that
            returns the model as one writes it with Keras and Keras Hub.
        plain_name: str.

    Returns:
        `Measurement`.
    """
    title = f"training, {config.model}: fit on token ids"
    config = sized(config, texts)
    batches = own_batches(texts.sample, config)
    padded, grouped = _padded(texts.sample, config), batches.dataset()
    with building_in(config.precision):
        by_the_book = compiled_plainly(plain(config, config.max_length), config)
        grouped_plain = compiled_plainly(plain(config, None), config)
        own = build_classifier(config)
    compile_for_training(own, config, batches.steps_per_epoch)
    contenders = [
        _contender(f"{plain_name}, fixed length", by_the_book, padded),
        _contender(f"{plain_name}, keras_pe's batches", grouped_plain, grouped),
        _contender("keras_pe", own, grouped),
    ]
    return Measurement(
        title=title,
        texts=len(texts.sample),
        tokens=int(texts.sample.lengths.sum()),
        contenders=tuple(interleave(contenders, rounds=rounds, title=title)),
    )


def sized(config: RunConfig, texts: BenchmarkTexts) -> RunConfig:
    """Returns the config with what the texts and the model's defaults decide filled in."""
    vocabulary_size, num_classes = len(texts.tokenizer.vocabulary), len(texts.labels)
    return resolve_defaults(
        replace(config, vocabulary_size=vocabulary_size, num_classes=num_classes)
    )


def _padded(encoded, config):
    """Returns batches of rows that were padded beforehand: the cheapest plain input there is.

    Nor does it wait at the end of an epoch for the thread that tunes `tf.data`, as a plain one may.
    """
    rows = tf.RaggedTensor.from_row_splits(encoded.ids, encoded.offsets)
    rows = rows.to_tensor(0, shape=(None, config.max_length))
    dataset = tf.data.Dataset.from_tensor_slices((rows, encoded.labels)).shuffle(len(encoded))
    return untuned(dataset.batch(config.batch_size))


def compiled_plainly(model, config):
    """Compiles with what Keras has for our default settings."""
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0, decay_steps=10_000, warmup_target=config.learning_rate, warmup_steps=1_000
    )
    model.compile(
        optimizer=keras.optimizers.AdamW(
            schedule,
            weight_decay=config.weight_decay,
            global_clipnorm=config.gradient_clip_norm,
        ),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        jit_compile=config.jit_compile,
    )
    return model


def _contender(name, model, dataset):
    def epoch():
        before = int(model.optimizer.iterations)
        model.fit(dataset, epochs=1, shuffle=False, verbose=0)
        steps = int(model.optimizer.iterations) - before
        if steps != len(dataset):
            raise RuntimeError(
                f"A round must be one epoch. Received: {steps} steps of {len(dataset)}"
            )

    return Contender(name, epoch, fill(dataset))
