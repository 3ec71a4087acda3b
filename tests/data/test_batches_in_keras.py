import keras
import numpy as np
import pytest

from keras_pe.data.batches import TrainingBatches, evaluation_batches
from keras_pe.data.encoded import EncodedTexts


def some_texts():
    """Returns 22 texts of one to three tokens; the first token is the number of the text."""
    rows = [[number, *[30] * (number % 3)] for number in range(22)]
    lengths = [len(row) for row in rows]
    return EncodedTexts(
        np.concatenate(rows).astype(np.int32),
        np.cumsum([0, *lengths]),
        labels=np.arange(22, dtype=np.int32) % 2,
    )


def fit(model, **settings):
    batches = TrainingBatches(some_texts(), batch_size=4, lengths=[2, 3], seed=1)
    validation, _ = evaluation_batches(some_texts(), batch_size=5, lengths=[3])
    model.compile("sgd", "sparse_categorical_crossentropy", **settings)
    choose = keras.callbacks.LambdaCallback(
        on_epoch_begin=lambda epoch, logs: setattr(batches, "epoch", epoch)
    )
    # Without shuffle=False Keras warns that it leaves the order of a dataset as it is.
    model.fit(
        batches.dataset(),
        validation_data=validation,
        epochs=3,
        shuffle=False,
        verbose=0,
        callbacks=[choose],
    )
    return batches


def model_of(kind=keras.Model):
    inputs = keras.Input([None], dtype="int32")
    tokens = keras.layers.Embedding(31, 2)(inputs)
    return kind(inputs, keras.layers.Dense(2, "softmax")(tokens[:, 0]))


@pytest.mark.parametrize("settings", [{}, {"steps_per_execution": 4}], ids=str)
def test_keras_takes_as_many_steps_as_there_are_batches(settings):
    model = model_of()
    batches = fit(model, **settings)
    assert batches.steps_per_epoch == 6
    assert model.optimizer.iterations == 18


def test_keras_trains_on_the_order_of_each_epoch():
    served = []

    class Recording(keras.Model):
        def train_step(self, data):
            served.append(data[0].numpy()[:, 0].tolist())
            return super().train_step(data)

    batches = fit(model_of(Recording), run_eagerly=True)
    assert len(served) == 18
    for epoch in range(3):
        batches.epoch = epoch
        assert served[6 * epoch :][:6] == [
            ids.numpy()[:, 0].tolist() for ids, _ in batches.dataset()
        ]
    assert served[:6] != served[6:12] != served[12:]
