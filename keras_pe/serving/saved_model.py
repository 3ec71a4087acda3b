"""Writes a classifier as a SavedModel that takes raw text."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import keras
import tensorflow as tf
import tensorflow_text
from tensorflow.core.protobuf import meta_graph_pb2

from keras_pe import __version__
from keras_pe.serving.archive import build_archive
from keras_pe.serving.graph_gate import check_servable, public_signatures, read_saved_model
from keras_pe.serving.parity import EDGE_TEXTS, check_parity
from keras_pe.serving.portable_rnn import without_cudnn
from keras_pe.serving.served import DESCRIPTION, EXTRA, LABELS, ServedClassifier
from keras_pe.serving.versions import publish_version
from keras_pe.serving.warm_up import write_warm_up
from keras_pe.text.tokenizer import WordPieceTokenizer


def write_saved_model(
    model: keras.Model,
    tokenizer: WordPieceTokenizer,
    label_names: Sequence[str],
    folder: str | Path,
    *,
    max_length: int,
    check_texts: Sequence[str | bytes] = (),
) -> Path:
    """Exports a classifier, with its tokenizer and labels inside, as the next version of a model.

    Signatures, for any batch size B, with C classes:

    - `serving_default`: `text` [B] string -> `label` [B] string, `score` [B] float32, `labels`
      [B, C] string, `scores` [B, C] float32. Texts are UTF-8; a batch is padded to its longest.
    - `tokens`: `token_ids` [B, T] int32, T at most `max_length`, 0 = padding -> the same four.
    - `tokenize`: `text` [B] string -> `token_ids` [B, T] int32.
    - `classify`: `inputs` [B] string, each a `tf.Example` with `text` -> `classes` [B, C] string,
      `scores` [B, C] float32. It answers the server's Classify too.
    - `embed`: `text` [B] string -> `embedding` [B, D] float32, the vector that the head reads; left
      out where the last Dense layer reads no such vector.

    The version appears under its number when it is complete, its graph holds nothing that a stock
    TensorFlow Serving lacks, and it answers as the Keras model does. Requests that the server warms
    up with stand beside it, each of which it has answered.

    Args:
        model: from token ids [B, T] int32 to probabilities [B, C].
        tokenizer: the tokenizer that the model was trained with.
        label_names: C names.
        folder: the model's folder, such as `saved_models/news`. Nothing in it is overwritten.
        max_length: int. Tokens of a text that the model reads.
        check_texts: texts on which the export is compared with Keras, besides an empty one, one
            that is not UTF-8, and a very long one.

    Returns:
        The version folder, such as `saved_models/news/1`.

    Raises:
        ValueError: if the names do not fit the model, the graph could not be served, or the answers
            differ.
    """
    label_names = list(label_names)
    _check_arguments(model, label_names, Path(folder))

    def write(temporary: Path) -> None:
        with without_cudnn(model):
            archive = build_archive(model, tokenizer, label_names, max_length=max_length)
            archive.write_out(temporary, verbose=False)
            _name_classify_method(temporary)
            check_servable(temporary)
            _write_extra(temporary, label_names, max_length)
            texts = [*EDGE_TEXTS, *check_texts]
            served = ServedClassifier(temporary)
            check_parity(served, model, tokenizer, texts, max_length=max_length)
            write_warm_up(served, tokenizer, Path(folder).resolve().name)

    return publish_version(folder, write)


def _check_arguments(model: keras.Model, label_names: list[str], folder: Path) -> None:
    if keras.backend.backend() != "tensorflow":
        raise ValueError(
            "A SavedModel can be written with Keras' tensorflow backend only. "
            f"Received: backend={keras.backend.backend()!r}"
        )
    if model.output_shape[-1:] != (len(label_names),) or len(model.output_shape) != 2:
        raise ValueError(
            "`label_names` must name every output of the model. "
            f"Received: {len(label_names)} names, output_shape={model.output_shape}"
        )
    if len(set(label_names)) < len(label_names):
        raise ValueError(f"`label_names` must differ. Received: label_names={label_names!r}")
    if (folder / "saved_model.pb").exists():
        raise ValueError(
            "`folder` must be a model's folder, in which versions are numbered. "
            f"Received: folder={folder}, which is a SavedModel itself"
        )


def _name_classify_method(folder: Path) -> None:
    """Keras names every method Predict; servers may check the name before they answer Classify."""
    signatures = tf.compat.v1.saved_model.signature_def_utils
    updater = signatures.MethodNameUpdater(str(folder))
    updater.replace_method_name("classify", tf.compat.v1.saved_model.CLASSIFY_METHOD_NAME)
    updater.save()


def _write_extra(folder: Path, label_names: list[str], max_length: int) -> None:
    (graph,) = read_saved_model(folder).meta_graphs
    description = {
        "max_length": max_length,
        "signatures": {
            name: {"inputs": _tensors(signature.inputs), "outputs": _tensors(signature.outputs)}
            for name, signature in public_signatures(graph).items()
        },
        "versions": {
            "keras_pe": __version__,
            "keras": keras.__version__,
            "tensorflow": tf.__version__,
            "tensorflow_text": tensorflow_text.__version__,
        },
    }
    (folder / EXTRA).mkdir()
    for name, content in ((LABELS, label_names), (DESCRIPTION, description)):
        text = json.dumps(content, ensure_ascii=False, indent=2)
        (folder / EXTRA / name).write_text(text + "\n", encoding="utf-8")


def _tensors(tensors: Mapping[str, meta_graph_pb2.TensorInfo]) -> dict[str, str]:
    """Describes tensors by name, such as `float32 [None, 4]`; None may be any number."""
    return {
        name: f"{tf.as_dtype(info.dtype).name} {tf.TensorShape(info.tensor_shape).as_list()}"
        for name, info in sorted(tensors.items())
    }
