"""Runs several ways of doing one job in turn, and keeps what each round took."""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tqdm import tqdm


@dataclass(frozen=True)
class Contender:
    """One way of doing the job.

    Args:
        name: str. What a table calls it.
        run_round: function without arguments that does the whole job once. One that works in
            another process returns the seconds it took there, on the clock and of the processor.
        fill: float in (0, 1]. Share of the computed tokens that are real; None if nothing is
            padded.
    """

    name: str
    run_round: Callable[[], tuple[float, float] | None]
    fill: float | None = None


@dataclass(frozen=True)
class Rounds:
    """What the rounds of one contender took.

    Args:
        name: str.
        fill: float or None, as of the contender.
        wall_s: seconds of each round on the clock.
        cpu_s: seconds of each round that the process computed, all its threads together.
    """

    name: str
    fill: float | None
    wall_s: tuple[float, ...]
    cpu_s: tuple[float, ...]


def interleave(contenders: Sequence[Contender], *, rounds: int, title: str) -> list[Rounds]:
    """Times the contenders by turns: A B A B, so that a busy hour of the machine meets them all.

    Each first runs one round that does not count: it traces the graphs and meets every length.

    Args:
        contenders: what to run.
        rounds: int, at least 1. Timed rounds of each.
        title: str. Names the progress bar on standard error.

    Returns:
        One `Rounds` per contender, in their order.

    Raises:
        ValueError: `rounds` is less than 1.
    """
    if rounds < 1:
        raise ValueError(f"`rounds` must be at least 1. Received: rounds={rounds}")
    seconds = [[] for _ in contenders]
    with tqdm(desc=title, total=(rounds + 1) * len(contenders), unit="round", leave=False) as bar:
        for number in range(rounds + 1):
            for contender, taken in zip(contenders, seconds, strict=True):
                round_seconds = _seconds(contender)
                if number > 0:
                    taken.append(round_seconds)
                bar.update()
    return [
        Rounds(contender.name, contender.fill, *zip(*taken, strict=True))
        for contender, taken in zip(contenders, seconds, strict=True)
    ]


def _seconds(contender: Contender) -> tuple[float, float]:
    gc.collect()  # What the one before left behind is not this one's work.
    wall, cpu = time.perf_counter(), time.process_time()
    elsewhere = contender.run_round()
    return elsewhere or (time.perf_counter() - wall, time.process_time() - cpu)
