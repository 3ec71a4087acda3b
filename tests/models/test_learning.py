"""Which of two words comes first: learnt with every encoding, and not without one."""

import keras
import numpy as np
import pytest

from keras_pe.models import POSITIONS, build_classifier

FIRST, SECOND = 1, 2


def texts(number, seed):
    """Texts of eight tokens with both words somewhere; label 1 where `FIRST` comes first."""
    noise = np.random.default_rng(seed)
    rows = noise.integers(3, 20, size=(number, 8))
    places = np.argsort(noise.random((number, 8)), axis=1)[:, :2]
    rows[np.arange(number), places[:, 0]] = FIRST
    rows[np.arange(number), places[:, 1]] = SECOND
    return rows, (places[:, 0] < places[:, 1]).astype("int32")


def accuracy_after_training(config):
    keras.utils.set_random_seed(2)
    model = build_classifier(config)
    model.compile(keras.optimizers.Adam(1e-2), "sparse_categorical_crossentropy")
    model.optimizer.build(model.trainable_variables)  # Or the first graph is traced twice.
    solved = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: setattr(model, "stop_training", logs["loss"] < 0.05)
    )
    model.fit(*texts(768, seed=0), batch_size=32, epochs=20, verbose=0, callbacks=[solved])
    rows, labels = texts(512, seed=1)
    return (keras.ops.convert_to_numpy(model(rows)).argmax(axis=1) == labels).mean()


def test_only_order_solves_the_task():
    rows, labels = texts(512, seed=0)
    assert all(((rows == word).sum(axis=1) == 1).all() for word in (FIRST, SECOND))
    assert abs(labels.mean() - 0.5) < 0.05


@pytest.mark.slow
@pytest.mark.parametrize("position", POSITIONS)
def test_a_transformer_learns_the_order_of_two_words_from_positions_alone(position, tiny):
    sizes = {"num_layers": 1, "hidden_dim": 32, "num_heads": 4, "num_classes": 2}
    accuracy = accuracy_after_training(tiny(position, "transformer", **sizes))
    assert accuracy < 0.6 if position == "none" else accuracy > 0.95
