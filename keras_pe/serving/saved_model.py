"""Writes a classifier as a SavedModel that takes raw text."""

from collections.abc import Sequence
from pathlib import Path

import keras
import tensorflow as tf

from keras_pe.serving.archive import build_archive
from keras_pe.serving.description import write_description, write_model_card
from keras_pe.serving.graph_gate import check_servable
from keras_pe.serving.parity import EDGE_TEXTS, check_parity
from keras_pe.serving.portable_rnn import without_cudnn
from keras_pe.serving.run_facts import RunFacts
from keras_pe.serving.served import ServedClassifier
from keras_pe.serving.server_files import write_server_files
from keras_pe.serving.versions import publish_version
from keras_pe.serving.warm_up import write_warm_up
from keras_pe.text.tokenizer import Tokenizer


def write_saved_model(
    model: keras.Model,
    tokenizer: Tokenizer,
    label_names: Sequence[str],
    folder: str | Path,
    *,
    max_length: int,
    check_texts: Sequence[str | bytes] = (),
    facts: RunFacts | None = None,
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
        facts: of the run that the model came from, for `assets.extra/MODEL_CARD.md`.

    Returns:
        The version folder, such as `saved_models/news/1`.

    Raises:
        ValueError: if the names do not fit the model, the graph could not be served, or the answers
            differ.
    """
    label_names = list(label_names)
    name = Path(folder).resolve().name
    _check_arguments(model, label_names, Path(folder))

    def write(temporary: Path) -> None:
        with without_cudnn(model):
            archive = build_archive(model, tokenizer, label_names, max_length=max_length)
            archive.write_out(temporary, verbose=False)
            _name_classify_method(temporary)
            check_servable(temporary)
            lengths = {"max_length": max_length, "truncation": tokenizer.truncation}
            write_description(temporary, label_names, **lengths)
            served = ServedClassifier(temporary)
            texts = [*EDGE_TEXTS, *check_texts]
            check_parity(served, model, tokenizer, texts, max_length=max_length)
            write_warm_up(served, tokenizer, name)
            write_server_files(temporary, Path(folder))
            write_model_card(served, name, tokenizer.vocabulary, facts)

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
