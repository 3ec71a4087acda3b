"""The part of a model card that tells of the run: data, results, settings, command."""

import shlex
from collections.abc import Mapping

from keras_pe.config import RunConfig
from keras_pe.evaluation.evaluation import Evaluation, four, three
from keras_pe.evaluation.evaluations import evaluation_of
from keras_pe.serving.markdown import escaped, table
from keras_pe.serving.run_facts import RunFacts, training_flags

_FILES = (
    "dataset",
    "prepared_dir",
    "train_file",
    "validation_file",
    "test_file",
    "second_text_column",
)
_MODEL = ("model", "position", "position_source", "pooling", "precision", "truncation")
_WINDOWS = ("window_overlap", "window_pooling", "max_windows", "second_length")


def run_sections(model_name: str, facts: RunFacts | None) -> dict[str, str]:
    """Writes the sections of a card that a run gives.

    Args:
        model_name: name of the served model.
        facts: of the run; None where there was none.

    Returns:
        dict from title to Markdown; empty without a run.
    """
    if facts is None:
        return {}
    return {
        "Data": _data(facts),
        "Results": _results(facts),
        "Model": _model(facts.config),
        "How it was trained": _command(model_name, facts.config),
    }


def _data(facts: RunFacts) -> str:
    parts = [(name, part) for name, part in facts.data.items() if part["examples"]]
    rows = [(name, f"{part['examples']:,}", part["blake2b"]) for name, part in parts]
    named = [(name, getattr(facts.config, name)) for name in _FILES]
    given = [(name, value) for name, value in named if value is not None]
    return "\n\n".join(
        [
            table(["part", "texts", "fingerprint"], rows),
            table(["setting", "value"], given),
            _validation(facts.config),
        ]
    )


def _validation(config: RunConfig) -> str:
    if config.prepared_dir:
        return "The validation part is that of the prepared corpus. It chose the best epoch."
    if config.validation_file or (config.dataset and ":" not in config.dataset):
        return "The validation part comes with the data. It chose the best epoch."
    held_out = (
        f"a stratified share of {config.validation_fraction:g}, held out of the training "
        f"{'data' if config.dataset else 'file'}, equal texts together. It chose the best epoch."
    )
    if config.dataset:
        return f"The validation part is that of the set or, where it has none, {held_out}"
    return f"The validation part is {held_out}"


def _results(facts: RunFacts) -> str:
    report = facts.report
    if report is None:
        return "The run was not at its end when this was exported: there is no report of it."
    evaluation = evaluation_of(report)
    measures = [four(measure(report)) for measure in evaluation.measures.values()]
    rows = [(report["split"], f"{report['examples']:,}", *measures)]
    if report["split"] != "validation":
        examples, empty = f"{facts.data['validation']['examples']:,}", [""] * (len(measures) - 1)
        rows.append(("validation", examples, four(report[evaluation.headline]), *empty))
    return "\n\n".join(
        [
            table(["part", "texts", *evaluation.measures], rows),
            f"Epoch {report['best_epoch']} of at most {facts.config.epochs} was the best. "
            f"In detail, on the {report['split']} part:",
            _details(report, evaluation),
        ]
    )


def _details(report: Mapping, evaluation: Evaluation) -> str:
    if "classes" not in report:
        first = evaluation.tables(report)[0]
        return f"{escaped(first.title)}:\n\n{table(first.header, first.rows)}"
    rows = [(row["label"], *three(row), row["support"]) for row in report["classes"]]
    return table(["class", "precision", "recall", "F1", "texts"], rows)


def _model(config: RunConfig) -> str:
    names = _MODEL + _WINDOWS if config.truncation == "window" else _MODEL
    rows = [(name, getattr(config, name)) for name in names if getattr(config, name) is not None]
    lengths = [("max_length", config.max_length), ("inference_length", config.inference_length)]
    rows += [(name, f"{value:,} tokens") for name, value in lengths if value]
    rows += [("tokenizer", f"{config.tokenizer}, {config.vocabulary_size:,} entries")]
    rows += [("case and accents", "folded" if config.lowercase else "kept")]
    return table(["setting", "value"], rows)


def _command(model_name: str, config: RunConfig) -> str:
    run_dir = shlex.quote(f"--run_dir=runs/{model_name}")
    return (
        "With keras_pe installed (in a clone: `python -m apps.train`); settings that are not named "
        f"have their defaults.\n\n```sh\nkeras-pe-train {training_flags(config)} "
        f"{run_dir}\n```"
    )
