"""Seconds and memory of a training step, length by length."""

import gc
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.measurement import Spread
from benchmarks.peak_memory import peak_bytes
from benchmarks.position_training import REFUSED, batch, build_model, reason
from benchmarks.report import Table
from benchmarks.rounds import Contender, interleave


@dataclass(frozen=True)
class Series:
    """What is drawn as one line.

    Args:
        position: str. Name of the encoding.
        window: int. Tokens that a token sees to each side; None for all.
    """

    position: str
    window: int | None = None

    @property
    def name(self) -> str:
        return f"{self.position}, window {self.window}" if self.window else self.position


@dataclass
class Curve:
    """What was found for one series.

    Args:
        name: str.
        cpu_s: from a length to the seconds of the processor that a step takes.
        peak_bytes: from a length to the most memory of a step, weights left out; no entry where
            nothing counts it.
        refusal: str. Why it was not measured; None if it was.
    """

    name: str
    cpu_s: dict[int, Spread] = field(default_factory=dict)
    peak_bytes: dict[int, int] = field(default_factory=dict)
    refusal: str | None = None


def measure(
    series: Sequence[Series], lengths: Sequence[int], *, tokens: int, rows: int | None, rounds: int
) -> list[Curve]:
    """Measures all series, by turns at every length.

    Args:
        series: what to measure.
        lengths: tokens of a text, rising.
        tokens: int. Tokens of a batch, padding included.
        rows: int. Texts of a batch, instead of `tokens`; None for these.
        rounds: int. Timed steps of each; one more comes first and does not count.
    """
    curves, models = [Curve(each.name) for each in series], {}
    for each, curve in zip(series, curves, strict=True):
        try:
            models[each.name] = build_model(
                each.position, max(lengths), attention_window=each.window
            )
        except REFUSED as error:
            curve.refusal = reason(error)
    for length in lengths:
        data = batch(length, rows * length if rows else tokens)
        _measure_length([c for c in curves if not c.refusal], models, length, data, rounds)
    return curves


def _measure_length(curves, models, length, data, rounds):
    peaks = {curve.name: [] for curve in curves}
    contenders = [
        Contender(curve.name, _step(models[curve.name], data, peaks[curve.name]))
        for curve in curves
    ]
    found = interleave(contenders, rounds=rounds, title=f"{length:,} tokens")
    for curve, taken in zip(curves, found, strict=True):
        curve.cpu_s[length] = Spread.of(taken.cpu_s)
        counted = [peak for peak in peaks[curve.name][1:] if peak is not None]
        if counted:
            curve.peak_bytes[length] = max(counted)
    gc.collect()


def _step(model, data, peaks):
    return lambda: peaks.append(peak_bytes(lambda: model.train_on_batch(*data)))


def tables(curves: Sequence[Curve], lengths: Sequence[int]) -> list[Table]:
    """Returns a table of seconds and one of memory, a row per series."""
    header = [f"{length:,} tokens" for length in lengths]
    measured = [curve for curve in curves if not curve.refusal]
    seconds = [[c.name, *(_seconds(c.cpu_s[length]) for length in lengths)] for c in measured]
    memory = [[c.name, *(_mebibytes(c, length) for length in lengths)] for c in measured]
    return [
        (["CPU seconds of a training step", *header], seconds),
        (["most memory of a training step, MiB", *header], memory),
    ]


def _seconds(spread):
    return f"{spread.median:.2f} ({spread.min:.2f}-{spread.max:.2f})"


def _mebibytes(curve, length):
    found = curve.peak_bytes.get(length)
    return "" if found is None else f"{found / 2**20:,.0f}"
