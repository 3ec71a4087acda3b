"""The results of a study as CSV and as Markdown."""

import csv

from keras_pe.extrapolation.summary import Spread, beyond, curve, groups, in_range

COLUMNS = ("position", "position_source", "seed", "view", "above", "length", "texts", "accuracy")


def write_csv(runs, path):
    """Writes one row per run, view and length.

    Args:
        runs: List of dict, as `read_runs` returns them.
        path: File to write.
    """
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        for run in runs:
            names = {key: run[key] for key in ("position", "position_source", "seed")}
            writer.writerows(names | point for point in run["test"])


def score_table(runs, train_length) -> str:
    """Returns the accuracy in range and beyond, a row per encoding and source, as Markdown.

    Args:
        runs: List of dict.
        train_length: int. Tokens of the longest training text.

    Returns:
        A table of percentages: mean ± standard deviation over the seeds, the highest of them beyond
        the training lengths, and how many there are.
    """
    up_to, above = f"up to {train_length}", f"beyond {train_length}"
    heads = ["encoding", "positions", up_to, above, f"{above}, best seed", "seeds"]
    lines = [_line(heads), _rule(6)]
    for (position, source), own in groups(runs).items():
        short = Spread(tuple(in_range(run, train_length) for run in own))
        long = Spread(tuple(beyond(run, train_length) for run in own))
        cells = [f"`{position}`", f"`{source}`", short, long, f"{100 * long.best:.1f}", len(own)]
        lines.append(_line(cells))
    return "\n".join(lines) + "\n"


def view_table(runs, view) -> str:
    """Returns the accuracy of one view, a column per length or band, as Markdown.

    Args:
        runs: List of dict.
        view: str: `whole`, `truncated`, `windows` or `cut`.
    """
    sizes = _sizes(runs, view)
    heads = ["encoding", "positions", *(_head(view, *size) for size in sizes.items())]
    lines = [_line(heads), _rule(len(heads))]
    for (position, source), own in groups(runs).items():
        points = dict(curve(own, view))
        if points:
            spreads = [points.get(length, "–") for length in sizes]
            lines.append(_line([f"`{position}`", f"`{source}`", *spreads]))
    return "\n".join(lines) + "\n"


def _sizes(runs, view):
    """Returns how many texts stand behind each length."""
    texts = {p["length"]: p["texts"] for run in runs for p in run["test"] if p["view"] == view}
    return {length: texts[length] for length, _ in curve(runs, view)}


def _head(view, length, texts):
    words = "cut at" if view == "cut" else "to"
    return ("longer" if length is None else f"{words} {length:,}") + f" ({texts:,})"


def _line(cells):
    return "| " + " | ".join(map(str, cells)) + " |"


def _rule(columns):
    return "|---|---|" + "---:|" * (columns - 2)
