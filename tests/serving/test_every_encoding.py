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
CASES = {
    "encodings": [{"position": position} for position in POSITIONS],
    "sources": [
        {"model": model, "position": "sinusoidal", "position_source": source}
        for model in ENCODERS
        for source in SOURCES
    ],
}


def classifier(model="transformer", **settings):
    sizes = (
        {"num_layers": 1, "num_heads": 2, "intermediate_dim": 16} if model == "transformer" else {}
    )
    return build_classifier(ModelConfig(model=model, **SIZES, **sizes, **settings))


def side_by_side(cases):
    """One model that asks a classifier of each case, because an export takes seconds.

    Returns:
        The model, and the name of each of its scores.
    """
    keras.utils.set_random_seed(1)
    token_ids = keras.Input((None,), dtype="int32")
    names = ["-".join(case.values()) for case in cases]
    parts = []
    for name, case in zip(names, cases, strict=True):
        made = classifier(**case)
        parts.append(keras.Model(made.input, made.output, name=name)(token_ids))
    scores = keras.layers.Concatenate(dtype="float32")(parts)
    return keras.Model(token_ids, scores), [f"{name}, {i}" for name in names for i in range(3)]


def assert_equal(found, expected, names):
    # Turned around, so that what is no number is wrong, too.
    wrong = ~(np.abs(found - expected).max(axis=0) <= 1e-5)
    assert not wrong.any(), [name for name, each in zip(names, wrong, strict=True) if each]


@pytest.mark.slow
@pytest.mark.parametrize("cases", CASES.values(), ids=CASES)
def test_exports_answer_as_their_models_do(cases, export, tokenizer, tmp_path):
    model, names = side_by_side(cases)
    version = export(model, tmp_path / "model", label_names=names)
    served = tf.saved_model.load(str(version)).signatures["serving_default"]
    found = served(text=tf.constant(TEXTS))["scores"].numpy()
    ids = tokenizer.pad(tokenizer.encode(tf.constant(TEXTS), 16))
    assert found.shape == (len(TEXTS), len(names))
    assert_equal(found, model(ids, training=False).numpy(), names)
    # Each alone too: rows of one length take another way through some encodings.
    alone = [served(text=tf.constant([text]))["scores"].numpy()[0] for text in TEXTS]
    assert_equal(np.array(alone), found, names)
