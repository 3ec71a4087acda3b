"""Writes a classifier for LiteRT, which was called TensorFlow Lite: phones and small computers."""

import re
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from keras_pe.layers import TextWindows
from keras_pe.layers.layers_inside import layers_inside
from keras_pe.serving.targets.litert_classifier import LiteRTClassifier
from keras_pe.serving.targets.token_model import TokenModel, write_token_model
from keras_pe.text.tokenizer import Tokenizer

MODEL = "model.tflite"
LENGTHS = ("dynamic", "fixed")
QUANTIZATIONS = ("none", "float16", "dynamic_int8", "calibrated_int8")
# How an operation is named where the converter says what it cannot convert.
_PLACES = re.compile(r'fused\["(\w+):"')
# Scores, beside those of Keras in float32. In int8 a weight keeps 8 bits of the largest of its row.
# Calibrated ranges hold for texts like those of training: how often answers change is measured on
# such texts (`check_agreement`), and of hard ones it is only asked that they get numbers.
TOLERANCES = {"none": 1e-5, "float16": 1e-2, "dynamic_int8": 1e-1, "calibrated_int8": 1.0}
# Texts for calibration, and as many besides to see what became of the answers.
CALIBRATION_TEXTS = 256


def write_litert(
    model: keras.Model,
    tokenizer: Tokenizer,
    label_names: Sequence[str],
    folder: str | Path,
    *,
    max_length: int,
    problem_type: str = "single_label",
    thresholds: np.ndarray | None = None,
    text_pairs: bool = False,
    check_texts: Sequence[str | bytes] = (),
    quantization: str = "none",
    length: str = "dynamic",
    calibration: Sequence[np.ndarray] = (),
) -> Path:
    """Exports a classifier to LiteRT, with all that turns text into its ids.

    `model.tflite` has the signature `tokens`: `token_ids` [1, T] int32 -> `scores` [1, C] float32,
    with operations of LiteRT itself only. A batch is one text: what is gained by larger ones on a
    GPU is nothing on the processors it is for.

    Args:
        model: from token ids [B, T] int32 to probabilities [B, C], or to numbers [B, 1].
        tokenizer: the tokenizer that the model was trained with.
        label_names: C names; none of a number.
        folder: in which versions are numbered. Nothing in it is overwritten.
        max_length: int. Tokens of a text, or of a pair, that the model reads.
        problem_type: a key of `keras_pe.serving.answers.ANSWERS`.
        thresholds: [C] float. From which score on a label is given (multi_label).
        text_pairs: bool. Whether the model was trained on pairs of texts.
        check_texts: texts on which the export is compared with Keras, besides hard ones.
        quantization: `"none"` for weights in float32; `"float16"` for half the size;
            `"dynamic_int8"` for a quarter: matrices of at least 1,024 weights in int8, and
            activations too while they are multiplied with those; `"calibrated_int8"` for
            activations in int8 wherever LiteRT can, with ranges that are measured beforehand.
        length: `"dynamic"` for any T up to `max_length`; `"fixed"` for T = `max_length`, padded,
            which a model that reads windows needs.
        calibration: token ids of texts, better those of training. Ranges of activations are
            measured on every other one (calibrated_int8). On the others, 95% of the answers must
            be those of Keras.

    Returns:
        The version folder.

    Raises:
        ValueError: if the model cannot be converted, or the answers differ.
        ImportError: if LiteRT is not installed.
    """
    _check_settings(quantization, length, calibration)
    _check_layers(model, quantization, length)
    columns = max_length if length == "fixed" else None
    padding = f"Fill up to {max_length} ids with 0." if columns else "No padding is needed."
    shape = f"[1, {max_length if columns else 'T'}]"
    return write_token_model(
        model,
        tokenizer,
        label_names,
        folder,
        TokenModel(
            file=MODEL,
            convert=lambda path: path.write_bytes(
                _convert(model, columns, quantization, calibration[::2])
            ),
            reader=LiteRTClassifier,
            tolerance=TOLERANCES[quantization],
            description={
                "runtime": "LiteRT",
                "inputs": f"`token_ids` {shape} int32 of the signature `tokens`",
                "outputs": f"`scores` [1, {model.output_shape[-1]}] float32",
                "padding": padding,
                "length": length,
                "quantization": quantization,
            },
            unseen=calibration[1::2],
        ),
        max_length=max_length,
        problem_type=problem_type,
        thresholds=thresholds,
        text_pairs=text_pairs,
        check_texts=check_texts,
    )


