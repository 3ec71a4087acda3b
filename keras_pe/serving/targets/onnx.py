"""Writes a classifier for ONNX Runtime."""

from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from keras_pe.serving.targets.onnx_classifier import ONNXClassifier
from keras_pe.serving.targets.onnx_ops import MISSING_OPS
from keras_pe.serving.targets.token_model import TokenModel, write_token_model
from keras_pe.text.tokenizer import Tokenizer

MODEL = "model.onnx"
OPSET = 18
TOLERANCE = 1e-5


def write_onnx(
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
) -> Path:
    """Exports a classifier to ONNX, with all that turns text into its ids.

    `model.onnx`, of opset 18: `token_ids` [B, T] int32, 0 = padding -> `scores` [B, C] float32.

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

    Returns:
        The version folder.

    Raises:
        ValueError: if the model cannot be converted, or the answers differ.
        ImportError: if ONNX is not installed.
    """
    return write_token_model(
        model,
        tokenizer,
        label_names,
        folder,
        TokenModel(
            file=MODEL,
            convert=lambda path: _convert(model, path),
            reader=ONNXClassifier,
            tolerance=TOLERANCE,
            description={
                "runtime": "ONNX Runtime",
                "inputs": "`token_ids` [B, T] int32",
                "outputs": f"`scores` [B, {model.output_shape[-1]}] float32",
                "padding": "Fill up to the longest text of a batch with 0.",
            },
        ),
        max_length=max_length,
        problem_type=problem_type,
        thresholds=thresholds,
        text_pairs=text_pairs,
        check_texts=check_texts,
    )


def _convert(model: keras.Model, path: Path) -> None:
    try:
        import tf2onnx
    except ImportError as error:
        raise ImportError("ONNX must be installed: pip install 'keras-pe[onnx]'.") from error
    signature = [tf.TensorSpec([None, None], tf.int32, "token_ids")]

    def scores(token_ids):
        return {"scores": tf.cast(model(token_ids, training=False), tf.float32)}

    tf2onnx.convert.from_function(
        tf.function(scores, input_signature=signature, autograph=False),
        signature,
        opset=OPSET,
        custom_op_handlers=MISSING_OPS,
        output_path=str(path),
    )
