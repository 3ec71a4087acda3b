"""Measures the pipeline and the training beside the plain way, by turns in one process.

python -m benchmarks
python -m benchmarks --train_file=train.csv --measure=transformer --output=results.md
"""

import datetime
import importlib
import os
import pathlib
import shlex
import sys

from absl import app, flags

from keras_pe.config import RunConfig

_MEASUREMENTS = ("tokenising", "tokenizers", "batching", "transformer", "lstm")

_MEASURE = flags.DEFINE_multi_enum(
    "measure", _MEASUREMENTS, _MEASUREMENTS, "what to measure; may be given several times"
)
_ROUNDS = flags.DEFINE_integer("rounds", 5, "timed rounds of each contender", lower_bound=1)
_TEXTS = flags.DEFINE_integer("texts", 2_048, "texts trained on per round")
_OUTPUT = flags.DEFINE_string("output", None, "new .json or .md file for the results")
_DEFAULT = RunConfig()
_SETTINGS = (
    flags.DEFINE_string("train_file", None, "labelled texts (default: docstrings, cut short)"),
    flags.DEFINE_string("text_column", _DEFAULT.text_column, "column or key of the text"),
    flags.DEFINE_string("label_column", _DEFAULT.label_column, "column or key of the label"),
    flags.DEFINE_string("position", _DEFAULT.position, "position encoding of our models"),
    flags.DEFINE_float("dropout", None, "dropout rate (default: that of each model)"),
    flags.DEFINE_string("precision", _DEFAULT.precision, "as of `train`"),
    flags.DEFINE_integer("seed", _DEFAULT.seed, "seed of the sample and the order of batches"),
)


def main(arguments):
    """Measures, prints a table after each measurement, and writes the results if asked to."""
    try:
        _measure(arguments[1:])
    except (ValueError, OSError) as error:
        sys.exit(f"benchmarks: {error}")


def _measure(arguments):
    if arguments:
        raise ValueError(f"Arguments must be flags. Received: {arguments[0]!r}")
    config = RunConfig(**{flag.name: flag.value for flag in _SETTINGS})
    output = pathlib.Path(_OUTPUT.value) if _OUTPUT.value else None
    from benchmarks.machine import describe_machine
    from benchmarks.report import check_output, facts_line, terminal_table, write_results
    from benchmarks.texts import load_texts
    from benchmarks.training import check_model

    if output:
        check_output(output)
    for name in _MEASURE.value:
        check_model(config, name)
    machine = describe_machine()
    texts = load_texts(config, _TEXTS.value)
    facts = {
        "date": datetime.date.today().isoformat(),
        "command": shlex.join(["python", "-m", "benchmarks", *sys.argv[1:]]),
        "machine": machine,
        "data": texts.describe(),
    }
    print(f"{facts_line(machine)}\n{facts_line(facts['data'])}", flush=True)
    measurements = []
    for name in _MEASURE.value:
        module = importlib.import_module(f"benchmarks.{name}")
        measurements.append(module.measure(texts, config, _ROUNDS.value))
        print(f"\n{terminal_table(measurements[-1])}", flush=True)
    if output:
        write_results(output, facts, measurements)


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")  # as apps do, and for all contenders
    os.environ.setdefault("RAYON_NUM_THREADS", "2")  # threads of the Rust tokenizer
    app.run(main)
