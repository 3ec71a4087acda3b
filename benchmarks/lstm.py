"""Training the default LSTM, beside the same layers of Keras alone."""

from dataclasses import replace

import keras

from benchmarks.measurement import Measurement
from benchmarks.texts import BenchmarkTexts
from benchmarks.training import measure_training
from keras_pe.config import RunConfig


def measure(texts: BenchmarkTexts, config: RunConfig, rounds: int) -> Measurement:
    """Times training epochs of both."""
    return measure_training(
        texts,
        replace(config, model="lstm"),
        rounds,
        plain=plain_lstm,
        plain_name="keras LSTM",
    )


def plain_lstm(config: RunConfig, length: int | None) -> keras.Model:
    """Returns the classifier as a Keras tutorial writes it, in the sizes of ours.

    Args:
        config: `RunConfig`, resolved.
        length: int. Tokens of every row; None if rows differ.
    """
    layers = keras.layers
    lstm = layers.LSTM(config.lstm_units)
    return keras.Sequential(
        [
            keras.Input((length,), dtype="int32"),
            layers.Embedding(config.vocabulary_size, config.hidden_dim, mask_zero=True),
            layers.Dropout(config.word_dropout, noise_shape=(None, None, 1)),
            layers.Dropout(config.dropout),
            layers.Bidirectional(lstm) if config.bidirectional else lstm,
            layers.Dense(config.dense_dim, activation="relu"),
            layers.Dropout(config.dropout),
            layers.Dense(config.num_classes, activation="softmax", dtype="float32"),
        ]
    )
