"""What position encodings were found to cost, and the tables that show it."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from benchmarks.measurement import Spread
from benchmarks.report import Table
from benchmarks.rounds import Rounds

TIMES = {"cpu": "CPU time of a training step", "wall": "time of a training step"}
MEMORY = "most memory of a training step"


@dataclass(frozen=True)
class Cost:
    """What an encoding costs at one length, beside `none`, which ran by turns with it.

    Args:
        length: int. Tokens of a text.
        none: `Rounds` of `none`.
        own: `Rounds` of the encoding, named after it.
        none_bytes: most memory of each round of `none`; empty where nothing counts it.
        own_bytes: the same of the encoding.
    """

    length: int
    none: Rounds
    own: Rounds
    none_bytes: tuple[int, ...]
    own_bytes: tuple[int, ...]

    @property
    def position(self) -> str:
        return self.own.name

    def time_cell(self, clock: str) -> str:
        return _ratios(seconds(self.own, clock), seconds(self.none, clock))

    def memory_cell(self) -> str:
        return _ratios(self.own_bytes, self.none_bytes)


@dataclass(frozen=True)
class Refusal:
    """Why an encoding was not measured at one length.

    Args:
        length: int. Tokens of a text.
        position: str.
        reason: str. What it said.
    """

    length: int
    position: str
    reason: str
    cell: ClassVar[str] = "refused"

    def time_cell(self, clock: str) -> str:
        return self.cell

    def memory_cell(self) -> str:
        return self.cell


def tables(found: Sequence[Cost | Refusal], clock: str) -> list[Table]:
    """Returns a table of times and one of memory, each a header and rows: `none`, then the ratios.

    A model without an encoding that was measured as if it had one shows what chance does to them.

    Args:
        found: encoding by encoding, each at the same lengths.
        clock: one of `TIMES`.
    """
    lengths = list(dict.fromkeys(each.length for each in found))
    header = [f"{length:,} tokens" for length in lengths]
    rows = {}
    for each in found:
        rows.setdefault(label(each.position), []).append(each)
    costs = [each for each in found if isinstance(each, Cost)]
    times = [["none", *(_milliseconds(costs, length, clock) for length in lengths)]]
    times += [[name, *(each.time_cell(clock) for each in row)] for name, row in rows.items()]
    memory = [["none", *(_mebibytes(costs, length) for length in lengths)]]
    memory += [[name, *(each.memory_cell() for each in row)] for name, row in rows.items()]
    return [([TIMES[clock], *header], times), ([MEMORY, *header], memory)]


def refusals(found: Sequence[Cost | Refusal]) -> list[str]:
    """Returns a line for each reason why an encoding was not measured."""
    lengths = {}
    for each in found:
        if isinstance(each, Refusal):
            lengths.setdefault((each.position, each.reason), []).append(f"{each.length:,}")
    return [
        f"{position} at {', '.join(at)} tokens was refused: {reason}"
        for (position, reason), at in lengths.items()
    ]


def label(position: str) -> str:
    """Returns what the table calls a row of ratios."""
    return "none, once more" if position == "none" else position


def seconds(rounds: Rounds, clock: str) -> tuple[float, ...]:
    """Returns what each round took by one of `TIMES`."""
    return rounds.cpu_s if clock == "cpu" else rounds.wall_s


def _ratios(own, none):
    """Compares round by round, so that neighbours in time are compared."""
    if not own:
        return ""
    ratio = Spread.of([one / other for one, other in zip(own, none, strict=True)])
    return f"{ratio.median:.2f} ({ratio.min:.2f}-{ratio.max:.2f})"


def _milliseconds(costs, length, clock):
    rounds = [seconds(cost.none, clock) for cost in costs if cost.length == length]
    return _median([1000 * each for each in sum(rounds, ())], "ms")


def _mebibytes(costs, length):
    rounds = [cost.none_bytes for cost in costs if cost.length == length]
    return _median([each / 2**20 for each in sum(rounds, ())], "MiB")


def _median(values, unit):
    return f"{statistics.median(values):,.0f} {unit}" if values else ""
