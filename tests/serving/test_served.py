import json
import shutil

import numpy as np
import pytest

from keras_pe.serving.served import ServedClassifier

TEXTS = ["a good film!", "", "bad", "好电影 中文", "the good films the bad films", b"\xff bad"]


@pytest.fixture(scope="module")
def served(version):
    return ServedClassifier(version)


def test_labels_and_scores_of_no_texts(served):
    labels, scores = served.predict([])

    assert labels == []
    assert scores.shape == (0, 3)
    assert scores.dtype == np.float32


@pytest.mark.parametrize("batch_size", [1, 2, 7, 64])
def test_answers_stand_in_the_order_of_the_texts(served, batch_size):
    texts = TEXTS * 3
    labels, scores = served.predict(texts, batch_size=batch_size)

    for row, text in enumerate(texts):
        (label,), (expected,) = served.predict([text])
        assert labels[row] == label
        np.testing.assert_allclose(scores[row], expected, atol=1e-5)
    assert len({tuple(row.round(3)) for row in scores}) == 6


def test_a_label_is_the_one_with_the_highest_score(served, labels):
    found, scores = served.predict(TEXTS)

    assert served.label_names == tuple(labels)
    assert found == [labels[row.argmax()] for row in scores]
    np.testing.assert_allclose(scores.sum(axis=1), 1, atol=1e-6)


def test_a_lone_surrogate_counts_as_a_byte_that_is_not_text(served):
    _, scores = served.predict(["bad \ud800", b"bad \xff"])

    np.testing.assert_allclose(scores[0], scores[1], atol=1e-6)


def test_a_model_folder_stands_for_its_latest_version(version, tmp_path):
    for name in ("2", "10", ".x.tmp"):
        shutil.copytree(version, tmp_path / name)

    served = ServedClassifier(str(tmp_path))

    assert served.folder == tmp_path / "10"
    assert served.max_length == 16


def test_the_model_stays_loaded_when_its_folder_goes(version, tmp_path):
    shutil.copytree(version, tmp_path / "1")
    served = ServedClassifier(tmp_path / "1")
    shutil.rmtree(tmp_path / "1")

    assert served.predict(["good"])[1].shape == (1, 3)


def test_a_missing_folder_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"existing folder. Received: folder=.*missing"):
        ServedClassifier(tmp_path / "missing")


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([], "lacks saved_model.pb, assets.extra/keras_pe.json, assets.extra/labels.json"),
        (["notes.txt"], "lacks saved_model.pb"),
        (["saved_model.pb"], "lacks assets.extra/keras_pe.json"),
        (["1/saved_model.pb"], "folder=.*/1, which lacks assets.extra/keras_pe.json"),
        (["saved_model.pb", "assets.extra/keras_pe.json"], "lacks assets.extra/labels.json"),
    ],
    ids=["empty", "other file", "foreign", "foreign version", "no labels"],
)
def test_a_folder_without_a_model_of_ours_is_an_error(files, message, tmp_path):
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}")

    with pytest.raises(ValueError, match=f"a SavedModel that keras_pe exported.*{message}"):
        ServedClassifier(tmp_path)


def test_one_string_is_not_taken_for_a_list_of_letters(served):
    with pytest.raises(TypeError, match="list of texts. Received: texts='good'"):
        served.predict("good")


def test_a_batch_must_hold_a_text(served):
    with pytest.raises(ValueError, match="at least 1. Received: batch_size=0"):
        served.predict(["good"], batch_size=0)


WITHOUT_KERAS = """
import json, sys
from keras_pe.serving.served import ServedClassifier

labels, scores = ServedClassifier(sys.argv[1]).predict(["a good film!", "好电影"])
json.dump([labels, scores.tolist()], sys.stdout)
"""


def test_it_works_where_there_is_no_keras(version, served, without_keras):
    found = json.loads(without_keras(WITHOUT_KERAS, version))
    labels, scores = served.predict(["a good film!", "好电影"])

    assert found[0] == labels
    np.testing.assert_allclose(found[1], scores, atol=1e-6)


def test_without_tf_text_the_error_says_what_to_install(version, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)

    with pytest.raises(ImportError, match="pip install tensorflow-text"):
        ServedClassifier(version)
