"""How large an export is, how near to the Keras model, and how fast."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from keras_pe.serving.vocabulary_texts import vocabulary_texts

_ROUNDS = 5
_ROWS = 16
_WORDS = (1, 4, 16, 64)


@dataclass(frozen=True)
class ExportReport:
    """What is worth knowing of an export.

    Args:
        folder: the version folder.
        size_bytes: int. Of all files in it.
        same: int. Texts that get the answer that the Keras model gives.
        texts: int. Texts that were compared.
        difference: float. The largest between two scores.
        milliseconds: float. For one text, from string to label: the median of the texts.
    """

    folder: Path
    size_bytes: int
    same: int
    texts: int
    difference: float
    milliseconds: float

    def __str__(self):
        return (
            f"{self.size_bytes / 1e6:.2f} MB, {self.same} of {self.texts} answers as Keras, "
            f"scores within {self.difference:.1e}, {self.milliseconds:.2f} ms a text"
        )


def report_exports(readers: Sequence, classifier) -> list[ExportReport]:
    """Compares exports with the model they came from, and with each other by turns.

    The texts are made of words of the vocabulary, 1 to 64 of them.

    Args:
        readers: opened exports, as `open_exported` returns them.
        classifier: the `TextClassifier`, or what has its `predict`, `tokenizer` and `text_pairs`.

    Returns:
        A report of each reader.
    """
    tokenizer = classifier.tokenizer
    texts = [text for words in _WORDS for text in vocabulary_texts(tokenizer, _ROWS, words)]
    # Where pairs are wanted, each text comes with one of the others, from the end.
    columns = [texts, texts[::-1]][: 1 + classifier.text_pairs]
    answers, scores = classifier.predict(*columns)
    taken = _milliseconds(readers, columns)
    reports = []
    for reader, milliseconds in zip(readers, taken, strict=True):
        found_answers, found = reader.predict(*columns)
        reports.append(
            ExportReport(
                folder=reader.folder,
                size_bytes=sum(f.stat().st_size for f in reader.folder.rglob("*") if f.is_file()),
                same=sum(map(_same, answers, found_answers)),
                texts=len(texts),
                difference=float(np.abs(found - scores).max()),
                milliseconds=milliseconds,
            )
        )
    return reports


def _same(answer, found) -> bool:
    """Whether two answers are the same; numbers may differ where float32 rounds."""
    if isinstance(answer, float):
        return bool(np.isclose(answer, found, rtol=1e-4, atol=1e-6))
    return answer == found


def _milliseconds(readers: Sequence, columns: Sequence[Sequence[str]]) -> list[float]:
    taken = [[] for _ in readers]
    for number in range(_ROUNDS + 1):
        for reader, of_reader in zip(readers, taken, strict=True):
            for texts in zip(*columns, strict=True):
                began = time.perf_counter()
                reader.predict(*([text] for text in texts))
                # The first round loads and compiles.
                if number:
                    of_reader.append(1000 * (time.perf_counter() - began))
    return [float(np.median(each)) for each in taken]
