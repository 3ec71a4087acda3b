"""The files in `assets.extra` that say what a SavedModel is, to programs and to people."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import keras
import tensorflow as tf
import tensorflow_text
from tensorflow.core.protobuf import meta_graph_pb2

from keras_pe import __version__
from keras_pe.serving.answers import ClassAnswer
from keras_pe.serving.graph_gate import public_signatures, read_saved_model
from keras_pe.serving.model_card import model_card
from keras_pe.serving.run_facts import RunFacts
from keras_pe.serving.served import DESCRIPTION, EXTRA, LABELS, ServedClassifier
from keras_pe.serving.signature import describe_signatures

SIGNATURE = "signature.json"
CARD = "MODEL_CARD.md"


def write_description(
    folder: Path, answer: ClassAnswer, *, max_length: int, truncation: str
) -> None:
    """Writes `labels.json`, `keras_pe.json` and `signature.json`.

    Args:
        folder: the version that is being written; its graph is read.
        answer: what the model answers with.
        max_length: int. Tokens of a text that the model reads.
        truncation: str. Which part of a longer text it reads.
    """
    (graph,) = read_saved_model(folder).meta_graphs
    description = {
        "max_length": max_length,
        "truncation": truncation,
        "problem_type": answer.problem_type,
        "thresholds": None if answer.thresholds is None else answer.thresholds.tolist(),
        "signatures": {
            name: {"inputs": _tensors(signature.inputs), "outputs": _tensors(signature.outputs)}
            for name, signature in public_signatures(graph).items()
        },
        "versions": _versions(),
    }
    (folder / EXTRA).mkdir()
    contents = {
        LABELS: list(answer.label_names),
        DESCRIPTION: description,
        SIGNATURE: describe_signatures(graph, max_length, answer.about),
    }
    for name, content in contents.items():
        text = json.dumps(content, ensure_ascii=False, indent=2)
        (folder / EXTRA / name).write_text(text + "\n", encoding="utf-8")


def write_model_card(
    served: ServedClassifier, model_name: str, vocabulary: Sequence[str], facts: RunFacts | None
) -> None:
    """Writes `MODEL_CARD.md`.

    Args:
        served: the loaded version.
        model_name: name of the served model.
        vocabulary: the tokenizer's word pieces.
        facts: of the run that the model came from, or None.
    """
    card = model_card(
        model_name,
        served.answer,
        vocabulary,
        endpoints=set(served.signatures),
        max_length=served.max_length,
        truncation=served.truncation,
        inputs=served.inputs,
        versions=_versions(),
        facts=facts,
    )
    (served.folder / EXTRA / CARD).write_text(card, encoding="utf-8")


def _versions() -> dict[str, str]:
    return {
        "keras_pe": __version__,
        "keras": keras.__version__,
        "tensorflow": tf.__version__,
        "tensorflow_text": tensorflow_text.__version__,
    }


def _tensors(tensors: Mapping[str, meta_graph_pb2.TensorInfo]) -> dict[str, str]:
    """Describes tensors by name, such as `float32 [None, 4]`; None may be any number."""
    return {
        name: f"{tf.as_dtype(info.dtype).name} {tf.TensorShape(info.tensor_shape).as_list()}"
        for name, info in sorted(tensors.items())
    }
