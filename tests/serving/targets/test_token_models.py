"""LiteRT and ONNX: the folder, what it answers, and that it needs no TensorFlow."""

import json
import subprocess
import sys

import numpy as np
import pytest
import tensorflow as tf

from keras_pe.serving.exported import open_exported
from keras_pe.serving.targets.litert_classifier import LiteRTClassifier
from keras_pe.serving.targets.onnx_classifier import ONNXClassifier

READERS = {"litert": LiteRTClassifier, "onnx": ONNXClassifier}
TOPICS = ["World", "Sports", "Business", "Tech"]

KINDS = ("rotary", "lstm")
LONG = "stocks fell " * 400
EDGES = ["", " ", b"\xff\xfe oil \xc3(", "好电影", LONG]


def by_keras(model, tokenizer, texts):
    ids = tokenizer.truncating("head_tail").encode(tf.constant(texts, tf.string), 48)
    return model(tokenizer.pad(ids), training=False).numpy()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("target", READERS)
def test_real_texts_and_hard_ones_are_answered_as_by_keras(
    target, kind, news_export, news_model, news_tokenizer, news
):
    reader = open_exported(news_export(target, kind))
    texts = [*news[:200], *EDGES]
    expected = by_keras(news_model(kind), news_tokenizer, texts)
    labels, scores = reader.predict(texts, batch_size=32)

    assert type(reader) is READERS[target]
    assert len({*labels}) > 2
    np.testing.assert_allclose(scores, expected, rtol=0, atol=1e-5)
    assert labels == [TOPICS[best] for best in expected.argmax(axis=1)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("target", READERS)
def test_neither_neighbours_nor_batches_change_an_answer(target, kind, news_export, news):
    reader = open_exported(news_export(target, kind))
    texts = [*news[:9], *EDGES]
    together = reader.predict(texts)[1]
    for size in (1, 5):
        scores = reader.predict(texts[::-1], batch_size=size)[1][::-1]
        np.testing.assert_allclose(scores, together, rtol=0, atol=1e-5)
    assert reader.predict([])[1].shape == (0, 4)


@pytest.mark.parametrize("target", READERS)
def test_the_folder_tells_a_mobile_app_all_that_it_needs(target, news_export, news_tokenizer):
    folder = news_export(target, "rotary")
    description = json.loads((folder / "keras_pe.json").read_text(encoding="utf-8"))
    readme = (folder / "README.md").read_text(encoding="utf-8")

    assert folder.name == "1"
    assert description["labels"] == TOPICS
    assert description["special_ids"] == {"pad": 0, "unknown": 1, "start": 2, "end": 3}
    assert (description["max_length"], description["truncation"]) == (48, "head_tail")
    assert (description["tokenizer"], description["cleaning"]) == ("wordpiece", [])
    assert description["lowercase"] is True
    lines = (folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")
    assert lines[:-1] == [*news_tokenizer.vocabulary]
    assert "2 (`[CLS]`), at most 46 ids of pieces, 3 (`[SEP]`)" in readme
    assert "the first 12 and the last 34 are kept" in readme
    assert {path.name for path in folder.iterdir()} == {
        *("README.md", "characters.json", "keras_pe.json", "vocabulary.txt", description["file"]),
    }


WITHOUT = """
import sys
for name in ("tensorflow", "tensorflow_text", "keras", "tf2onnx", "onnx"):
    sys.modules[name] = None  # `import` of it now raises ModuleNotFoundError
from keras_pe.serving.exported import open_exported
from keras_pe.serving.targets.litert_classifier import LiteRTClassifier
from keras_pe.serving.targets.onnx_classifier import ONNXClassifier

READERS = {"litert": LiteRTClassifier, "onnx": ONNXClassifier}
TOPICS = ["World", "Sports", "Business", "Tech"]
print(open_exported(sys.argv[1]).predict(["oil prices", ""])[1].tolist())
"""


@pytest.mark.parametrize("target", READERS)
def test_the_reader_needs_neither_tensorflow_nor_keras(target, news_export):
    folder = news_export(target, "rotary")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, str(folder)], capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    expected = open_exported(folder).predict(["oil prices", ""])[1]
    np.testing.assert_allclose(json.loads(done.stdout), expected, rtol=0, atol=1e-6)


@pytest.mark.parametrize("target", READERS)
def test_each_export_is_the_next_version_and_the_newest_is_opened(
    target, news_export, news_model, news_tokenizer
):
    first = news_export(target, "lstm")
    second = first.parent / "2"
    second.mkdir()
    try:
        for path in first.iterdir():
            (second / path.name).write_bytes(path.read_bytes())
        assert open_exported(first.parent).folder == second
    finally:
        for path in second.iterdir():
            path.unlink()
        second.rmdir()
