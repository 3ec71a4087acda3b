"""Measures all ways of training one model, by turns, each in its process."""

import contextlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.batching import own_batches
from benchmarks.child import Child
from benchmarks.environments import lacking
from benchmarks.measurement import HEADER, Measurement
from benchmarks.peers.contestants import TORCH, Contestant, contestants, sizes
from benchmarks.peers.flops import training_flops
from benchmarks.peers.stored_batches import evenly_spread, fixed_length, write_batches
from benchmarks.report import Table
from benchmarks.rounds import Contender, interleave
from benchmarks.texts import BenchmarkTexts
from benchmarks.training import sized
from keras_pe.config import RunConfig

_OPERATIONS = ("GFLOP/CPU-s real", "computed")


@dataclass(frozen=True)
class PeerMeasurement:
    """What the ways of training took, and what they computed.

    Args:
        measurement: `Measurement`, the plain way first.
        real: float. Operations of an epoch, by the real tokens.
        computed: operations of an epoch of each contender, padding included.
    """

    measurement: Measurement
    real: float
    computed: Sequence[float]

    def table(self) -> Table:
        rows = []
        contenders = zip(self.measurement.contenders, self.computed, strict=True)
        for cells, (rounds, computed) in zip(self.measurement.rows(), contenders, strict=True):
            seconds = float(np.median(rounds.cpu_s))
            rows.append([*cells, *(f"{n / seconds / 1e9:.1f}" for n in (self.real, computed))])
        return [self.measurement.title, *HEADER, *_OPERATIONS], rows


def measure(
    texts: BenchmarkTexts,
    config: RunConfig,
    folder: Path,
    *,
    title: str,
    rounds: int,
    peers_python: str,
    core: int | None,
) -> PeerMeasurement:
    """Trains an epoch a round in every way that this machine has the libraries for.

    Args:
        texts: `BenchmarkTexts`.
        config: `RunConfig`; its `model` says which of ours.
        folder: Path. Where the batches are kept meanwhile.
        title: str. Of the table.
        rounds: int. Timed epochs of each.
        peers_python: str. Python with PyTorch; contenders on it are left out if it has none.
        core: int. The core that all run on, one at a time; None for all cores.
    """
    config = sized(config, texts)
    entries = contestants(config)
    if lacking(peers_python, ("torch",)):
        entries = [each for each in entries if each.module != TORCH]
    batches = _write(texts, config, folder)
    with contextlib.ExitStack() as stack:
        children = [
            stack.enter_context(_start(each, folder, peers_python, core)) for each in entries
        ]
        contenders = [
            Contender(each.name, child.seconds, _fill(batches[each.batches]))
            for each, child in zip(entries, children, strict=True)
        ]
        found = interleave(contenders, rounds=rounds, title=title)
    lengths, every = _real_lengths(batches["bucketed"]), sizes(config)
    measurement = Measurement(
        title=title, texts=len(lengths), tokens=int(lengths.sum()), contenders=tuple(found)
    )
    computed = [training_flops(_widths(batches[each.batches]), every) for each in entries]
    return PeerMeasurement(measurement, training_flops(lengths, every), computed)


def _write(texts, config, folder):
    epoch = own_batches(texts.encoded, config).dataset().as_numpy_iterator()
    bucketed = evenly_spread(epoch, -(-texts.sample_size // config.batch_size))
    padded = fixed_length(bucketed, config.max_length, config.batch_size, config.seed)
    batches = {"padded": padded, "bucketed": bucketed}
    for name, each in batches.items():
        write_batches(folder / f"{name}.npz", each)
    return batches


def _start(entry: Contestant, folder, peers_python, core):
    python = peers_python if entry.module == TORCH else sys.executable
    arguments = {"batches": str(folder / f"{entry.batches}.npz"), **entry.arguments}
    return Child(entry.module, arguments, python=python, core=core, title=entry.name)


def _fill(batches):
    return _real_lengths(batches).sum() / _widths(batches).sum()


def _widths(batches):
    """Returns how many tokens are computed for each row, padding included."""
    return np.concatenate([np.full(len(ids), ids.shape[1]) for ids, _ in batches])


def _real_lengths(batches):
    """Returns how many tokens of each row are no padding."""
    return np.concatenate([np.count_nonzero(ids, axis=1) for ids, _ in batches])


def at_length(config: RunConfig, profile: str) -> RunConfig:
    """Returns the settings of a length profile: `news` is cut at 128 tokens, `reviews` at 512."""
    return replace(config, max_length={"news": 128, "reviews": 512}[profile])
