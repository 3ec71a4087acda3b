"""What cannot be exported to LiteRT or ONNX leaves nothing, and says why in a sentence."""

import shutil
import sys

import keras
import numpy as np
import pytest
import tensorflow as tf

from keras_pe.serving.answers import build_answer
from keras_pe.serving.exported import open_exported
from keras_pe.serving.targets.agreement import check_agreement
from keras_pe.serving.targets.litert import write_litert
from keras_pe.serving.targets.litert_classifier import LiteRTClassifier
from keras_pe.serving.targets.onnx import write_onnx
from keras_pe.serving.targets.onnx_classifier import ONNXClassifier

READERS = {"litert": LiteRTClassifier, "onnx": ONNXClassifier}
WRITERS = {"litert": write_litert, "onnx": write_onnx}


class Unheard(keras.layers.Layer):
    """Uses an operation that no other runtime has."""

    def call(self, x):
        return x + tf.math.bessel_i0(x)


class Noisy(keras.layers.Layer):
    """Answers differently every time: the compared answers differ."""

    def call(self, x):
        return x + tf.random.normal(tf.shape(x))


def small(build, *layers):
    return build(keras.layers.GlobalMaxPooling1D(), *layers, mask_zero=False)


@pytest.mark.parametrize(
    ("target", "runtime"), [("litert", "LiteRT"), ("onnx", "ONNX Runtime")], ids=WRITERS
)
def test_an_operation_that_the_runtime_lacks(target, runtime, build, tokenizer, labels, tmp_path):
    message = f"The model must be made of operations that {runtime} has. Received: .*Bessel"
    with pytest.raises(ValueError, match=f"(?s){message}"):
        WRITERS[target](
            small(build, Unheard()), tokenizer, labels, tmp_path / "film", max_length=16
        )
    assert list(tmp_path.iterdir()) == []


def test_answers_that_differ(build, tokenizer, labels, tmp_path):
    with pytest.raises(ValueError, match="The export must score as the Keras model does"):
        WRITERS["onnx"](small(build, Noisy()), tokenizer, labels, tmp_path / "a", max_length=16)
    assert list(tmp_path.iterdir()) == []


def test_settings_of_litert(build, tokenizer, labels, tmp_path):
    for name in ("quantization", "length"):
        with pytest.raises(ValueError, match=f"`{name}` must be one of: .* Received: {name}='x'"):
            WRITERS["litert"](
                small(build), tokenizer, labels, tmp_path, max_length=16, **{name: "x"}
            )


def test_calibration_that_is_missing_or_has_no_effect(build, tokenizer, labels, tmp_path):
    ids = [np.array([2, 5, 3])] * 4
    for given in ({"quantization": "calibrated_int8"}, {"calibration": ids}):
        with pytest.raises(ValueError, match="`calibration` must be token ids of at least two"):
            WRITERS["litert"](small(build), tokenizer, labels, tmp_path, max_length=16, **given)


def test_an_lstm_of_fixed_length_that_the_converter_cannot_calibrate(
    model, tokenizer, labels, tmp_path
):
    with pytest.raises(
        ValueError,
        match="must not be calibrated_int8 for an LSTM of fixed length.*"
        "Take dynamic_int8, or length=dynamic. Received: quantization=",
    ):
        write_litert(
            *(model, tokenizer, labels, tmp_path / "a"),
            max_length=16,
            length="fixed",
            quantization="calibrated_int8",
            calibration=[np.array([2, 5, 3])] * 4,
        )
    assert list(tmp_path.iterdir()) == []


def test_calibration_that_changes_too_many_answers(build, tokenizer, labels, tmp_path):
    ids = [np.array([2, word, 3]) for word in range(4, 18)]
    with pytest.raises(
        ValueError, match="(?s)calibrated_int8 must give 95% of training.*Received:"
    ):
        check_agreement(
            LiteRTClassifier(
                write_litert(small(build), tokenizer, labels, tmp_path / "a", max_length=16)
            ),
            small(build, keras.layers.Rescaling(-1.0)),
            build_answer("single_label", labels),
            ids,
        )


@pytest.mark.parametrize("target", READERS)
def test_folders_of_something_else(target, version, tmp_path):
    with pytest.raises(FileNotFoundError, match="must be an existing folder. Received: folder="):
        READERS[target](tmp_path / "nowhere")
    with pytest.raises(ValueError, match=f"must hold an export of keras_pe to {target}"):
        READERS[target](version)


def test_a_folder_without_an_export(tmp_path):
    with pytest.raises(ValueError, match="must hold a SavedModel that keras_pe exported"):
        open_exported(tmp_path)


@pytest.mark.parametrize("target", READERS)
def test_folders_that_were_damaged(target, news_export, tmp_path):
    folder = tmp_path / "1"
    shutil.copytree(news_export(target, "lstm"), folder)
    (model,) = folder.glob("model.*")
    model.write_bytes(b"nothing of the kind")
    with pytest.raises(ValueError, match=f"{model.name} must be a model that .* can run. Received"):
        open_exported(folder)
    model.unlink()
    with pytest.raises(ValueError, match=f"must hold its model. Received: .*{model.name}"):
        open_exported(folder)
    (folder / "keras_pe.json").write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match="keras_pe.json: the file must be JSON"):
        open_exported(tmp_path)


@pytest.mark.parametrize(
    ("reader", "module", "message"),
    [
        (LiteRTClassifier, "ai_edge_litert.interpreter", "LiteRT must be"),
        (ONNXClassifier, "onnxruntime", "ONNX Runtime must be"),
    ],
)
def test_a_runtime_that_is_not_installed(reader, module, message, news_export, monkeypatch):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ImportError, match=f"{message} installed: pip install"):
        reader(news_export(reader.kind, "lstm"))


def test_tf2onnx_that_is_not_installed(build, tokenizer, labels, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "tf2onnx", None)
    with pytest.raises(ImportError, match="ONNX must be installed: pip install"):
        WRITERS["onnx"](small(build), tokenizer, labels, tmp_path / "a", max_length=16)
    assert list(tmp_path.iterdir()) == []
