"""Where texts come from while they are trained on: from memory, or from shards on the disk."""

import time
from dataclasses import dataclass
from pathlib import Path

from keras_pe.config import PreparationConfig, RunConfig
from keras_pe.preparation.prepare import prepare


@dataclass(frozen=True)
class Source:
    """Texts to train on.

    Args:
        name: str. What a table calls it.
        config: `RunConfig` that trains from it.
        prepared_s: float. Seconds that it took before `train` could start.
    """

    name: str
    config: RunConfig
    prepared_s: float = 0.0


def source_of(path: Path) -> Source:
    """Returns texts that `train` reads and tokenizes once, and keeps in memory."""
    return Source("memory, --train_file", RunConfig(train_file=str(path)))


def prepared_source(path: Path, folder: Path) -> Source:
    """Prepares texts into shards, which `train` streams in every epoch."""
    shards, began = str(folder / "prepared"), time.perf_counter()
    prepare(RunConfig(train_file=str(path)), PreparationConfig(), shards)
    seconds = time.perf_counter() - began
    return Source("shards, --prepared_dir", RunConfig(prepared_dir=shards), seconds)
