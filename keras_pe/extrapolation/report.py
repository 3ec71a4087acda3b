"""What a study has found so far, as files beside its records."""

import logging

from keras_pe.extrapolation.curves_plot import write_curves
from keras_pe.extrapolation.tables import score_table, view_table, write_csv
from keras_pe.files.atomic_file import atomic_file

logger = logging.getLogger(__name__)


def write_report(records, study, config):
    """Writes `results.csv`, `results.md` and, where matplotlib is installed, `curves.png`.

    Args:
        records: `Records` with at least one run.
        study: `TaskStudy` or `TextStudy`.
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
            chance=study.chance,
            title=f"{name}, {config.model}: accuracy by length, mean of the seeds ± deviation",
        )
    except ImportError as error:
        logger.warning("No curves.png: %s", error)
    text = markdown(runs, study, config)
    with atomic_file(records.folder / "results.md") as temporary:
        temporary.write_text(text, encoding="utf-8")
    return text


def markdown(runs, study, config) -> str:
    """Returns the protocol and the tables of a study.

    Args:
        runs: List of dict, the finished runs.
        study: `TaskStudy` or `TextStudy`.
        config: `ExtrapolationConfig`.
    """
    limit = config.train_length
    parts = [_protocol(runs, study, config), score_table(runs, limit)]
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


def _protocol(runs, study, config):
    name = config.dataset or config.train_file
    return (
        f"{name}, model {config.model}: trained on up to {config.train_length} tokens for "
        f"{study.steps:,} steps of {config.batch_size}; accuracy in percent, mean ± standard "
        f"deviation over seeds. Chance level {100 * study.chance:.1f}. Dropout is off at test; "
        f"positions at test: {_positions_at_test(runs)}. The last weights are tested: no seed, "
        "step or learning rate is chosen.\n"
    )


def _positions_at_test(runs):
    sources = dict.fromkeys(run["position_source"] for run in runs)
    return ", ".join(f"{source} = {_AT_TEST[source.split(':')[0]](source)}" for source in sources)


def _randomized(source):
    settings = dict(part.split("=") for part in source.split(":")[1:])
    return settings.get("inference_positions", "evenly_spaced").replace("_", " ")


_AT_TEST = {
    "counted": lambda source: "0, 1, 2, ...",
    "randomized": _randomized,
    "shifted": lambda source: "0, 1, 2, ...",
    "augmented": lambda source: "as in training, without the draws",
    "none": lambda source: "no positions",
    "interpolated": lambda source: "pressed into the training length",
}
