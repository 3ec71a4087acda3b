import json

import keras
import numpy as np
import pytest
import tensorflow as tf

from keras_pe import __version__
from keras_pe.serving.served import ServedClassifier

TEXTS = [
    "a good film!",
    "好电影 中文",
    "",
    b"\xff\xfe bad \xc3(",
    b"good\x00film",
    "good bad " * 11_000,
]


@pytest.fixture(scope="module")
def signatures(version):
    loaded = tf.saved_model.load(str(version))
    yield loaded.signatures
    del loaded


@pytest.fixture
def by_keras(model, tokenizer):
    """Returns the probabilities of the Keras model itself."""

    def probabilities(texts):
        ids = tokenizer.pad(tokenizer.encode(tf.constant(texts, tf.string), 16))
        return model(ids, training=False).numpy()

    return probabilities


WITHOUT_KERAS_AND_KERAS_PE = """
import importlib.util, json, pathlib, sys

sys.modules["keras_pe"] = None  # `import` of it now raises ModuleNotFoundError
import tensorflow as tf

package = pathlib.Path(importlib.util.find_spec("tensorflow_text").origin).parent
for name in ("_fast_bert_normalizer", "_fast_wordpiece_tokenizer"):
    tf.load_op_library(str(package / "python" / "ops" / f"{name}.so"))
loaded = tf.saved_model.load(sys.argv[1])
texts = [bytes.fromhex(text) for text in json.load(sys.stdin)]
answer = loaded.signatures["serving_default"](text=tf.constant(texts, tf.string))
labels = [label.decode() for label in answer["label"].numpy()]
json.dump([labels, answer["scores"].numpy().tolist()], sys.stdout)
"""


def test_a_process_without_keras_answers_as_keras_does(version, by_keras, labels, without_keras):
    raw = [text if isinstance(text, bytes) else text.encode() for text in TEXTS]
    given = json.dumps([text.hex() for text in raw]).encode()
    found_labels, scores = json.loads(
        without_keras(WITHOUT_KERAS_AND_KERAS_PE, version, stdin=given)
    )

    expected = by_keras(raw)
    np.testing.assert_allclose(scores, expected, rtol=0, atol=1e-5)
    assert found_labels == [labels[row.argmax()] for row in expected]


@pytest.mark.parametrize("rows", [0, 1, 33])
def test_all_outputs_have_one_row_per_text(rows, signatures):
    text = tf.constant((TEXTS * 6)[:rows], tf.string)
    token_ids = signatures["tokenize"](text=text)["token_ids"]
    answers = [
        signatures["serving_default"](text=text),
        signatures["tokens"](token_ids=token_ids),
    ]

    assert token_ids.shape[0] == rows
    for answer in answers:
        assert {name: tuple(value.shape) for name, value in answer.items()} == {
            "label": (rows,),
            "score": (rows,),
            "labels": (rows, 3),
            "scores": (rows, 3),
        }


def test_outputs_agree_with_each_other(signatures, labels):
    answer = signatures["serving_default"](text=tf.constant(TEXTS))
    scores = answer["scores"].numpy()

    assert [name.decode() for name in answer["label"].numpy()] == [
        labels[row.argmax()] for row in scores
    ]
    assert answer["labels"].numpy().tolist() == [[name.encode() for name in labels]] * len(TEXTS)
    np.testing.assert_array_equal(answer["score"].numpy(), scores.max(axis=1))


def test_tokenize_and_tokens_together_are_serving_default(signatures, tokenizer):
    text = tf.constant(TEXTS)
    token_ids = signatures["tokenize"](text=text)["token_ids"]

    np.testing.assert_array_equal(token_ids, tokenizer.pad(tokenizer.encode(text, 16)))
    assert token_ids.shape == (len(TEXTS), 16)
    assert signatures["tokenize"](text=text[:1])["token_ids"].shape == (1, 6)
    np.testing.assert_allclose(
        signatures["tokens"](token_ids=token_ids)["scores"],
        signatures["serving_default"](text=text)["scores"],
        atol=1e-6,
    )


def test_too_many_token_ids_are_refused_by_name(signatures):
    with pytest.raises(tf.errors.InvalidArgumentError, match="`token_ids` must have at most 16"):
        signatures["tokens"](token_ids=tf.fill([1, 17], 5))


def test_token_ids_without_columns_are_answered(signatures):
    assert np.isfinite(signatures["tokens"](token_ids=tf.zeros([2, 0], tf.int32))["scores"]).all()


def test_files_beside_the_graph_describe_it(version, labels):
    extra = version / "assets.extra"
    assert json.loads((extra / "labels.json").read_text(encoding="utf-8")) == labels
    assert "负面" in (extra / "labels.json").read_text(encoding="utf-8")
    four = {
        "label": "string [None]",
        "labels": "string [None, 3]",
        "score": "float32 [None]",
        "scores": "float32 [None, 3]",
    }
    text, token_ids = {"text": "string [None]"}, {"token_ids": "int32 [None, None]"}
    description = json.loads((extra / "keras_pe.json").read_text(encoding="utf-8"))
    assert description["max_length"] == 16
    assert description["signatures"] == {
        "classify": {
            "inputs": {"inputs": "string [None]"},
            "outputs": {"classes": "string [None, 3]", "scores": "float32 [None, 3]"},
        },
        "embed": {"inputs": text, "outputs": {"embedding": "float32 [None, 8]"}},
        "serving_default": {"inputs": text, "outputs": four},
        "tokenize": {"inputs": text, "outputs": token_ids},
        "tokens": {"inputs": token_ids, "outputs": four},
    }
    assert description["versions"]["keras_pe"] == __version__
    assert description["versions"]["tensorflow"] == tf.__version__


def test_weights_are_stored_once(build, export, tmp_path):
    model = build(
        keras.layers.GlobalAveragePooling1D(),
        keras.layers.Dense(64, "relu"),
        vocabulary_size=8_000,
        dim=64,
        mask_zero=False,
    )
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(np.ones((4, 3), np.int32), np.zeros(4, np.int32), verbose=0)

    version = export(model, tmp_path)

    stored = sum(path.stat().st_size for path in (version / "variables").iterdir())
    assert 1.0 <= stored / (4 * model.count_params()) <= 1.1


@pytest.mark.parametrize("dtype", ["mixed_bfloat16", "mixed_float16"])
def test_a_16_bit_model_gives_float32(dtype, build, export, tmp_path):
    pooled = keras.layers.GlobalMaxPooling1D(dtype=dtype)
    model = build(pooled, keras.layers.Dense(8, dtype=dtype), dtype=dtype, mask_zero=False)
    assert model.output.dtype == dtype.removeprefix("mixed_")

    version = export(model, tmp_path, check_texts=["a good film"])

    answer = tf.saved_model.load(str(version)).signatures["serving_default"].structured_outputs
    assert answer["scores"].dtype == answer["score"].dtype == tf.float32


def test_each_export_is_the_next_version(build, export, tmp_path):
    model = build(keras.layers.GlobalMaxPooling1D(), mask_zero=False)
    first = export(model, tmp_path / "film")
    model.set_weights([-weight for weight in model.get_weights()])
    before = ServedClassifier(first).predict(TEXTS)[1]
    second = export(model, tmp_path / "film")

    assert [first, second] == [tmp_path / "film" / name for name in ("1", "2")]
    assert sorted(path.name for path in (tmp_path / "film").iterdir()) == ["1", "2"]
    np.testing.assert_array_equal(ServedClassifier(first).predict(TEXTS)[1], before)
    assert not np.allclose(ServedClassifier(tmp_path / "film").predict(TEXTS)[1], before)
