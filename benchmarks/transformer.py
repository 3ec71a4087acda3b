"""Training the default Transformer, beside a stack of Keras Hub's encoder layers."""

import warnings
from dataclasses import replace

import keras
import keras_hub

from benchmarks.measurement import Measurement
from benchmarks.texts import BenchmarkTexts
from benchmarks.training import measure_training
from keras_pe.config import RunConfig


def measure(texts: BenchmarkTexts, config: RunConfig, rounds: int) -> Measurement:
    """Times training epochs of both."""
    with warnings.catch_warnings():
        # Keras warns that a layer inside TokenAndPositionEmbedding drops the mask, which that one
        # keeps. Until https://github.com/keras-team/keras-hub/issues/2141 is settled.
        warnings.filterwarnings("ignore", message=".*'position_embedding'.*does not support mask")
        return measure_training(
            texts,
            replace(config, model="transformer"),
            rounds,
            plain=plain_transformer,
            plain_name="keras_hub TransformerEncoder",
        )


def plain_transformer(config: RunConfig, length: int | None) -> keras.Model:
    """Returns the classifier as Keras Hub's guides write it, in the sizes of ours.

    Args:
        config: `RunConfig`, resolved.
        length: int. Tokens of every row; None if rows differ.
    """
    layers = keras.layers
    token_ids = keras.Input((length,), dtype="int32")
    tokens = keras_hub.layers.TokenAndPositionEmbedding(
        vocabulary_size=config.vocabulary_size,
        sequence_length=config.max_length,
        embedding_dim=config.hidden_dim,
        mask_zero=True,
    )(token_ids)
    tokens = layers.Dropout(config.word_dropout, noise_shape=(None, None, 1))(tokens)
    tokens = layers.Dropout(config.dropout)(tokens)
    for _ in range(config.num_layers):
        tokens = keras_hub.layers.TransformerEncoder(
            intermediate_dim=config.intermediate_dim,
            num_heads=config.num_heads,
            dropout=config.dropout,
            normalize_first=True,
        )(tokens)
    text = layers.GlobalAveragePooling1D()(layers.LayerNormalization()(tokens))
    text = layers.Dropout(config.dropout)(text)
    probabilities = layers.Dense(config.num_classes, activation="softmax", dtype="float32")(text)
    return keras.Model(token_ids, probabilities)
