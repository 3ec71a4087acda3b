"""Asks all servers by turns, and keeps what each request took."""

import contextlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tqdm import tqdm

from benchmarks.child import Child
from benchmarks.measurement import Spread
from benchmarks.report import Table
from benchmarks.serving.contestants import Contestant

HEADER = [
    "from raw string to label",
    "first",
    "first / p50",
    "p50, batch 1",
    "min-max",
    "p99, batch 1",
    "min-max",
    "p50, batch {}",
    "texts/s, batch {}",
    "min-max",
    "x ours",
]


@dataclass(frozen=True)
class Latencies:
    """What the requests of one server took.

    Args:
        name: str.
        single_ms: milliseconds of every request of one text, round by round.
        batch_ms: milliseconds of every request of a batch, round by round.
        texts: int. Texts of a round.
        first_ms: milliseconds of the first request after loading.
    """

    name: str
    single_ms: Sequence[Sequence[float]]
    batch_ms: Sequence[Sequence[float]]
    texts: int
    first_ms: float

    def percentile(self, percent: float) -> Spread:
        """Of requests of one text: that of each round, and the spread of the rounds."""
        return Spread.of([float(np.percentile(each, percent)) for each in self.single_ms])

    @property
    def texts_per_second(self) -> Spread:
        return Spread.of([1000 * self.texts / sum(each) for each in self.batch_ms])

    def times(self, other: "Latencies") -> Spread:
        """How many texts in a second for one of the other's, in batches, round by round."""
        pairs = zip(self.batch_ms, other.batch_ms, strict=True)
        return Spread.of([sum(theirs) / sum(own) for own, theirs in pairs])


def measure(
    entries: Sequence[Contestant],
    *,
    rounds: int,
    batch_size: int,
    texts: int,
    peers_python: str,
    core: int | None,
) -> list[Latencies]:
    """Has every server answer all texts one by one and in batches, by turns.

    Args:
        entries: who takes part.
        rounds: int. Timed rounds; one more comes first and does not count.
        batch_size: int. Texts of a batch.
        texts: int. Texts of a round.
        peers_python: str. Python of those that need another environment.
        core: int. The core that all run on, one at a time; None for all cores.
    """
    with contextlib.ExitStack() as stack:
        children = [stack.enter_context(_start(each, peers_python, core)) for each in entries]
        for child in children:
            child.wait_until_prepared()
        first_ms = [0.0] * len(entries)
        found = {size: [[] for _ in entries] for size in (1, batch_size)}
        for number in tqdm(range(rounds + 1), desc="serving", unit="round", leave=False):
            for size, taken in found.items():
                for place, child in enumerate(children):
                    answer = child.ask({"batch_size": size})["result"]
                    if number:
                        taken[place].append(answer)
                    elif size == 1:
                        first_ms[place] = answer[0]
    return [
        Latencies(entry.name, single, batches, texts, first)
        for entry, single, batches, first in zip(
            entries, found[1], found[batch_size], first_ms, strict=True
        )
    ]


def table(found: Sequence[Latencies], batch_size: int) -> Table:
    """Returns a header and a row per server."""
    rows = []
    for each in found:
        half, late = each.percentile(50), each.percentile(99)
        batch = float(np.median(np.concatenate(each.batch_ms)))
        rate, times = each.texts_per_second, each.times(found[0])
        rows.append(
            [
                each.name,
                f"{each.first_ms:.1f} ms",
                f"{each.first_ms / half.median:.1f}",
                *(f"{half.median:.2f} ms", f"{half.min:.2f}-{half.max:.2f}"),
                *(f"{late.median:.2f} ms", f"{late.min:.2f}-{late.max:.2f}"),
                f"{batch:.1f} ms",
                *(f"{rate.median:,.0f}", f"{rate.min:,.0f}-{rate.max:,.0f}"),
                f"{times.median:.2f}",
            ]
        )
    return [cell.format(batch_size) for cell in HEADER], rows


def _start(entry, peers_python, core):
    python = peers_python if entry.needs_peers else sys.executable
    return Child(entry.module, entry.arguments, python=python, core=core, title=entry.name)
