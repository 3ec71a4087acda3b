"""Both sides train on the same batches of one length, by turns on the same card."""

import contextlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.child import Child
from benchmarks.measurement import Spread
from benchmarks.peers.contestants import TORCH, sizes
from benchmarks.peers.flops import training_flops
from benchmarks.peers.stored_batches import Batch, write_batches
from benchmarks.report import Table
from benchmarks.rounds import Contender, Rounds, interleave
from keras_pe.config import RunConfig

JAX = "benchmarks.gpu.jax_training"
HEADER = [
    "tokens of a text",
    "PyTorch SDPA, ms a step",
    "min-max",
    "keras_pe on JAX, ms a step",
    "min-max",
    "time of ours / theirs",
    "min-max",
    "TFLOP/s of ours",
]


def batches(length: int, tokens: int, steps: int, config: RunConfig) -> list[Batch]:
    """Returns random token ids, each batch of one shape; texts fill half of their rows to all.

    Args:
        length: int. Tokens of a row.
        tokens: int. Tokens of a batch, padding included.
        steps: int. How many batches.
        config: `RunConfig`, for vocabulary and classes.
    """
    draw, rows = np.random.default_rng(0), max(1, tokens // length)
    real = np.linspace(length, (length + 1) // 2, rows).astype(int)
    found = []
    for _ in range(steps):
        ids = draw.integers(1, config.vocabulary_size, (rows, length), dtype=np.int32)
        ids[np.arange(length) >= real[:, None]] = 0
        found.append((ids, draw.integers(0, config.num_classes, rows, dtype=np.int32)))
    return found


def measure_length(
    config: RunConfig, data: Sequence[Batch], folder: Path, *, rounds: int, python: str, device: str
) -> tuple[Rounds, Rounds]:
    """Returns what epochs of PyTorch and of ours took.

    Args:
        config: `RunConfig`, resolved; `max_length` is that of the batches.
        data: what `batches` returned.
        folder: Path. Where the batches are kept meanwhile.
        rounds: int. Timed epochs of each.
        python: str. Python with JAX and PyTorch.
        device: str. `"cuda"` or `"cpu"`.
    """
    path = str(folder / f"{config.max_length}.npz")
    write_batches(path, data)
    # Each would else take the whole memory of the card for itself.
    environment = {**os.environ, "KERAS_BACKEND": "jax", "XLA_PYTHON_CLIENT_PREALLOCATE": "false"}
    own = replace(config, precision="mixed_bfloat16", jit_compile=True).to_json()
    best = {"sizes": sizes(config), "bfloat16": True, "fused": True}
    sides = [("PyTorch SDPA", TORCH, best), ("keras_pe on JAX", JAX, {"config": own})]
    with contextlib.ExitStack() as stack:
        contenders = []
        for name, module, arguments in sides:
            arguments = {"batches": path, "device": device, **arguments}
            child = Child(module, arguments, python=python, environment=environment, title=name)
            contenders.append(Contender(name, stack.enter_context(child).seconds))
        title = f"{config.max_length:,} tokens"
        return tuple(interleave(contenders, rounds=rounds, title=title))


def row(length: int, data: Sequence[Batch], sides: tuple[Rounds, Rounds], every: dict) -> list[str]:
    """Returns the cells of one length, by the clock: the processor of a GPU's host mostly waits.

    Args:
        length: int.
        data: the batches of an epoch.
        sides: what `measure_length` returned.
        every: dict. Sizes, for the operations of an epoch.
    """
    theirs, own = (Spread.of([1000 * s / len(data) for s in each.wall_s]) for each in sides)
    pairs = zip(sides[1].wall_s, sides[0].wall_s, strict=True)
    ratio = Spread.of([one / other for one, other in pairs])
    widths = np.concatenate([np.full(len(ids), ids.shape[1]) for ids, _ in data])
    per_second = training_flops(widths, every) / len(data) / (own.median / 1000)
    cells = [f"{length:,}"]
    for spread, form in ((theirs, ",.2f"), (own, ",.2f"), (ratio, ".2f")):
        cells += [f"{spread.median:{form}}", f"{spread.min:{form}}-{spread.max:{form}}"]
    return [*cells, f"{per_second / 1e12:.3g}"]


def table(rows: list[list[str]]) -> Table:
    """Returns a header and a row per length."""
    return list(HEADER), rows
