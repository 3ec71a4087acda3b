"""Encodings whose operations a converter did not take without help; sets of labels, and numbers."""

import keras
import numpy as np
import pytest

from keras_pe.config import ModelConfig
from keras_pe.models import build_classifier
from keras_pe.serving.targets.litert import write_litert
from keras_pe.serving.targets.litert_classifier import LiteRTClassifier
from keras_pe.serving.targets.onnx import write_onnx
from keras_pe.serving.targets.onnx_classifier import ONNXClassifier

TEXTS = ["a good film!", "", "好电影 中文", "bad the the the film . a a good !"]


def classifier(**settings):
    keras.utils.set_random_seed(1)
    sizes = {"vocabulary_size": 18, "max_length": 16, "hidden_dim": 8}
    built = build_classifier(ModelConfig(**sizes, **settings))
    draw = np.random.default_rng(1)
    for weight in built.trainable_weights:
        weight.assign(weight + draw.normal(0.0, 0.3, weight.shape))
    return built


@pytest.mark.parametrize(
    ("write", "position", "window"),
    [(write_litert, "fire", None), (write_onnx, "dynamic_bias", None), (write_litert, "rotary", 3)],
)
def test_an_encoding_in_a_transformer(write, position, window, tokenizer, labels, tmp_path):
    small = {"num_heads": 2, "num_layers": 1, "intermediate_dim": 16, "num_classes": 3}
    model = classifier(position=position, attention_window=window, **small)
    # What is written has been compared.
    version = write(model, tokenizer, labels, tmp_path, max_length=16, check_texts=TEXTS)
    assert version == tmp_path / "1"


def test_sets_of_labels_are_those_that_reach_their_thresholds(build, tokenizer, labels, tmp_path):
    model = build(keras.layers.GlobalMaxPooling1D(), mask_zero=False)
    thresholds = np.array([0.2, 0.9, 0.3], np.float32)
    version = write_onnx(
        model,
        tokenizer,
        labels,
        tmp_path,
        max_length=16,
        problem_type="multi_label",
        thresholds=thresholds,
        check_texts=TEXTS,
    )
    answers, scores = ONNXClassifier(version).predict(TEXTS)
    reached = [{labels[at] for at in np.flatnonzero(row >= thresholds)} for row in scores]
    assert [{*answer} for answer in answers] == reached
    assert "reaches its number in `thresholds`" in (version / "README.md").read_text("utf-8")


def test_numbers(tokenizer, tmp_path):
    inputs = keras.Input((None,), dtype="int32")
    vectors = keras.layers.Embedding(18, 8, mask_zero=True)(inputs)
    pooled = keras.layers.GlobalAveragePooling1D()(vectors)
    model = keras.Model(inputs, keras.layers.Dense(1)(pooled))
    version = write_litert(model, tokenizer, [], tmp_path, max_length=16, problem_type="regression")
    reader = LiteRTClassifier(version)
    numbers, scores = reader.predict(TEXTS)
    expected = [model(np.array([reader.tokenize(text)]), training=False)[0, 0] for text in TEXTS]
    np.testing.assert_allclose(scores[:, 0], expected, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(numbers, scores[:, 0], rtol=1e-5)
