"""Every tokenizer inside a SavedModel gives the ids that it gives in training."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from keras_pe.data.encode_examples import encode_examples
from keras_pe.data.example import Example
from keras_pe.serving.answers import build_answer
from keras_pe.serving.archive import build_archive
from keras_pe.serving.graph_gate import check_servable, read_saved_model
from keras_pe.text.tokenizers import TOKENIZERS, load_tokenizer

LEARNED_FROM = ["The good film, the bad film.", "好电影 中文 é e\u0301 😀", "a <b>&amp;</b> c"] * 5
TEXTS = [
    "the Good film!",
    "好电影",
    "😀 e\u0301 É",
    "",
    "[PAD] <b>x</b> &amp;#39;&#x4e2d;",
    "film " * 20_000,
]
CLEANED = {"unicode_normalization": "nfkc", "clean": "entities,tags,control,spaces"}
MAX_LENGTH = 16


@pytest.fixture(scope="module", params=TOKENIZERS)
def learned(request, tmp_path_factory):
    # As a run does it: learned, saved, loaded, exported.
    folder = tmp_path_factory.mktemp("tokenizer")
    kind = TOKENIZERS[request.param]
    kind.learn(LEARNED_FROM, vocabulary_size=80, lowercase=True, **CLEANED).save(folder)
    return load_tokenizer(folder)


@pytest.fixture(scope="module")
def exported(learned, build, labels, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported")
    model = build(
        keras.layers.GlobalAveragePooling1D(),
        vocabulary_size=len(learned.vocabulary),
        mask_zero=False,
    )
    answer = build_answer("single_label", labels)
    archive = build_archive(model, learned, answer, max_length=MAX_LENGTH)
    archive.write_out(folder, verbose=False)
    return folder


@pytest.mark.slow
def test_a_stock_server_has_its_operations_and_holds_its_model_twice_at_most(learned, exported):
    check_servable(exported)
    stored = read_saved_model(exported).SerializeToString()
    for resource in learned.resources:
        # Once to make it and once to find it again, however many endpoints use it.
        assert 1 <= stored.count(resource._model_resource._model) <= 2


def test_served_ids_are_those_of_training(learned, exported):
    tf.random.set_seed(1)  # Clears TensorFlow's cache of kernels, where SentencePiece stood once.
    serve = tf.saved_model.load(exported).signatures["tokenize"]
    served = serve(text=tf.constant(TEXTS))["token_ids"].numpy()
    examples = [Example(text, None, "texts", row) for row, text in enumerate(TEXTS)]
    trained = encode_examples(examples, tokenizer=learned, max_length=MAX_LENGTH)
    for row, ids in enumerate(np.split(trained.ids, trained.offsets[1:-1])):
        assert served[row, : len(ids)].tolist() == ids.tolist()
        assert not served[row, len(ids) :].any()
    assert serve(text=tf.constant([b"\xff\xfe film"]))["token_ids"].shape[0] == 1


@pytest.mark.parametrize("name", ["unigram", "bytes"])
def test_the_whole_export_answers_as_keras_does(name, build, export, tmp_path):
    tokenizer = TOKENIZERS[name].learn(LEARNED_FROM, vocabulary_size=80)
    model = build(keras.layers.LSTM(4), vocabulary_size=len(tokenizer.vocabulary))
    version = export(model, tmp_path / "film", tokenizer=tokenizer, check_texts=TEXTS)
    assert (version / "saved_model.pb").exists()
