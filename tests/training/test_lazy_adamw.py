"""Lazy AdamW: rows in the batch move as with AdamW, and no others."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from keras_pe.training.lazy_adamw import LazyAdamW

ROWS = tf.constant([1, 3, 1])
VALUES = tf.constant([[1.0, -2.0], [0.5, 4.0], [3.0, 0.0]])


def table():
    return keras.Variable(np.arange(1.0, 11.0).reshape(5, 2), dtype="float32", name="embeddings")


def steps(optimizer, count=3, rows=ROWS, values=VALUES):
    variable = table()
    for _ in range(count):
        optimizer.apply([tf.IndexedSlices(values, rows, tf.constant([5, 2]))], [variable])
    return variable.numpy()


def by_hand(count, rate=0.1, decay=0.01, gradients=((4.0, -2.0), (0.5, 4.0))):
    """Moves rows 1 and 3."""
    weights = np.arange(1.0, 11.0).reshape(5, 2)
    for row, gradient in zip((1, 3), np.array(gradients), strict=True):
        m, v = np.zeros(2), np.zeros(2)
        for step in range(1, count + 1):
            m = 0.9 * m + 0.1 * gradient
            v = 0.999 * v + 0.001 * gradient**2
            change = m / (1 - 0.9**step) / (np.sqrt(v / (1 - 0.999**step)) + 1e-7)
            weights[row] -= rate * (change + decay * weights[row])
    return weights


def test_rows_of_the_batch_move_as_by_hand_and_the_others_stay():
    found = steps(LazyAdamW(0.1, weight_decay=0.01))
    np.testing.assert_allclose(found, by_hand(3), rtol=1e-4)
    np.testing.assert_array_equal(found[[0, 2, 4]], table().numpy()[[0, 2, 4]])


def test_where_every_row_is_in_the_batch_it_is_adamw():
    rows, values = tf.range(5), tf.random.stateless_normal((5, 2), (1, 2))
    options = {"learning_rate": 0.1, "weight_decay": 0.02, "global_clipnorm": 0.5}
    found = steps(LazyAdamW(**options), rows=rows, values=values)
    expected = steps(keras.optimizers.AdamW(**options), rows=rows, values=values)
    np.testing.assert_allclose(found, expected, rtol=1e-5)


def test_gradients_that_are_not_sparse_are_handled_as_by_adamw():
    found = []
    for kind in (LazyAdamW, keras.optimizers.AdamW):
        variable, optimizer = table(), kind(0.1, weight_decay=0.02, global_clipnorm=1.0)
        for _ in range(3):
            optimizer.apply([tf.constant([[0.5, 3.0]] * 5)], [variable])
        found.append([variable.numpy(), *(v.numpy() for v in optimizer.variables)])
    for own, theirs in zip(*found, strict=True):
        np.testing.assert_allclose(own, theirs, rtol=2e-5)


def test_the_norm_that_is_clipped_is_that_of_the_sums_of_each_row():
    optimizer = LazyAdamW(0.1, global_clipnorm=1.0)
    variable, other = table(), keras.Variable([1.0])
    sparse = tf.IndexedSlices(VALUES, ROWS, tf.constant([5, 2]))
    optimizer.apply([sparse, tf.constant([3.0])], [variable, other])
    # Gradients [4, -2], [0.5, 4] and [3]: the first step shows them, times 1 - beta_1.
    norm = np.sqrt(16 + 4 + 0.25 + 16 + 9)
    m = optimizer._momentums[0].numpy()
    np.testing.assert_allclose(m[[1, 3]], 0.1 * np.array([[4, -2], [0.5, 4]]) / norm, rtol=1e-5)


CLIPPED = {
    "clipnorm": np.array([[4.0, -2.0], [0.5, 4.0]]) / np.sqrt(36.25),
    "clipvalue": np.array([[1.0, -1.0], [0.5, 1.0]]),
}


@pytest.mark.parametrize("option", CLIPPED)
def test_what_is_clipped_are_the_sums_of_each_row_and_the_others_stay(option):
    found = steps(LazyAdamW(0.1, weight_decay=0.01, **{option: 1.0}))
    np.testing.assert_allclose(found, by_hand(3, gradients=CLIPPED[option]), rtol=1e-5)


def test_where_gradients_of_several_steps_are_gathered_every_row_decays_as_with_adamw():
    options = {"learning_rate": 0.1, "weight_decay": 0.02, "gradient_accumulation_steps": 2}
    kinds = (LazyAdamW, keras.optimizers.AdamW)
    found, expected = (steps(kind(**options), count=4) for kind in kinds)
    np.testing.assert_allclose(found, expected, rtol=1e-5)


def test_an_embedding_that_decays_nowhere_may_be_named():
    optimizer = LazyAdamW(0.1, weight_decay=0.5)
    optimizer.exclude_from_weight_decay(var_names=["embeddings"])
    np.testing.assert_allclose(steps(optimizer, 1), by_hand(1, decay=0.0), rtol=1e-4)


def classifier():
    keras.utils.set_random_seed(3)
    model = keras.Sequential(
        [keras.layers.Embedding(9, 4), keras.layers.GlobalAveragePooling1D(), keras.layers.Dense(2)]
    )
    model.build((None, None))
    # XLA cannot compile it.
    model.compile(LazyAdamW(0.01, global_clipnorm=1.0), "mse", jit_compile=False)
    return model


def test_a_graph_trains_the_words_of_its_batches_and_goes_on_from_a_file(tmp_path):
    tokens, targets = np.array([[1, 2, 2], [5, 1, 7]]), np.ones((2, 2))
    model = classifier()
    first = model.layers[0].get_weights()[0]
    model.fit(tokens, targets, epochs=2, verbose=0)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert isinstance(loaded.optimizer, LazyAdamW)
    for each in (model, loaded):
        each.fit(tokens, targets, epochs=2, verbose=0, shuffle=False)
    for weight, other in zip(model.get_weights(), loaded.get_weights(), strict=True):
        np.testing.assert_array_equal(weight, other)
    moved = (model.layers[0].get_weights()[0] != first).any(axis=1).nonzero()[0]
    assert moved.tolist() == [1, 2, 5, 7]


def test_amsgrad_is_refused():
    with pytest.raises(ValueError, match="`amsgrad` must be False. Received: amsgrad=True"):
        LazyAdamW(amsgrad=True)
