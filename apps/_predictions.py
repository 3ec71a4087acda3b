"""Predictions as lines on the screen, as CSV or as JSON lines."""

import contextlib
import csv
import json
import pathlib
import sys

from keras_pe.client.text_columns import TEXTS
from keras_pe.files.atomic_file import atomic_file


@contextlib.contextmanager
def open_predictions(path, predictions, top_k, pairs=False):
    """Hands out a function that writes texts and what a model says of them.

    A file appears when all is written; one that exists is refused.

    Args:
        path: str ending in `.csv` or `.jsonl`; None for standard output.
        predictions: What reads the scores: see `keras_pe.predictions`.
        top_k: int. Labels per text.
        pairs: bool. Whether there are two texts for each label.

    Yields:
        Function of tuples of one text or two, and scores [N, C].

    Raises:
        ValueError: If the file exists or its ending is another.
    """
    if path is None:
        yield _printer(predictions, top_k)
        return
    path = pathlib.Path(path)
    writers = {".csv": _csv_writer, ".jsonl": _jsonl_writer}
    if path.suffix not in writers:
        raise ValueError(f"`output_file` must end in .csv or .jsonl. Received: {str(path)!r}")
    if path.exists():
        raise ValueError(f"`output_file` must be new. Received: {str(path)!r}, which exists")
    with atomic_file(path) as temporary, open(temporary, "w", encoding="utf-8", newline="") as file:
        names = TEXTS[: 1 + pairs]
        yield writers[path.suffix](file, predictions, top_k, names)


def _printer(predictions, top_k):
    def write(texts, scores):
        for each, row in zip(texts, scores, strict=True):
            shown = " | ".join(" ".join(text.split()) for text in each)
            short = shown if len(shown) <= 100 else shown[:99] + "…"
            print(f"{predictions.shown(row, top_k)}\t{short}")
        sys.stdout.flush()

    return write


def _csv_writer(file, predictions, top_k, names):
    lines = csv.writer(file, lineterminator="\n")
    lines.writerow([*names, *predictions.columns(top_k)])

    def write(texts, scores):
        for each, row in zip(texts, scores, strict=True):
            lines.writerow([*each, *predictions.cells(row, top_k)])

    return write


def _jsonl_writer(file, predictions, top_k, names):
    def write(texts, scores):
        for each, row in zip(texts, scores, strict=True):
            record = {**dict(zip(names, each, strict=True)), **predictions.record(row, top_k)}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")

    return write
