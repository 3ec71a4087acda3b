"""Trains on short texts, tests on long ones, and compares position encodings.

python -m apps.extrapolate --dataset=even_pairs --model=lstm --steps=500 --output_dir=runs/pairs
"""

import dataclasses

from absl import flags

from keras_pe.config import ExtrapolationConfig
from keras_pe.extrapolation.cells import variants

from . import _flags
from ._run import refuse_arguments
from ._run import run as run_app
from ._tensorflow import start_quietly

_OUTPUT_DIR = flags.DEFINE_string(
    "output_dir", None, "folder of the study; one that was stopped is gone on with"
)
# What the grid, the lengths and the steps decide. A study weighs no class.
_DECIDED = {
    "position",
    "position_source",
    "max_length",
    "inference_length",
    "truncation",
    "window_overlap",
    "window_pooling",
    "max_windows",
    "second_length",
    "num_classes",
    "target_mean",
    "target_deviation",
    "text_pairs",
    "second_text_column",
    "epochs",
    "early_stopping_patience",
    "best_by",
    "class_weights",
    "threshold",
    "keep_ids",
    "label_names_file",
    "prepared_dir",
    "shuffle_buffer",
    "test_text_column",
    "seed",
    "task_examples",
}


def main(arguments):
    """Runs the cells that are missing and prints the tables."""
    refuse_arguments(arguments)
    config = _flags.read(ExtrapolationConfig, flags.FLAGS)
    variants(config)  # A mistyped name must not wait for TensorFlow.
    start_quietly()
    from keras_pe.extrapolation.study import ExtrapolationStudy

    study = ExtrapolationStudy(config, _OUTPUT_DIR.value)
    print("\n".join([study.description, *study.left_out]))
    try:
        for _ in study.run():
            pass  # The bar on standard error shows how far it is, the folder what was found.
    except KeyboardInterrupt as interrupt:
        again = f"the same command; finished runs are kept in {_OUTPUT_DIR.value}"
        raise KeyboardInterrupt(f"Go on with {again}") from interrupt
    print(study.write_report())
    print(f"Everything is in {_OUTPUT_DIR.value}.")


def _names():
    fields = dataclasses.fields(ExtrapolationConfig)
    return [field.name for field in fields if field.name not in _DECIDED]


def run():
    """Entry point of the command."""
    _flags.define(ExtrapolationConfig, *_names())
    run_app(main, required=["output_dir"])


if __name__ == "__main__":
    run()
