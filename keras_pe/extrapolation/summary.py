"""The runs of a study, seed by seed, as one row per encoding and position source."""

import dataclasses

import numpy as np


@dataclasses.dataclass(frozen=True)
class Spread:
    """What several seeds got.

    Args:
        values: Accuracies in [0, 1], one per seed.

    Example:
        >>> str(Spread((0.5, 0.7)))
        '60.0 ± 14.1'
    """

    values: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean over the seeds."""
        return float(np.mean(self.values))

    @property
    def deviation(self) -> float:
        """The standard deviation of a sample (n - 1); not a number for one seed."""
        return float(np.std(self.values, ddof=1)) if len(self.values) > 1 else float("nan")

    @property
    def best(self) -> float:
        """The highest of the seeds, never a headline."""
        return max(self.values)

    def __str__(self):
        if np.isnan(self.mean):
            return "–"
        mean = f"{100 * self.mean:.1f}"
        return mean if len(self.values) < 2 else f"{mean} ± {100 * self.deviation:.1f}"


def groups(runs) -> dict[tuple[str, str], list[dict]]:
    """Returns the runs by encoding and position source, in the order of their first run."""
    found = {}
    for run in runs:
        found.setdefault((run["position"], run["position_source"]), []).append(run)
    return found


def weighted(points) -> float:
    """Returns the accuracy over all texts of some points of one run; not a number without any."""
    if not points:
        return float("nan")
    texts = [point["texts"] for point in points]
    return float(np.average([point["accuracy"] for point in points], weights=texts))


def in_range(run, train_length) -> float:
    """Returns the accuracy of a run on lengths that training had."""
    return weighted([p for p in _whole(run) if _is_short(p, train_length)])


def beyond(run, train_length) -> float:
    """Returns the accuracy of a run on the lengths beyond training, whole texts."""
    return weighted([p for p in _whole(run) if not _is_short(p, train_length)])


def curve(runs, view, train_length=0) -> list[tuple[int | None, Spread]]:
    """Returns (length, spread over the runs) for every point of a view beyond a length.

    Rising lengths; None, for all that are longer, stands last.
    """
    found = {}
    for run in runs:
        for point in run["test"]:
            if point["view"] == view and not _is_short(point, train_length):
                found.setdefault(point["length"], []).append(point["accuracy"])
    lengths = sorted(found, key=lambda length: float("inf") if length is None else length)
    return [(length, Spread(tuple(found[length]))) for length in lengths]


def _whole(run):
    return [point for point in run["test"] if point["view"] == "whole"]


def _is_short(point, train_length):
    return point["length"] is not None and point["length"] <= train_length
