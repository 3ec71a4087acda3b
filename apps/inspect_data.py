"""Looks at labelled text before anything is trained: leaks, faults, lengths, classes, words.

python -m apps.inspect_data --train_file=reviews.csv --test_file=test.csv --output_dir=inspection
"""

import pathlib

from absl import flags

from keras_pe.config import RunConfig

from . import _flags
from ._run import refuse_arguments
from ._run import run as run_app
from ._tensorflow import start_quietly

_OUTPUT_DIR = flags.DEFINE_string(
    "output_dir", None, "new folder for inspection.html and inspection.json (default: none)"
)
_SETTINGS = (
    "dataset",
    "train_file",
    "validation_file",
    "test_file",
    "problem_type",
    "format",
    "text_column",
    "second_text_column",
    "test_text_column",
    "label_column",
    "label_separator",
    "group_column",
    "text_separator",
    "encoding",
    "validation_fraction",
    "tokenizer",
    "vocabulary_file",
    "lowercase",
    "unicode_normalization",
    "clean",
    "vocabulary_size",
    "seed",
)


def main(arguments):
    """Inspects, prints a summary and writes a page."""
    refuse_arguments(arguments)
    _refuse_taken_folder()
    start_quietly()
    from keras_pe.inspection.inspection import inspect_data
    from keras_pe.inspection.report import write_inspection
    from keras_pe.inspection.summary import text_summary

    config = _flags.read(RunConfig, flags.FLAGS)
    inspection = inspect_data(config, progress=True)
    print(text_summary(inspection))
    if _OUTPUT_DIR.value:
        title = f"What is in {config.dataset or pathlib.Path(config.train_file).name}"
        _, page = write_inspection(inspection, _OUTPUT_DIR.value, title=title)
        print(f"\nThe page is {page}.")


def _refuse_taken_folder():
    """Raises `ValueError` before the slow part if the folder holds anything."""
    folder = pathlib.Path(_OUTPUT_DIR.value or "")
    if _OUTPUT_DIR.value and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ValueError(
            f"`output_dir` must be new or empty. Received: output_dir={str(folder)!r}. "
            "Choose another folder."
        )


def run():
    """Entry point of the command."""
    _flags.define(RunConfig, *_SETTINGS)
    run_app(main)


if __name__ == "__main__":
    run()
