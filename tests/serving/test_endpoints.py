"""Every endpoint with what clients send by mistake; Classify, and the vector below the head."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from tensorflow.core.protobuf import saved_model_pb2

from keras_pe.serving.embedder import embedder
from keras_pe.serving.graph_gate import check_servable
from keras_pe.serving.served import ServedClassifier

ENDPOINTS = ["classify", "embed", "serving_default", "tokenize", "tokens"]
TEXTS = {
    "empty": [""],
    "zero rows": [],
    "100 kB": ["a good film, 好电影 " * 4_500],
    "invalid UTF-8": [b"\xff\xfe bad \xc3("],
    "all at once": ["", "a very good film", b"\xc3(", "好" * 33_000],
}


@pytest.fixture(scope="module")
def ask(version):
    """Returns a function of an endpoint and texts: the outputs by name."""
    served = ServedClassifier(version)

    def answer(endpoint, texts):
        given = {"text": tf.constant(texts, tf.string, [len(texts)])}
        if endpoint == "tokens":
            given = served.signatures["tokenize"](**given)
        if endpoint == "classify":
            given = {"inputs": tf.constant([*map(example, texts)], tf.string, [len(texts)])}
        return {name: t.numpy() for name, t in served.signatures[endpoint](**given).items()}

    return answer


def example(text):
    value = text if isinstance(text, bytes) else text.encode()
    feature = tf.train.Feature(bytes_list=tf.train.BytesList(value=[value]))
    return tf.train.Example(
        features=tf.train.Features(feature={"text": feature})
    ).SerializeToString()


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("texts", TEXTS.values(), ids=TEXTS)
def test_whatever_is_asked_has_one_row_of_finite_numbers_per_text(endpoint, texts, ask):
    answer = ask(endpoint, texts)

    assert {len(values) for values in answer.values()} == {len(texts)}
    for values in answer.values():
        assert values.dtype == object or np.isfinite(values).all()


def test_these_are_all_endpoints(version):
    assert sorted(ServedClassifier(version).signatures) == ENDPOINTS


def test_classify_answers_examples_as_serving_default_does_texts(ask):
    texts = ["a good film!", "", "好电影"]

    classified, answered = ask("classify", texts), ask("serving_default", texts)

    assert sorted(classified) == ["classes", "scores"]  # The server refuses any other.
    np.testing.assert_array_equal(classified["classes"], answered["labels"])
    np.testing.assert_allclose(classified["scores"], answered["scores"], atol=1e-6)


def test_an_example_without_text_counts_as_empty(version, ask):
    served = ServedClassifier(version)
    found = served.signatures["classify"](inputs=tf.constant([b""]))["scores"]
    np.testing.assert_allclose(found, ask("classify", [""])["scores"], atol=1e-6)


def test_classify_alone_bears_the_method_name_of_rest_classify(version):
    saved = saved_model_pb2.SavedModel.FromString((version / "saved_model.pb").read_bytes())
    names = {k: s.method_name for k, s in saved.meta_graphs[0].signature_def.items()}
    assert names.pop("classify") == "tensorflow/serving/classify"
    names.pop("__saved_model_init_op", None)
    assert set(names.values()) == {"tensorflow/serving/predict"}
    check_servable(version)


def test_the_head_makes_the_scores_from_what_embed_gives(model, ask):
    texts = ["a good film!", "", "好电影 film . good"]

    vectors = ask("embed", texts)["embedding"]

    assert vectors.shape == (3, 8)
    assert vectors.dtype == np.float32
    head = model.layers[-1]
    np.testing.assert_allclose(head(vectors), ask("serving_default", texts)["scores"], atol=1e-5)


def test_a_16_bit_embedding_is_given_as_float32(build, export, tmp_path):
    pooled = keras.layers.GlobalMaxPooling1D(dtype="mixed_bfloat16")
    model = build(pooled, dtype="mixed_bfloat16", mask_zero=False)

    served = ServedClassifier(export(model, tmp_path))

    assert embedder(model).output.dtype == "bfloat16"
    assert served.signatures["embed"].structured_outputs["embedding"].dtype == tf.float32


@pytest.mark.parametrize("kind", ["nested", "no Dense", "of another model"])
def test_embed_is_left_out_where_no_dense_layer_reads_one_vector(kind, build, export, tmp_path):
    pool = keras.layers.GlobalMaxPooling1D
    model = build(pool(), mask_zero=False)
    if kind == "nested":
        model = keras.Sequential([keras.Input((None,), dtype="int32"), model])
    if kind == "no Dense":
        ids = keras.Input((None,), dtype="int32")
        vectors = keras.layers.Embedding(18, 3)(ids)
        model = keras.Model(ids, keras.layers.Softmax()(pool()(vectors)))
    if kind == "of another model":
        head = keras.layers.Dense(3, "softmax")
        head(keras.Input((8,)))
        model = keras.Model(model.inputs, head(model.layers[-1].input))

    served = ServedClassifier(export(model, tmp_path))

    assert sorted(served.signatures) == [name for name in ENDPOINTS if name != "embed"]
