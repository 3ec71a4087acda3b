"""Reads an exported classifier with tensorflow and tensorflow_text; Keras need not be there."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import tensorflow as tf

from keras_pe.client.text_columns import TEXTS, column_batches, text_columns
from keras_pe.predictions import predictions
from keras_pe.serving.answers import build_answer
from keras_pe.serving.tf_text_ops import register_text_ops
from keras_pe.serving.versions import latest_version

EXTRA = "assets.extra"  # TensorFlow Serving leaves this folder to the user
DESCRIPTION = "keras_pe.json"
LABELS = "labels.json"


class ServedClassifier:
    """Answers texts with a SavedModel that `write_saved_model` wrote.

    Args:
        folder: a version folder, or a model folder, of which the highest version is taken.

    Attributes:
        folder: the version folder.
        label_names: the classes, in the order of the scores; none of a number.
        answer: what the model answers with, and how it is read.
        predictions: what writes answers down: see `keras_pe.predictions`.
        max_length: int. Tokens of a text that the model reads; the rest is cut.
        truncation: str. Which part of a longer text it reads: its `head`, its `tail`, `head_tail`;
            with `window` its beginning, in windows.
        inputs: names of what it takes, `text`, or `text` and `second_text` if it answers pairs.
        text_pairs: bool. Whether it answers pairs of texts.
        signatures: the endpoints by name, each a function of named tensors to a dict of tensors.

    Raises:
        FileNotFoundError: if there is no such folder.
        ValueError: if it holds no SavedModel of keras_pe.
    """

    def __init__(self, folder: str | Path):
        self.folder = _version_folder(Path(folder))
        self.label_names = tuple(_read_json(self.folder / EXTRA / LABELS))
        description = _read_json(self.folder / EXTRA / DESCRIPTION)
        self.max_length = description["max_length"]
        self.truncation = description.get("truncation", "head")  # Earlier exports do not say it.
        # Exports of earlier versions have one label per text, and do not say so.
        self.problem_type = description.get("problem_type", "single_label")
        self.thresholds = description.get("thresholds")
        self.predictions = predictions(self.problem_type, self.label_names, self.thresholds)
        self.answer = build_answer(self.problem_type, self.label_names, self.thresholds)
        register_text_ops()
        # A signature does not keep alive the variables that it reads; the loaded object does.
        self._loaded = tf.saved_model.load(str(self.folder))
        self.signatures = self._loaded.signatures
        self._ask = self.signatures["serving_default"]
        taken = self._ask.structured_input_signature[1]
        self.inputs = tuple(name for name in TEXTS if name in taken)
        self.text_pairs = len(self.inputs) > 1

    def predict(
        self,
        texts: Sequence[str | bytes],
        second_texts: Sequence[str | bytes] | None = None,
        *,
        batch_size: int = 64,
    ) -> tuple[list, np.ndarray]:
        """Answers texts, those of similar length together.

        Args:
            texts: strings, or bytes that should be UTF-8; invalid ones count as U+FFFD.
            second_texts: as many; the second texts of pairs, if it answers pairs.
            batch_size: int. Texts that are computed at once, as long as they have no more than a
                megabyte.

        Returns:
            The best label of each text, and scores [B, C] float32 in the order of `label_names`;
            with multi_label, the labels of each text; of a regression, the numbers, and [B, 1].
        """
        columns = text_columns(texts, second_texts, pairs=self.text_pairs)
        decisions = [None] * len(texts)
        scores = np.zeros((len(texts), self.answer.size), np.float32)
        for rows, asked in column_batches(columns, batch_size):
            tensors = [tf.constant(column, tf.string) for column in asked]
            answer = self._ask(**dict(zip(self.inputs, tensors, strict=True)))
            scores[rows] = self.answer.scores(answer)
            for row, decision in zip(rows, self.answer.decisions(answer), strict=True):
                decisions[row] = decision
        return decisions, scores


def _version_folder(folder: Path) -> Path:
    if not folder.is_dir():
        raise FileNotFoundError(f"`folder` must be an existing folder. Received: folder={folder}")
    version = folder if (folder / "saved_model.pb").exists() else latest_version(folder)
    needed = ("saved_model.pb", f"{EXTRA}/{DESCRIPTION}", f"{EXTRA}/{LABELS}")
    missing = [name for name in needed if version is None or not (version / name).is_file()]
    if missing:
        raise ValueError(
            f"`folder` must hold a SavedModel that keras_pe exported. Received: "
            f"folder={version or folder}, which lacks {', '.join(missing)}"
        )
    return version


def _read_json(path: Path) -> list | dict:
    return json.loads(path.read_text(encoding="utf-8"))
