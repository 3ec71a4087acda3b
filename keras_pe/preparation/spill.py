"""Examples sorted into buckets on disk by a hash, so that each bucket fits into memory."""

import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from tqdm import tqdm

from keras_pe.data.content import content
from keras_pe.data.example import Example
from keras_pe.data.splits import draw_number
from keras_pe.files.new_folder import new_folder

# What a split must know of a row: its hash, its label, and its place in the source.
KEY = np.dtype([("draw", "<u8"), ("label", "<u4"), ("at", "<u8")])
_ABOUT = "about.json"
_FLUSH_BYTES = 2**24


def spill(
    examples: Iterable[Example],
    folder: str | os.PathLike[str],
    *,
    num_buckets: int,
    seed: int,
    progress: str | None = None,
) -> None:
    """Writes examples into buckets; the folder is there complete, or not at all.

    Texts that are equal but for case and punctuation meet in one bucket, and each bucket is a
    random part of the examples, whatever their order was.

    Args:
        examples: iterable of Example, all with a label; gone over once.
        folder: str or path, new.
        num_buckets: int.
        seed: int. Of the hash.
        progress: str. What a bar on standard error is called; None shows none.
    """
    with new_folder(folder) as building:
        writer = _Writer(building)
        labels: dict[str, list] = {}
        shown = tqdm(examples, progress, unit=" texts", disable=progress is None)
        for at, example in enumerate(shown):
            draw = draw_number(seed, content(example.text))
            known = labels.setdefault(example.label, [len(labels), 0, example.source, example.row])
            known[1] += 1
            writer.add(draw % num_buckets, (draw, known[0], at), example)
        writer.flush()
        about = {label: values[1:] for label, values in labels.items()}
        (building / _ABOUT).write_text(json.dumps(about), "utf-8")


def read_label_counts(folder: Path) -> dict[str, tuple[int, Example]]:
    """Returns for each label how many rows have it, and the first of them without its text."""
    about = json.loads((folder / _ABOUT).read_text("utf-8"))
    return {
        label: (rows, Example("", label, source, row))
        for label, (rows, source, row) in about.items()
    }


def read_keys(folder: Path, bucket: int) -> np.ndarray:
    """Returns the keys of the rows of a bucket, [N] `KEY`; labels count in the folder's order."""
    path = folder / f"{bucket}.keys"
    return np.fromfile(path, KEY) if path.exists() else np.zeros(0, KEY)


def read_rows(folder: Path, bucket: int) -> Iterator[Example]:
    """Yields the examples of a bucket, in the order of their source."""
    path = folder / f"{bucket}.jsonl"
    if path.exists():
        with open(path, encoding="utf-8", newline="\n") as lines:
            for line in lines:
                text, label, source, row = json.loads(line)
                # One string for all rows that share it.
                yield Example(text, sys.intern(label), sys.intern(source), row)


class _Writer:
    """Collects rows, and appends them to the files of their buckets some megabytes at a time."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._lines: dict[int, list[str]] = defaultdict(list)
        self._keys: dict[int, list[tuple]] = defaultdict(list)
        self._bytes = 0

    def add(self, bucket: int, key: tuple[int, int, int], example: Example) -> None:
        line = json.dumps(
            (example.text, example.label, example.source, example.row), ensure_ascii=False
        )
        self._lines[bucket].append(line)
        self._keys[bucket].append(key)
        self._bytes += len(line) + 200  # What Python keeps of a short one.
        if self._bytes > _FLUSH_BYTES:
            self.flush()

    def flush(self) -> None:
        for bucket, lines in self._lines.items():
            with open(self._folder / f"{bucket}.jsonl", "ab") as file:
                file.write(("\n".join(lines) + "\n").encode())
            with open(self._folder / f"{bucket}.keys", "ab") as file:
                np.array(self._keys[bucket], KEY).tofile(file)
        self._lines.clear()
        self._keys.clear()
        self._bytes = 0
