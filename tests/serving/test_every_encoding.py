"""A classifier with any encoding can be exported, and the export answers as the model does."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from keras_pe.config import ModelConfig
from keras_pe.models import ENCODERS, POSITION_SOURCES, POSITIONS, build_classifier

TEXTS = ["a good film!", "", "好电影 中文", "bad the the the film . a a good !"]
SIZES = {"vocabulary_size": 18, "num_classes": 3, "max_length": 16, "hidden_dim": 8}
SOURCES = [name for name in POSITION_SOURCES if name != "counted"]


def classifier(model, **settings):
    keras.utils.set_random_seed(1)
    sizes = {"num_heads": 2, "intermediate_dim": 16} if model == "transformer" else {}
    return build_classifier(ModelConfig(model=model, **SIZES, **sizes, **settings))


def assert_exported(model, export, tokenizer, tmp_path):
    version = export(model, tmp_path / "model")
    served = tf.saved_model.load(str(version)).signatures["serving_default"]
    found = served(text=tf.constant(TEXTS))["scores"].numpy()
    ids = tokenizer.pad(tokenizer.encode(tf.constant(TEXTS), 16))
    np.testing.assert_allclose(found, model(ids, training=False).numpy(), rtol=0, atol=1e-5)
    # Each alone too: rows of one length take another way through some encodings.
    alone = [served(text=tf.constant([text]))["scores"].numpy()[0] for text in TEXTS]
    np.testing.assert_allclose(alone, found, rtol=0, atol=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize("position", POSITIONS)
def test_every_encoding_is_exported(position, export, tokenizer, tmp_path):
    assert_exported(classifier("transformer", position=position), export, tokenizer, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("model", ENCODERS)
@pytest.mark.parametrize("source", SOURCES)
def test_every_source_is_exported(source, model, export, tokenizer, tmp_path):
    made = classifier(model, position="sinusoidal", position_source=source)
    assert_exported(made, export, tokenizer, tmp_path)
