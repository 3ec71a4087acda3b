"""Predictions as lines on the screen, as CSV or as JSON lines."""

import contextlib
import csv
import json
import pathlib
import sys

import numpy as np

from keras_pe.files.atomic_file import atomic_file


@contextlib.contextmanager
def open_predictions(path, label_names, top_k):
    """Hands out a function that writes texts and their scores.

    A file appears when all is written; one that exists is refused.

    Args:
        path: str ending in `.csv` or `.jsonl`; None for standard output.
        label_names: Names of the classes.
        top_k: int. Labels per text.

    Yields:
        Function of texts and scores [N, C].

    Raises:
        ValueError: If the file exists or its ending is another.
    """
    if path is None:
        yield _printer(label_names, top_k)
        return
    path = pathlib.Path(path)
    writers = {".csv": _csv_writer, ".jsonl": _jsonl_writer}
    if path.suffix not in writers:
        raise ValueError(f"`output_file` must end in .csv or .jsonl. Received: {str(path)!r}")
    if path.exists():
        raise ValueError(f"`output_file` must be new. Received: {str(path)!r}, which exists")
    with atomic_file(path) as temporary, open(temporary, "w", encoding="utf-8", newline="") as file:
        yield writers[path.suffix](file, label_names, top_k)


def _best(scores, label_names, top_k):
    """Returns the best labels with their probabilities."""
    order = np.argsort(-scores, kind="stable")[:top_k]
    return [(label_names[index], round(float(scores[index]), 6)) for index in order]


def _printer(label_names, top_k):
    def write(texts, scores):
        for text, row in zip(texts, scores, strict=True):
            best = _best(row, label_names, top_k)
            labels = "  ".join(f"{label} {probability:.4f}" for label, probability in best)
            shown = " ".join(text.split())
            print(f"{labels}\t{shown if len(shown) <= 100 else shown[:99] + '…'}")
        sys.stdout.flush()

    return write


def _csv_writer(file, label_names, top_k):
    lines = csv.writer(file, lineterminator="\n")
    more = [f"{name}_{rank}" for rank in range(2, top_k + 1) for name in ("label", "probability")]
    lines.writerow(["text", "label", "probability", *more])

    def write(texts, scores):
        for text, row in zip(texts, scores, strict=True):
            best = _best(row, label_names, top_k)
            lines.writerow([text, *(cell for pair in best for cell in pair)])

    return write


def _jsonl_writer(file, label_names, top_k):
    def write(texts, scores):
        for text, row in zip(texts, scores, strict=True):
            best = _best(row, label_names, top_k)
            record = {"text": text, "label": best[0][0], "probability": best[0][1]}
            record["scores"] = dict(best)
            file.write(json.dumps(record, ensure_ascii=False) + "\n")

    return write
