"""How a preparation starts or goes on: in a folder of its own, with the same settings."""

import dataclasses
import json
import logging
import math
import shutil
from pathlib import Path

from keras_pe.data.readers.packed import is_packed
from keras_pe.data.shards.manifest import Manifest
from keras_pe.files.new_folder import new_folder
from keras_pe.preparation.source import Source
from keras_pe.preparation.workplace import Workplace

_SHARD_BYTES = 2**24
# How much more text there is in a packed file than it has bytes.
_UNPACKED = 3
_SETTINGS = "settings.json"
# Of what stands in the folder meanwhile; another one cannot go on with it.
_VERSION = 3

_logger = logging.getLogger(__name__)


def refuse_other_folders(folder: Path) -> None:
    """Raises `ValueError` if a folder holds anything but a preparation that was stopped."""
    if Manifest.is_in(folder):
        raise ValueError(
            "`output_dir` must not hold a finished corpus. "
            f"Received: output_dir={str(folder)!r}. Choose another folder."
        )
    started = (folder / "unfinished" / _SETTINGS).exists()
    if folder.exists() and not started and (not folder.is_dir() or any(folder.iterdir())):
        raise ValueError(
            "`output_dir` must be new, empty, or of a preparation that was stopped. "
            f"Received: output_dir={str(folder)!r}. Choose another folder."
        )


def num_shards(sources: list[Source]) -> int:
    """Returns how many shards each part gets: one per 16 MB of training text."""
    return math.ceil(sum(map(_text_bytes, sources)) / _SHARD_BYTES) or 1


def _text_bytes(source: Source) -> int:
    if source.part != "train":
        return 0
    if not source.is_file:
        return sum(len(example.all_text) for example in source.examples)
    # What has no encoding is Parquet or Arrow.
    packed = any(is_packed(Path(path)) or "encoding" not in how for path, how in source.files)
    return source.state[3] * (_UNPACKED if packed else 1)


def start(place: Workplace, config, how, sources: list[Source]) -> dict:
    """Writes what is prepared, or sees that a stopped preparation was of the same.

    Args:
        place: `Workplace`.
        config: `RunConfig`.
        how: `PreparationConfig`.
        sources: list of `Source`.

    Returns:
        dict. What the manifest tells of the settings.

    Raises:
        ValueError: the preparation in that folder was started with other settings or data.
    """
    record = {
        "version": _VERSION,
        "data": {k: v for k, v in dataclasses.asdict(config).items() if _differs(config, k, v)},
        "tokenizer_dir": how.tokenizer_dir,
        "tokenizer_texts": how.tokenizer_texts,
        "num_shards": place.num_buckets,
        "sources": [source.state for source in sources],
    }
    path = place.folder / _SETTINGS
    # A fault in the first file is mended, and tried again in the same folder.
    if path.exists() and {file.name for file in place.folder.glob("[!.]*")} == {_SETTINGS}:
        shutil.rmtree(place.folder)
    if not path.exists():
        with new_folder(place.folder) as building:
            text = json.dumps(record, indent=1, ensure_ascii=False)
            (building / _SETTINGS).write_text(text + "\n", "utf-8")
        return record
    before = json.loads(path.read_text("utf-8"))
    for name, value in record.items():
        if before.get(name) != value:
            raise ValueError(
                "A preparation that goes on must keep its settings and its data. "
                f"Received: {name}={value!r}, while it was started with {before.get(name)!r}. "
                f"Choose another folder, or remove {str(place.output_dir)!r}."
            )
    # What a process that was killed was about to write.
    for left in place.output_dir.glob(".*.tmp.*.tfrecord"):
        left.unlink()
    _logger.info("Going on with the preparation in %s.", place.output_dir)
    return record


def _differs(config, name, value):
    fields = {field.name: field for field in dataclasses.fields(config)}
    return value != fields[name].default
