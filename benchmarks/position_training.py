"""Training steps of a Transformer encoder with each position encoding, beside steps with none."""

import re
from collections.abc import Callable, Sequence

import keras
import numpy as np
import tensorflow as tf

from benchmarks.peak_memory import peak_bytes
from benchmarks.position_cost import Cost, Refusal
from benchmarks.rounds import Contender, interleave
from keras_pe.config import RunConfig
from keras_pe.layers import MeanPooling, TransformerEncoder
from keras_pe.models import POSITIONS, resolve_defaults

REFUSED = (ValueError, tf.errors.OpError)
WIDTH = resolve_defaults(RunConfig()).hidden_dim


def measure(
    position: str, none: keras.Model, lengths: Sequence[int], *, tokens: int, rounds: int
) -> list[Cost | Refusal]:
    """Measures an encoding in a pair with `none`, length by length.

    In pairs, so that the two steps of a ratio are neighbours in time, and two models are all that
    is in memory.

    Args:
        position: str. Name of the encoding.
        none: What `build_model` returned for `none`.
        lengths: tokens of a text.
        tokens: int. Tokens of a batch, padding included.
        rounds: int. Timed steps of each.

    Returns:
        A `Cost` or `Refusal` per length.
    """
    try:
        own = build_model(position, max(lengths), jit_compile=none.jit_compile)
    except REFUSED as error:
        return [Refusal(length, position, reason(error)) for length in lengths]
    found = []
    for length in lengths:
        try:
            found.append(_measure_pair(position, (none, own), length, tokens, rounds))
        except REFUSED as error:
            found.append(Refusal(length, position, reason(error)))
    return found


def build_model(
    position: str,
    max_length: int,
    *,
    jit_compile: bool = False,
    attention_window: int | None = None,
) -> keras.Model:
    """Returns an encoder of the default sizes, ready to train on texts of any length.

    Args:
        position: str. Name of the encoding.
        max_length: int. Tokens of the longest text.
        jit_compile: bool. Whether XLA compiles the step.
        attention_window: int. Tokens that a token sees to each side; None for all.

    Raises:
        ValueError: the encoding does not go with the default sizes.
    """
    config = resolve_defaults(RunConfig(position=position, max_length=max_length))
    encoder = TransformerEncoder(
        config.num_layers,
        config.num_heads,
        config.intermediate_dim,
        position=POSITIONS[position](config),
        dropout=config.dropout,
        attention_window=attention_window,
    )
    tokens = keras.Input((None, WIDTH))
    encoded = encoder(keras.layers.Masking()(tokens))
    model = keras.Model(tokens, keras.layers.Dense(2)(MeanPooling()(encoded)))
    model.compile("adam", "mse", jit_compile=jit_compile)
    model.optimizer.build(model.trainable_variables)  # Or the first graph is traced twice.
    # Once shapes differ, TensorFlow traces one graph for all, as in training on texts by length.
    for rows, length in ((2, 2), (3, 3)):
        model.train_on_batch(*batch(length, rows * length))
    return model


def batch(length: int, tokens: int) -> tuple[np.ndarray, np.ndarray]:
    """Returns token vectors [B, T, D] and targets [B, 2].

    Texts fill between half of their rows and all of them; the rest is padding, as in training.

    Args:
        length: int. T.
        tokens: int. B * T, padding included; at least one text comes.
    """
    rows = max(1, tokens // length)
    vectors = np.random.default_rng(0).normal(size=(rows, length, WIDTH)).astype("float32")
    lengths = np.linspace(length, (length + 1) // 2, rows).astype(int)
    vectors[np.arange(length) >= lengths[:, None]] = 0.0
    return vectors, np.zeros((rows, 2), "float32")


def _measure_pair(position, models, length, tokens, rounds):
    data = batch(length, tokens)
    peaks = [], []
    contenders = [
        Contender(name, _counted_step(model, data, peak))
        for name, model, peak in zip(("none", position), models, peaks, strict=True)
    ]
    none, own = interleave(contenders, rounds=rounds, title=f"{position}, {length} tokens")
    return Cost(length, none, own, *(_counted(peak, rounds) for peak in peaks))


def _counted_step(model, data, peaks) -> Callable[[], None]:
    return lambda: peaks.append(peak_bytes(lambda: model.train_on_batch(*data)))


def _counted(peaks, rounds):
    """Leaves out the first step, which does not count either: it may trace."""
    return () if None in peaks else tuple(peaks[-rounds:])


def reason(error: Exception) -> str:
    """Returns what an error says, in one line, without what Keras and TensorFlow put around it."""
    said = str(error).partition("Arguments received by")[0].strip()
    wrapped = said.startswith(("Exception encountered when calling", "Graph execution error"))
    said = said.rpartition("\n\n")[2] if wrapped else said.partition("\n\n")[0]
    return re.sub(r"\x1b\[\d+m", "", said).partition("\n")[0]
