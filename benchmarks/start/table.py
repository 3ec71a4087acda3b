"""Starts by turns, and the table of what they took beside what they may take."""

from collections.abc import Sequence

from tqdm import tqdm

from benchmarks.measurement import Spread
from benchmarks.report import Table
from benchmarks.start.starts import Start

HEADER = ["start", "seconds", "min-max", "goal", "met"]


def measure(starts: Sequence[Start], rounds: int) -> list[tuple[Start, Spread]]:
    """Starts everything by turns, once before it counts: files are in the cache then.

    Args:
        starts: what to start.
        rounds: int. Timed starts of each.
    """
    taken = [[] for _ in starts]
    with tqdm(desc="starts", total=(rounds + 1) * len(starts), unit="start", leave=False) as bar:
        for number in range(rounds + 1):
            for start, seconds in zip(starts, taken, strict=True):
                found = start.seconds()
                if number:
                    seconds.append(found)
                bar.update()
    return [(start, Spread.of(each)) for start, each in zip(starts, taken, strict=True)]


def table(found: Sequence[tuple[Start, Spread]]) -> Table:
    """Returns a header and a row per start; a goal is met if the median start meets it."""
    return list(HEADER), [
        [
            start.name,
            f"{spread.median:.3f}",
            f"{spread.min:.3f}-{spread.max:.3f}",
            f"< {start.goal_s:g}",
            "yes" if spread.median < start.goal_s else "no",
        ]
        for start, spread in found
    ]
