"""Exports to LiteRT and ONNX with each tokenizer, of pairs, and of texts in windows."""

import json

import keras
import numpy as np
import pytest
import tensorflow as tf

from keras_pe.config import ModelConfig
from keras_pe.models import build_classifier
from keras_pe.serving.exported import open_exported
from keras_pe.serving.targets.litert import write_litert
from keras_pe.serving.targets.onnx import write_onnx
from keras_pe.serving.targets.token_readme import PIECES
from keras_pe.text.tokenizers import TOKENIZERS

WRITERS = {"litert": write_litert, "onnx": write_onnx}
LEARNED_FROM = ["The good film, the bad film.", "好电影 中文 é e\u0301 😀", "a <b>&amp;</b> c"] * 5
TEXTS = ["the Good film!", "好电影", "😀 e\u0301 É", "", "[PAD] <b>x</b> &amp;", "a film " * 20]
CLEANED = {"unicode_normalization": "nfkc", "clean": "entities,tags"}
SMALL = {"vocabulary_size": 80, "max_length": 8, "hidden_dim": 8, "num_classes": 3}
BLOCK = {"num_heads": 2, "num_layers": 1, "intermediate_dim": 16, "position": "rotary"}


def classifier(**settings):
    keras.utils.set_random_seed(1)
    built = build_classifier(ModelConfig(**SMALL, **settings))
    draw = np.random.default_rng(1)
    for weight in built.trainable_weights:
        weight.assign(weight + draw.normal(0.0, 0.3, weight.shape))
    return built


def by_keras(model, tokenizer, max_length, *columns):
    columns = [tf.constant(column, tf.string) for column in columns]
    ids = tokenizer.pad(tokenizer.encode(columns[0], max_length, *columns[1:]))
    return model(ids, training=False).numpy()


def test_every_tokenizer_has_a_description():
    assert list(PIECES) == list(TOKENIZERS)


@pytest.mark.parametrize(
    ("target", "name"), [*(("onnx", name) for name in TOKENIZERS), ("litert", "unigram")]
)
def test_each_tokenizer_comes_along(target, name, build, labels, tmp_path):
    tokenizer = TOKENIZERS[name].learn(LEARNED_FROM, vocabulary_size=80, **CLEANED)
    size = len(tokenizer.vocabulary)
    model = build(keras.layers.GlobalMaxPooling1D(), vocabulary_size=size, mask_zero=False)
    folder = WRITERS[target](model, tokenizer, labels, tmp_path / "film", max_length=16)
    reader = open_exported(folder)
    for text in TEXTS:
        found = reader.predict([text])[1]
        np.testing.assert_allclose(found, by_keras(model, tokenizer, 16, [text]), atol=1e-5)
    told = json.loads((folder / "keras_pe.json").read_text(encoding="utf-8"))
    assert told["tokenizer"] == name
    assert (folder / told["vocabulary_file"]).is_file()
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert "Unicode's form is NFKC" in readme
    assert "{" not in readme


@pytest.mark.parametrize(("target", "name"), [("litert", "wordpiece"), ("onnx", "bpe")])
def test_pairs_are_cut_and_joined_as_in_training(target, name, labels, tmp_path):
    learned = TOKENIZERS[name].learn(LEARNED_FROM, vocabulary_size=80)
    tokenizer = learned.truncating("head_tail")
    model = classifier(model="transformer", text_pairs=True, **BLOCK)
    folder = WRITERS[target](
        model, tokenizer, labels, tmp_path / "pairs", max_length=12, text_pairs=True
    )
    reader = open_exported(folder)
    assert reader.inputs == ("text", "second_text")
    seconds = TEXTS[::-1]
    for pair in zip(TEXTS, seconds, strict=True):
        one = [[text] for text in pair]
        expected = by_keras(model, tokenizer, 12, *one)
        np.testing.assert_allclose(reader.predict(*one)[1], expected, atol=1e-5)
    with pytest.raises(ValueError, match="`second_texts` must be given"):
        reader.predict(TEXTS)
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert "n = min(a, max(5, 9 - b)) stay of the first" in readme
    assert "keras-pe-predict --saved_model=. 'a text' 'another text'" in readme


@pytest.mark.slow
@pytest.mark.parametrize(
    ("target", "settings"),
    [
        ("litert", {"model": "transformer", **BLOCK}),
        ("litert", {"model": "lstm", "lstm_units": 4}),
        ("onnx", {"model": "transformer", **BLOCK, "attention_window": 2}),
        ("onnx", {"model": "lstm", "lstm_units": 4}),
    ],
    ids=["litert-transformer", "litert-lstm", "onnx-transformer", "onnx-lstm"],
)
def test_texts_in_windows(target, settings, labels, tmp_path):
    tokenizer = TOKENIZERS["words"].learn(LEARNED_FROM, vocabulary_size=80).truncating("window")
    model = classifier(truncation="window", max_windows=3, window_overlap=2, **settings)
    fixed = {"length": "fixed"} if target == "litert" else {}
    folder = WRITERS[target](model, tokenizer, labels, tmp_path / "w", max_length=16, **fixed)
    long = ["a b c film the " * count for count in (0, 1, 2, 3, 9)]
    for text in long:
        expected = by_keras(model, tokenizer, 16, [text])
        np.testing.assert_allclose(open_exported(folder).predict([text])[1], expected, atol=1e-5)


def test_windows_of_open_lengths_are_refused_for_litert(labels, tmp_path):
    tokenizer = TOKENIZERS["words"].learn(LEARNED_FROM, vocabulary_size=80).truncating("window")
    model = classifier(truncation="window", max_windows=3, model="lstm", lstm_units=4)
    with pytest.raises(ValueError, match="`length` must be fixed for a model that reads windows"):
        write_litert(model, tokenizer, labels, tmp_path / "w", max_length=16)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_windows_of_pairs_are_refused(write, labels, tmp_path):
    learned = TOKENIZERS["words"].learn(LEARNED_FROM, vocabulary_size=80)
    tokenizer = learned.truncating("window", window_length=8, second_length=2)
    model = classifier(model="lstm", lstm_units=4)
    with pytest.raises(ValueError, match=r"Pairs of texts must not be .* second_length=2"):
        write(model, tokenizer, labels, tmp_path / "w", max_length=16)
    assert list(tmp_path.iterdir()) == []
