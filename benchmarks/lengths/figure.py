"""The curves, drawn: seconds and memory against length."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.lengths.curve import Curve
from keras_pe.pictures.canvas import new_figure, write_png

# Told apart in grey too: each colour has its own dashes.
_DASHES = ("-", "--", "-.", ":")


def draw(curves: Sequence[Curve], path: str | Path, *, batch: str) -> Path:
    """Writes the figure as PNG; seconds alone where TensorFlow counted no memory.

    Args:
        curves: what `measure` found.
        path: where to.
        batch: str. What one step computes, for the title.
    """
    measured = [curve for curve in curves if not curve.refusal]
    counts = any(curve.peak_bytes for curve in measured)
    figure = new_figure(height=4.8)
    seconds, *memory = figure.subplots(1, 1 + counts, squeeze=False)[0]
    for number, curve in enumerate(measured):
        style = {"linestyle": _DASHES[number % len(_DASHES)], "color": f"C{number % 10}"}
        style |= {"marker": "o", "markersize": 3, "label": curve.name}
        lengths = list(curve.cpu_s)
        seconds.plot(lengths, [curve.cpu_s[length].median for length in lengths], **style)
        counted = list(curve.peak_bytes)
        for axes in memory:
            axes.plot(counted, [curve.peak_bytes[n] / 2**20 for n in counted], **style)
    _axes(seconds, "CPU seconds of a training step", curve_lengths(measured))
    for axes in memory:
        _axes(axes, "most memory of it, MiB", curve_lengths(measured))
    figure.suptitle(f"A training step of {batch}", fontsize=11)
    names, lines = seconds.get_legend_handles_labels()[::-1]
    figure.legend(lines, names, loc="lower center", ncols=5, fontsize=8, frameon=False)
    figure.subplots_adjust(left=0.07, right=0.98, top=0.89, bottom=0.26, wspace=0.2)
    return write_png(figure, path)


def curve_lengths(curves: Sequence[Curve]) -> list[int]:
    """Returns all lengths that were measured, rising."""
    return sorted({length for curve in curves for length in curve.cpu_s})


def _axes(axes, title, lengths):
    from matplotlib.ticker import LogLocator, NullLocator

    axes.set_xscale("log", base=2)
    axes.set_yscale("log", base=10)
    axes.yaxis.set_major_locator(LogLocator(base=10, subs=(1, 2, 5)))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter("{x:,g}")
    axes.set_xticks(lengths, [f"{length:,}" for length in lengths], fontsize=8)
    axes.tick_params(axis="y", labelsize=8)
    axes.set_xlabel("tokens of a text", fontsize=9)
    axes.set_title(title, fontsize=10)
    axes.grid(color="0.9")
