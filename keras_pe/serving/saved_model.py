"""Writes a classifier as a SavedModel that takes raw text."""

from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from keras_pe.serving.answers import ClassAnswer, build_answer
from keras_pe.serving.archive import build_archive
from keras_pe.serving.description import write_description, write_model_card
from keras_pe.serving.exportable import check_exportable
from keras_pe.serving.graph_gate import check_servable
from keras_pe.serving.parity import EDGE_TEXTS, check_parity
from keras_pe.serving.portable_rnn import without_cudnn
from keras_pe.serving.run_facts import RunFacts
from keras_pe.serving.served import ServedClassifier
from keras_pe.serving.server_files import write_server_files
from keras_pe.serving.signature import METHODS
from keras_pe.serving.stored_weights import WEIGHT_TOLERANCES
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
    problem_type: str = "single_label",
    thresholds: np.ndarray | None = None,
    check_texts: Sequence[str | bytes] = (),
    weights: str = "float32",
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
      With `problem_type="multi_label"`, `serving_default` gives `positive` [B, C] bool and
      `thresholds` [B, C] float32 too. With "regression" it gives `value` [B] float32 alone, and
      `regress` takes the place of `classify`: `inputs` -> `outputs` [B] float32.
    - `embed`: `text` [B] string -> `embedding` [B, D] float32, the vector that the head reads; left
      out where the last Dense layer reads no such vector.

    The version appears under its number when it is complete, its graph holds nothing that a stock
    TensorFlow Serving lacks, and it answers as the Keras model does. Requests that the server warms
    up with stand beside it, each of which it has answered.

    Args:
        model: from token ids [B, T] int32 to probabilities [B, C], or to numbers [B, 1].
        tokenizer: the tokenizer that the model was trained with.
        label_names: C names; none of a number.
        folder: the model's folder, such as `saved_models/news`. Nothing in it is overwritten.
        max_length: int. Tokens of a text that the model reads.
        problem_type: a key of `keras_pe.serving.answers.ANSWERS`.
        thresholds: [C] float. From which score on a label is given (multi_label).
        check_texts: texts on which the export is compared with Keras, besides an empty one, one
            that is not UTF-8, and a very long one.
        weights: `"float32"`, or `"bfloat16"` to store them in half the space; the graph computes in
            the types of the model all the same.
        facts: of the run that the model came from, for `assets.extra/MODEL_CARD.md`.

    Returns:
        The version folder, such as `saved_models/news/1`.

    Raises:
        ValueError: if the names do not fit the model, the graph could not be served, or the answers
            differ.
    """
    label_names = list(label_names)
    name = Path(folder).resolve().name
    answer = build_answer(problem_type, label_names, thresholds)
    _check_arguments(model, answer, Path(folder))

    def write(temporary: Path) -> None:
        with without_cudnn(model):
            archive = build_archive(
                model, tokenizer, answer, max_length=max_length, weights=weights
            )
            archive.write_out(temporary, verbose=False)
            _name_method(temporary, answer.for_examples)
            check_servable(temporary)
            lengths = {"max_length": max_length, "truncation": tokenizer.truncation}
            write_description(temporary, answer, **lengths)
            served = ServedClassifier(temporary)
            texts = [*EDGE_TEXTS, *check_texts]
            check_parity(
                served,
                model,
                tokenizer,
                texts,
                max_length=max_length,
                answer=answer,
                tolerance=WEIGHT_TOLERANCES[weights],
            )
            write_warm_up(served, tokenizer, name)
            write_server_files(temporary, Path(folder))
            write_model_card(served, name, tokenizer.vocabulary, facts)

    return publish_version(folder, write)


def _check_arguments(model: keras.Model, answer: ClassAnswer, folder: Path) -> None:
    check_exportable(model, answer)
    if (folder / "saved_model.pb").exists():
        raise ValueError(
            "`folder` must be a model's folder, in which versions are numbered. "
            f"Received: folder={folder}, which is a SavedModel itself"
        )


def _name_method(folder: Path, endpoint: str) -> None:
    """Keras names every method Predict; servers may check the name before they answer others."""
    signatures = tf.compat.v1.saved_model.signature_def_utils
    updater = signatures.MethodNameUpdater(str(folder))
    updater.replace_method_name(endpoint, METHODS[endpoint])
    updater.save()
