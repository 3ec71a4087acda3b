from types import SimpleNamespace

import keras
import numpy as np
import pytest

from keras_pe.serving.parity import FLOAT32_TOLERANCE, HALF_TOLERANCE, check_parity
from keras_pe.serving.served import ServedClassifier

TEXTS = ["a good film!", "", b"\xff", "好电影 中文"]


class Constant(keras.layers.Layer):
    """Gives every text the same probabilities."""

    def __init__(self, values, dtype="float32"):
        super().__init__(dtype=dtype)
        self.values = values

    def call(self, token_ids):
        rows = keras.ops.zeros((keras.ops.shape(token_ids)[0], 1))
        return rows + keras.ops.array([self.values])


def _constant(*values, dtype="float32"):
    inputs = keras.Input((None,), dtype="int32")
    return keras.Model(inputs, Constant(values, dtype)(inputs))


def _answering(label, *scores):
    """A stand-in for a loaded SavedModel that answers every text alike."""

    def predict(texts, batch_size):
        return [label] * len(texts), np.array([scores] * len(texts), np.float32)

    return SimpleNamespace(label_names=("a", "b"), inputs=("text",), predict=predict)


def test_an_export_is_as_good_as_equal(version, model, tokenizer):
    texts = [*TEXTS, *(f"{'good ' * n} film" for n in range(40))]
    difference = check_parity(ServedClassifier(version), model, tokenizer, texts, max_length=16)

    assert 0 <= difference < FLOAT32_TOLERANCE


def test_another_model_is_told_from_the_exported_one(version, build, tokenizer):
    other = build(keras.layers.LSTM(8), keras.layers.Dropout(0.5))
    other.set_weights([1.1 * weight for weight in other.get_weights()])

    with pytest.raises(ValueError, match=r"within 1e-05. Received: text='a good.*difference=0\.\d"):
        check_parity(ServedClassifier(version), other, tokenizer, TEXTS, max_length=16)


def test_another_length_is_told_from_the_exported_one(version, model, tokenizer):
    texts = ["good bad film " * 8]

    with pytest.raises(ValueError, match="text='good bad film good"):
        check_parity(ServedClassifier(version), model, tokenizer, texts, max_length=12)


@pytest.mark.parametrize(
    ("dtype", "difference", "passes"),
    [
        ("float32", 0.5 * FLOAT32_TOLERANCE, True),
        ("float32", 2 * FLOAT32_TOLERANCE, False),
        ("mixed_bfloat16", 0.5 * HALF_TOLERANCE, True),
        ("mixed_bfloat16", 2 * HALF_TOLERANCE, False),
    ],
)
def test_how_much_scores_may_differ(dtype, difference, passes, tokenizer):
    served = _answering("a", 0.75, 0.25 + difference)
    model = _constant(0.75, 0.25, dtype=dtype)

    if passes:
        found = check_parity(served, model, tokenizer, TEXTS, max_length=16)
        assert found == pytest.approx(difference, rel=0.01)
    else:
        with pytest.raises(ValueError, match="must score as the Keras model does"):
            check_parity(served, model, tokenizer, TEXTS, max_length=16)


def test_a_wrong_label_is_refused(tokenizer):
    with pytest.raises(ValueError, match="text='a good film!', label='b', Keras label='a'"):
        check_parity(
            _answering("b", 0.75, 0.25), _constant(0.75, 0.25), tokenizer, TEXTS, max_length=16
        )


def test_either_of_two_equal_labels_will_do(tokenizer):
    served = _answering("b", 0.5, 0.5)

    assert check_parity(served, _constant(0.5, 0.5), tokenizer, TEXTS, max_length=16) == 0


def test_nan_is_refused_even_where_both_give_it(tokenizer):
    served = _answering("a", np.nan, np.nan)

    with pytest.raises(ValueError, match="difference=nan"):
        check_parity(served, _constant(np.nan, np.nan), tokenizer, TEXTS, max_length=16)
