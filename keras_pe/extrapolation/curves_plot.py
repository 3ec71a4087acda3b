"""Accuracy against length as a picture, drawn with matplotlib (an optional dependency)."""

from keras_pe.extrapolation.summary import curve, groups
from keras_pe.files.atomic_file import atomic_file

_BEYOND_ALL = 2.0  # where the open last band stands: so many times the length before it
_MARKERS = "os^vDPX*<>"
_FEWEST_TEXTS = 20  # with fewer, a point would be noise that hides the curves
_TICKS = (5, 10, 20, 40, 80, 160, 320, 500, 640, 1280, 2560, 5120, 10240)


def write_curves(runs, path, *, train_length, chance, view="whole", title=""):
    """Draws a curve per encoding and position source: mean over seeds, spread as a band.

    The lengths that training had are shaded; the chance level is a dotted line. A point of fewer
    than 20 texts is left out where there are others.

    Args:
        runs: List of dict, as `read_runs` returns them.
        path: PNG to write, in one step.
        train_length: int. Tokens of the longest training text.
        chance: float. Accuracy of always saying the commonest class.
        view: str. Which of the views is drawn.
        title: str. A line above the picture.

    Raises:
        ImportError: If matplotlib is not installed.
    """
    figure, axes = _canvas()
    places = set()
    for number, ((position, source), own) in enumerate(groups(_solid(runs)).items()):
        points = curve(own, view)
        if not points:
            continue
        xs = _places([length for length, _ in points], train_length)
        places.update(xs)
        # `none` is the source of a baseline that is no network.
        name = position if source in ("counted", "none") else f"{position}, {source}"
        _draw(axes, xs, [spread for _, spread in points], name, number)
    _shade(axes, min(places, default=train_length), train_length)
    axes.axhline(chance, color="0.4", linestyle=":", linewidth=1, label="chance")
    banded = any("above" in point for run in runs for point in run["test"])
    _label(axes, title, places if banded else _TICKS)
    axes.set_xlabel("tokens: each point is of the texts up to there" if banded else "tokens")
    with atomic_file(path) as temporary:
        figure.savefig(temporary, format="png", bbox_inches="tight")


def _canvas():
    try:
        # pyplot is left alone: it would keep the figure and choose a backend for the whole process.
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ImportError(
            'Drawing curves needs matplotlib: pip install "keras_pe[plot]"'
        ) from error
    figure = Figure(figsize=(8.5, 5), dpi=120)
    return figure, figure.add_subplot()


def _solid(runs):
    """Returns the runs without the points of few texts, or with them if there are no others."""
    kept = [
        run | {"test": [point for point in run["test"] if point["texts"] >= _FEWEST_TEXTS]}
        for run in runs
    ]
    return kept if any(run["test"] for run in kept) else runs


def _shade(axes, shortest, train_length):
    left = min(shortest * 0.9, train_length * 0.6)
    axes.axvspan(left, train_length, color="0.92", zorder=0)
    axes.set_xlim(left=left)
    axes.text(left, 1.055, " trained up to here", ha="left", va="center", fontsize=8)


def _places(lengths, train_length):
    known = [length for length in lengths if length is not None]
    beyond_all = _BEYOND_ALL * max(known, default=train_length)
    return [beyond_all if length is None else length for length in lengths]


def _draw(axes, xs, spreads, name, number):
    means = [spread.mean for spread in spreads]
    style = {"marker": _MARKERS[number % len(_MARKERS)], "markersize": 4, "linewidth": 1.4}
    style["linestyle"] = "-" if number < 10 else "--"
    (line,) = axes.plot(xs, means, label=name, **style)
    if len(spreads[0].values) > 1:
        low = [spread.mean - spread.deviation for spread in spreads]
        high = [spread.mean + spread.deviation for spread in spreads]
        axes.fill_between(xs, low, high, color=line.get_color(), alpha=0.12, linewidth=0)


def _label(axes, title, ticks):
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.xaxis.set_minor_formatter(lambda value, _: "")
    low, high = axes.get_xlim()
    axes.set_xticks(sorted(tick for tick in ticks if low <= tick <= high))
    axes.set_ylabel("accuracy")
    axes.set_ylim(top=1.08)
    axes.set_title(title, loc="left", fontsize=11)
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8, loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False)