def _check_settings(quantization: str, length: str, calibration: Sequence[np.ndarray]) -> None:
    for name, value, allowed in (
        ("quantization", quantization, QUANTIZATIONS),
        ("length", length, LENGTHS),
    ):
        if value not in allowed:
            raise ValueError(
                f"`{name}` must be one of: {', '.join(allowed)}. Received: {name}={value!r}"
            )
    calibrated = quantization == "calibrated_int8"
    if calibrated != (len(calibration) > 1):
        raise ValueError(
            "`calibration` must be token ids of at least two texts with quantization="
            "calibrated_int8, and left out without. Received: "
            f"quantization={quantization!r}, calibration of {len(calibration)} texts"
        )


def _check_layers(model: keras.Model, quantization: str, length: str) -> None:
    layers = layers_inside(model)
    # LiteRT wants to know how many windows there are: its lists of tensors and its slices do.
    if length != "fixed" and any(isinstance(layer, TextWindows) for layer in layers):
        raise ValueError(
            "`length` must be fixed for a model that reads windows: LiteRT must know how many. "
            f"Received: length={length!r}"
        )
    # The converter's calibrator ends the process, by a fault in memory, as soon as it runs a loop
    # whose lengths are known (TensorFlow 2.21).
    loops = any(isinstance(layer, keras.layers.RNN) for layer in layers)
    if loops and quantization == "calibrated_int8" and length == "fixed":
        raise ValueError(
            "`quantization` must not be calibrated_int8 for an LSTM of fixed length, which the "
            "converter cannot calibrate. Take dynamic_int8"
            f"{_or_open_length(layers)}. Received: quantization={quantization!r}, length={length!r}"
        )


def _or_open_length(layers: Sequence[keras.layers.Layer]) -> str:
    windows = any(isinstance(layer, TextWindows) for layer in layers)
    return "" if windows else ", or length=dynamic"


def _convert(
    model: keras.Model,
    columns: int | None,
    quantization: str,
    calibration: Sequence[np.ndarray],
) -> bytes:
    archive = keras.export.ExportArchive()
    archive.add_endpoint(
        "tokens",
        lambda token_ids: {"scores": tf.cast(model(token_ids, training=False), tf.float32)},
        [tf.TensorSpec([1, columns], tf.int32, "token_ids")],
    )
    # By way of a SavedModel: only so the converter freezes weights that a loop reads.
    with tempfile.TemporaryDirectory() as folder:
        archive.write_out(folder, verbose=False)
        converter = tf.lite.TFLiteConverter.from_saved_model(folder, signature_keys=["tokens"])
        if quantization != "none":
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
        if quantization == "float16":
            converter.target_spec.supported_types = [tf.float16]
        if quantization == "calibrated_int8":
            converter.representative_dataset = lambda: _samples(calibration, columns)
        try:
            with warnings.catch_warnings():
                # The calibrator makes an interpreter that TensorFlow itself calls deprecated.
                warnings.filterwarnings("ignore", r"(?s).*Interpreter is deprecated", UserWarning)
                return converter.convert()
        except Exception as error:  # Its class is private; of its pages only the names matter.
            unknown = sorted({*_PLACES.findall(str(error))} - {"StatefulPartitionedCall"})
            raise ValueError(", ".join(unknown) or str(error)) from error


def _samples(calibration: Sequence[np.ndarray], columns: int | None) -> Iterator[tuple]:
    for ids in calibration:
        row = np.zeros((1, columns or len(ids)), np.int32)
        row[0, : len(ids)] = ids
        yield "tokens", {"token_ids": row}
