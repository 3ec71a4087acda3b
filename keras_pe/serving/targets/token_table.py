"""The files beside a model of token ids: what turns text into ids, and scores into labels."""

import json
from pathlib import Path

import keras
import tensorflow as tf

from keras_pe import __version__
from keras_pe.serving.answers import ClassAnswer
from keras_pe.serving.targets.token_folder import CHARACTERS, DESCRIPTION
from keras_pe.serving.targets.token_readme import README, token_readme
from keras_pe.text.character_table import character_table
from keras_pe.text.plain_description import plain_description
from keras_pe.text.tokenizer import Tokenizer


def write_token_table(
    folder: Path,
    tokenizer: Tokenizer,
    answer: ClassAnswer,
    *,
    max_length: int,
    text_pairs: bool,
    model: dict[str, str],
) -> None:
    """Writes the vocabulary, `characters.json`, `keras_pe.json` and `README.md`.

    Args:
        folder: the version that is being written.
        tokenizer: the one that the model was trained with.
        answer: what the model answers with.
        max_length: int. Ids of a text, or of a pair.
        text_pairs: bool. Whether the model answers pairs of texts.
        model: `kind`, `file`, `inputs`, `outputs`, `padding` (a sentence) and what else the reader
            of this kind wants to know.
    """
    description = {
        **model,
        "labels": list(answer.label_names),
        "problem_type": answer.problem_type,
        "thresholds": None if answer.thresholds is None else answer.thresholds.tolist(),
        "text_pairs": text_pairs,
        "max_length": max_length,
        **plain_description(tokenizer),
        "versions": {
            "keras_pe": __version__,
            "keras": keras.__version__,
            "tensorflow": tf.__version__,
        },
    }
    tokenizer.write_vocabulary_file(folder / tokenizer.vocabulary_file)
    _write_json(folder / CHARACTERS, character_table(tokenizer))
    _write_json(folder / DESCRIPTION, description, indent=1)
    (folder / README).write_text(token_readme(description), encoding="utf-8")


def write_agreement(folder: Path, agreement: dict[str, float]) -> None:
    """Adds to `keras_pe.json` how often the answers were those of Keras.

    Args:
        folder: the version that is being written.
        agreement: what `check_agreement` found.
    """
    path = folder / DESCRIPTION
    told = json.loads(path.read_text(encoding="utf-8"))
    _write_json(path, told | {"agreement": agreement}, indent=1)


def _write_json(path: Path, content: object, **layout) -> None:
    text = json.dumps(content, ensure_ascii=False, **layout)
    path.write_text(text + "\n", encoding="utf-8")
