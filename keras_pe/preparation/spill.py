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

# What a split must know of a row: its hash, the number of its label in the folder or the number
# that it is, its place in the source, and the hash of its group, 0 without one.
KEY = np.dtype([("draw", "<u8"), ("label", "<f8"), ("at", "<u8"), ("group", "<u8")])
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
        labels: dict[str | tuple[str, ...], list] = {}
        rows = 0
        shown = tqdm(examples, progress, unit=" texts", disable=progress is None)
        for at, example in enumerate(shown):
            draw = text_draw(example, seed)
            group = 0 if example.group is None else draw_number(seed, example.group)
            key = (draw, _label_number(example, labels), at, group)
            writer.add(draw % num_buckets, key, example)
            rows = at + 1
        writer.flush()
        about = {"rows": rows, "labels": [[label, *values[1:]] for label, values in labels.items()]}
        (building / _ABOUT).write_text(json.dumps(about), "utf-8")


def text_draw(example: Example, seed: int) -> int:
    """Returns the hash of a text, the same for all its copies."""
    return draw_number(seed, content(example.all_text))


def _label_number(example: Example, labels: dict) -> float:
    if isinstance(example.label, float):
        return example.label
    return labels.setdefault(example.label, [len(labels), example.source, example.row])[0]


def read_num_rows(folder: Path) -> int:
    """Returns how many rows there are."""
    return json.loads((folder / _ABOUT).read_text("utf-8"))["rows"]


def read_firsts(folder: Path) -> dict[str | tuple[str, ...], Example]:
    """Returns for each label, or set of labels, its first example without the text.

    They stand in the order in which keys count them; where labels are numbers, there are none.
    """
    about = json.loads((folder / _ABOUT).read_text("utf-8"))
    firsts = (Example("", _label(value), *place) for value, *place in about["labels"])
    return {first.label: first for first in firsts}


def read_keys(folder: Path, bucket: int) -> np.ndarray:
    """Returns the keys of the rows of a bucket, [N] `KEY`, labels as `read_firsts` orders them."""
    path = folder / f"{bucket}.keys"
    return np.fromfile(path, KEY) if path.exists() else np.zeros(0, KEY)


def read_rows(folder: Path, bucket: int) -> Iterator[Example]:
    """Yields the examples of a bucket, in the order of their source."""
    path = folder / f"{bucket}.jsonl"
    if path.exists():
        with open(path, encoding="utf-8", newline="\n") as lines:
            for line in lines:
                text, label, source, *others = json.loads(line)
                yield Example(text, _label(label), sys.intern(source), *others)


def _label(value: str | list[str] | float) -> str | tuple[str, ...] | float:
    """Returns a label as it was, one string for all rows that share it."""
    if isinstance(value, list):
        return tuple(map(sys.intern, value))
    return sys.intern(value) if isinstance(value, str) else value


class _Writer:
    """Collects rows, and appends them to the files of their buckets some megabytes at a time."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._lines: dict[int, list[str]] = defaultdict(list)
        self._keys: dict[int, list[tuple]] = defaultdict(list)
        self._bytes = 0

    def add(self, bucket: int, key: tuple[int, float, int, int], example: Example) -> None:
        row = (example.source, example.row, example.weight, example.second_text, example.group)
        line = json.dumps((example.text, example.label, *row), ensure_ascii=False)
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
