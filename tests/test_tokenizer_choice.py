"""Runs with other tokenizers, with cleaned and normalised texts."""

import json

import numpy as np
import pytest

from keras_pe.classifier import TextClassifier
from keras_pe.config import RunConfig
from keras_pe.experiment import Experiment
from keras_pe.text.tokenizers import TOKENIZERS

SMALL = {"model": "lstm", "hidden_dim": 8, "lstm_units": 8, "dense_dim": 8, "max_length": 16}
WORDS = ("good", "bad", "nowhere", "film")


def experiment(reviews, folder, **settings):
    config = RunConfig(train_file=str(reviews), epochs=1, **SMALL, **settings)
    return Experiment(config, folder, verbose=0)


@pytest.mark.parametrize("name", TOKENIZERS)
def test_every_tokenizer_is_one_to_train_with(name, reviews, tmp_path):
    run = experiment(reviews, tmp_path / "run", tokenizer=name)
    assert run.config.vocabulary_size == len(run.data.tokenizer.vocabulary)
    assert run.data.train.ids.max() < run.config.vocabulary_size
    assert f"{name}, {run.config.vocabulary_size:,} entries" in run.description


def test_a_run_keeps_its_tokenizer_and_how_texts_were_prepared(reviews, tmp_path):
    settings = {"tokenizer": "unigram", "clean": "tags,spaces", "unicode_normalization": "nfkc"}
    run = experiment(reviews, tmp_path / "run", **settings)
    run.run()
    saved = json.loads((tmp_path / "run" / "tokenizer" / "tokenizer.json").read_text())
    assert {name: saved[name] for name in ("clean", "unicode_normalization")} == {
        "clean": "tags,spaces",
        "unicode_normalization": "nfkc",
    }
    classifier = TextClassifier.load(tmp_path / "run")
    plain, marked = classifier.predict(["good film", "<b>ｇood</b>  film<br/>"])[1]
    assert plain.tolist() == marked.tolist()


def test_a_run_starts_from_word_vectors_and_says_how_many_it_found(reviews, tmp_path):
    lines = [f"{word} {' '.join(str(n + i) for i in range(8))}" for n, word in enumerate(WORDS)]
    (tmp_path / "glove.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    vectors = {"word_vectors": str(tmp_path / "glove.txt"), "freeze_embeddings": True}
    run = experiment(reviews, tmp_path / "run", tokenizer="words", **vectors)
    assert f"vectors    3 of {run.config.vocabulary_size - 5}" in run.description
    layer = run.model.get_layer("token_embedding")
    good = run.data.tokenizer.vocabulary.index("good")
    start = layer.embeddings.numpy()[good]
    assert np.diff(start) == pytest.approx(np.full(7, np.diff(start)[0]), rel=1e-3)
    run.run()
    assert layer.embeddings.numpy()[good].tolist() == start.tolist()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"clean": "tags,tag"}, "`clean` must name some of: entities, tags, control, spaces. Rec"),
        ({"clean": "tags,tags"}, "`clean` must name each step once. Received: clean='tags,tags'"),
        ({"tokenizer": "word"}, "`tokenizer` must be one of: wordpiece, unigram, bpe, words, char"),
        ({"freeze_embeddings": True}, "`freeze_embeddings` has no effect with .*word_vectors=None"),
        ({"unicode_normalization": "NFC"}, "`unicode_normalization` must be one of: none, nfc, nf"),
    ],
    ids=["unknown step", "a step twice", "unknown tokenizer", "nothing to keep", "unknown form"],
)
def test_what_does_not_exist_is_refused(settings, message, reviews, tmp_path):
    with pytest.raises(ValueError, match=message):
        experiment(reviews, tmp_path / "run", **settings)
