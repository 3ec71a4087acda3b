"""What a study has found so far, as files beside its records."""

import functools
import json
import logging
import pathlib

from keras_pe.config import ExtrapolationConfig, Variant
from keras_pe.extrapolation.about import About
from keras_pe.extrapolation.curves_plot import write_curves
from keras_pe.extrapolation.records import Records
from keras_pe.extrapolation.tables import score_table, view_table, write_csv
from keras_pe.files.atomic_file import atomic_file

logger = logging.getLogger(__name__)


def write_report(records, about, config):
    """Writes `about.json`, `results.csv`, `results.md`, and `curves.png` if there is matplotlib.

    Args:
        records: `Records` with at least one run.
        about: `About` the study.
        config: `ExtrapolationConfig`.

    Returns:
        str, what `results.md` holds.
    """
    runs = records.runs()
    with atomic_file(records.folder / "results.csv") as temporary:
        write_csv(runs, temporary)
    name = config.dataset or config.train_file
    try:
        write_curves(
            runs,
            records.folder / "curves.png",
            train_length=config.train_length,
            chance=about.chance,
            title=f"{name}, {config.model}: accuracy by length, mean of the seeds ± deviation",
        )
    except ImportError as error:
        _warn_once(f"No curves.png: {error}")
    about.save(records.folder)
    text = markdown(runs, about, config)
    with atomic_file(records.folder / "results.md") as temporary:
        temporary.write_text(text, encoding="utf-8")
    return text


@functools.cache
def _warn_once(sentence):
    logger.warning(sentence)  # The report is written after every run.


def markdown(runs, about, config) -> str:
    """Returns the protocol and the tables of a study.

    Args:
        runs: List of dict, the finished runs.
        about: `About` the study.
        config: `ExtrapolationConfig`.
    """
    limit = config.train_length
    parts = [_protocol(runs, about, config), score_table(runs, limit)]
    views = dict.fromkeys(point["view"] for run in runs for point in run["test"])
    if len(views) > 1:
        parts += [f"{_TITLES[view]}\n\n{view_table(runs, view)}" for view in views]
    return "\n".join(parts)


_TITLES = {
    "whole": "Whole texts, by length:",
    "truncated": "The same texts cut to the training length:",
    "windows": "The same texts in windows of the training length, probabilities averaged:",
    "cut": "All texts beyond the training length, cut to:",
}


def _protocol(runs, about, config):
    return (
        f"{about.description}. Model {config.model}, {about.steps:,} steps of "
        f"{config.batch_size}.\n\n"
        f"Accuracy in percent, mean ± standard deviation over seeds. {about.chance_sentence} "
        f"Dropout is off at test; positions at test: {_positions_at_test(runs, config)}. The last "
        "weights are tested: no seed, step or learning rate is chosen.\n"
    )


def _positions_at_test(runs, config):
    # A baseline has no model and no position source.
    sources = dict.fromkeys(run["position_source"] for run in runs if "steps" in run)
    return "; ".join(f"{source} = {_at_test(source, config)}" for source in sources)


def _at_test(source, config):
    variant = Variant.parse(source)
    return _AT_TEST[variant.name](variant.applied_to(config, "position_source"))


_DRAWN = {
    "evenly_spaced": "evenly spaced over 0 to {last:,}",
    "identity": "0, 1, 2, ...",
    "random": "drawn at random from 0 to {last:,}",
}
_AT_TEST = {
    "counted": lambda c: "0, 1, 2, ...",
    "randomized": lambda c: _DRAWN[c.inference_positions].format(last=c.max_position - 1),
    "shifted": lambda c: "0, 1, 2, ...",
    "augmented": lambda c: "counted from the middle of the text, without draws",
    "interpolated": lambda c: "squeezed into the training length",
}


def report_again(folder) -> str:
    """Writes the report of a study anew, from its files alone.

    Args:
        folder: Folder of a study.

    Returns:
        str, what `results.md` holds.

    Raises:
        FileNotFoundError: If the folder holds no study.
    """
    settings = json.loads((pathlib.Path(folder) / "study.json").read_text(encoding="utf-8"))
    config = ExtrapolationConfig(**settings)
    return write_report(Records.for_config(folder, config), About.load(folder), config)
