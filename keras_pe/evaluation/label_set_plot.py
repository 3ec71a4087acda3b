"""A picture of how well each label is found, drawn with matplotlib."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from keras_pe.evaluation.label_fonts import drawable_labels
from keras_pe.evaluation.text_table import one_line
from keras_pe.files.atomic_file import atomic_file

_LABELS = 100  # the commonest; report.json has all
_LABEL_COLUMNS = 40
_BAR = 0.22  # inches


def write_label_plot(classes: Sequence[Mapping], path: str | Path) -> Path:
    """Draws precision, recall and F1 of each label as a PNG, the commonest label on top.

    A label that no installed font can draw is replaced by its number.

    Args:
        classes: dicts with `label`, `precision`, `recall`, `f1` and `support`.
        path: the PNG to write, in one step; its folder is made if it is missing.

    Returns:
        `path`.

    Raises:
        ImportError: if matplotlib is not installed.
    """
    figure = _draw(classes)
    path = Path(path)
    with atomic_file(path) as temporary:
        figure.savefig(temporary, format="png", bbox_inches="tight", pad_inches=0.15)
    return path


def _draw(classes: Sequence[Mapping]):
    try:
        # pyplot is left alone: it would keep the figure and choose a backend for the whole process.
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ImportError(
            'Drawing the labels needs matplotlib: pip install "keras_pe[plot]"'
        ) from error
    order = sorted(range(len(classes)), key=lambda at: -classes[at]["support"])[:_LABELS]
    shown = [classes[at] for at in order]
    places = np.arange(len(shown))
    figure = Figure(figsize=(6, max(_BAR * len(shown), 1.5)), dpi=120)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.barh(places, [row["f1"] for row in shown], color="#2b6cb0", height=0.6, label="F1")
    for name, marker in (("precision", "|"), ("recall", "x")):
        values = [row[name] for row in shown]
        axes.scatter(values, places, marker=marker, s=26, color="0.25", label=name, zorder=3)
    short = [one_line(row["label"], max_width=_LABEL_COLUMNS) for row in shown]
    labels, families = drawable_labels(short, order)
    texts = [f"{label} ({row['support']:,})" for label, row in zip(labels, shown, strict=True)]
    axes.set_yticks(places, texts, fontfamily=families, fontsize=8, parse_math=False)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_xlim(0, 1)
    axes.grid(axis="x", color="0.92", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, frameon=False, fontsize=8)
    return figure
