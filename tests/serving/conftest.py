"""A tiny classifier, its tokenizer, and a way to export it."""

import functools

import keras
import pytest

from keras_pe.serving.saved_model import write_saved_model
from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer

VOCABULARY = [
    *("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"),
    *("good", "bad", "film", "the", "a", "##s", ".", "!"),
    *("中", "文", "电", "影", "好"),
]


@pytest.fixture(scope="session")
def labels():
    return ["负面", "neutral", "positive"]


@pytest.fixture(scope="session")
def tokenizer():
    return WordPieceTokenizer(VOCABULARY)


@pytest.fixture(scope="session")
def build():
    """Returns a function that builds token ids -> embedding -> layers -> three probabilities."""

    def classifier(*layers, vocabulary_size=18, dim=8, dtype="float32", mask_zero=True):
        keras.utils.set_random_seed(7)
        # Wide weights spread the probabilities, so that wrong answers differ from right ones.
        wide = functools.partial(keras.initializers.RandomNormal, stddev=1.0)
        embedding = keras.layers.Embedding(vocabulary_size, dim, wide(), None, mask_zero=mask_zero)
        head = keras.layers.Dense(3, "softmax", kernel_initializer=wide(), dtype=dtype)
        inputs = keras.Input((None,), dtype="int32", name="token_ids")
        outputs = inputs
        for layer in (embedding, *layers, head):
            outputs = layer(outputs)
        return keras.Model(inputs, outputs)

    return classifier


@pytest.fixture(scope="session")
def export(tokenizer, labels):
    """Returns `write_saved_model` with the arguments that most tests share."""

    def write(model, folder, **arguments):
        given = {"tokenizer": tokenizer, "label_names": labels, "max_length": 16, **arguments}
        return write_saved_model(model, folder=folder, **given)

    return write


@pytest.fixture(scope="session")
def model(build):
    return build(keras.layers.LSTM(8), keras.layers.Dropout(0.5))


@pytest.fixture(scope="session")
def version(model, export, tmp_path_factory):
    """One export that the tests of a session read and leave as it is."""
    folder = tmp_path_factory.mktemp("exported") / "film"
    return export(model, folder, check_texts=["a good film!", "好电影 中文"])
