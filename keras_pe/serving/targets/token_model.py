"""Writes, opens and compares a model of token ids, whatever runs it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np

from keras_pe.serving.answers import build_answer
from keras_pe.serving.exportable import check_exportable
from keras_pe.serving.parity import EDGE_TEXTS, check_parity
from keras_pe.serving.portable_rnn import without_cudnn
from keras_pe.serving.targets.agreement import check_agreement
from keras_pe.serving.targets.token_classifier import TokenClassifier
from keras_pe.serving.targets.token_table import write_agreement, write_token_table
from keras_pe.serving.versions import publish_version
from keras_pe.serving.vocabulary_texts import vocabulary_texts
from keras_pe.text.tokenizer import Tokenizer

# Texts made of the vocabulary: more than the hard ones tell what rounded weights do.
_ROWS, _WORDS = 16, 16


@dataclass(frozen=True)
class TokenModel:
    """How a network is written for a runtime, and read again.

    Args:
        file: name of its file.
        convert: writes the network to a path.
        reader: opens the folder.
        tolerance: float. By how much scores may differ from those of Keras.
        description: what `write_token_table` tells of it.
        unseen: token ids of training texts on which most answers must be those of Keras, where
            activations are rounded.
    """

    file: str
    convert: Callable[[Path], object]
    reader: type[TokenClassifier]
    tolerance: float
    description: dict[str, str]
    unseen: Sequence[np.ndarray] = ()


def write_token_model(
    model: keras.Model,
    tokenizer: Tokenizer,
    label_names: Sequence[str],
    folder: str | Path,
    kind: TokenModel,
    *,
    max_length: int,
    problem_type: str = "single_label",
    thresholds: np.ndarray | None = None,
    text_pairs: bool = False,
    check_texts: Sequence[str | bytes] = (),
) -> Path:
    """Writes the next version of a model, which appears when it answers as Keras does.

    Args:
        model: from token ids [B, T] int32 to probabilities [B, C], or numbers [B, 1].
        tokenizer: the tokenizer that the model was trained with.
        label_names: C names; none of a number.
        folder: in which versions are numbered. Nothing in it is overwritten.
        kind: what is written.
        max_length: int. Tokens of a text, or of a pair, that the model reads.
        problem_type: a key of `keras_pe.serving.answers.ANSWERS`.
        thresholds: [C] float. From which score on a label is given (multi_label).
        text_pairs: bool. Whether the model was trained on pairs of texts.
        check_texts: texts to compare on, besides hard ones and ones of the vocabulary.

    Returns:
        The version folder.

    Raises:
        ValueError: if the names do not fit the model, it cannot be converted, or answers differ.
    """
    answer = build_answer(problem_type, label_names, thresholds)
    check_exportable(model, answer)

    def write(temporary: Path) -> None:
        described = kind.description | {"kind": kind.reader.kind, "file": kind.file}
        sizes = {"max_length": max_length, "text_pairs": text_pairs}
        write_token_table(temporary, tokenizer, answer, **sizes, model=described)
        with without_cudnn(model):
            reader = _convert(kind, temporary)
        check_parity(
            reader,
            model,
            tokenizer,
            [*EDGE_TEXTS, *vocabulary_texts(tokenizer, _ROWS, _WORDS), *check_texts],
            max_length=max_length,
            answer=answer,
            tolerance=kind.tolerance,
        )
        if kind.unseen:
            write_agreement(temporary, check_agreement(reader, model, answer, kind.unseen))

    return publish_version(folder, write)


def _convert(kind: TokenModel, folder: Path) -> TokenClassifier:
    """Returns the reader: some converters write, without a word, what no runtime can open."""
    try:
        kind.convert(folder / kind.file)
        return kind.reader(folder)
    except ImportError:
        raise
    except Exception as error:  # Converters and runtimes have classes of their own.
        said = " ".join(str(error).split()) or repr(error)
        raise ValueError(
            f"The model must be made of operations that {kind.description['runtime']} has. "
            f"Received: {said[:600]}"
        ) from error
