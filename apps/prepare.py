"""Turns labelled text of any size into shards of token ids, which train streams from disk.

python -m apps.prepare --train_file='parts/*.csv.gz' --output_dir=prepared/reviews
"""

from absl import flags

from keras_pe.config import PreparationConfig, RunConfig

from . import _flags
from ._run import command, refuse_arguments
from ._run import run as run_app
from ._tensorflow import start_quietly

_OUTPUT_DIR = flags.DEFINE_string(
    "output_dir", None, "new folder for the shards; a preparation that was stopped goes on there"
)
_VERIFY = flags.DEFINE_bool("verify", False, "only compare the shards there with their checksums")
_SETTINGS = (
    "problem_type",
    "dataset",
    "task_examples",
    "max_length",
    "train_file",
    "validation_file",
    "test_file",
    "format",
    "text_column",
    "second_text_column",
    "test_text_column",
    "label_column",
    "label_separator",
    "weight_column",
    "group_column",
    "label_names_file",
    "text_separator",
    "encoding",
    "validation_fraction",
    "on_leak",
    "unknown_labels",
    "tokenizer",
    "vocabulary_file",
    "lowercase",
    "unicode_normalization",
    "clean",
    "vocabulary_size",
    "seed",
)


def main(arguments):
    """Prepares, and says what came of it."""
    refuse_arguments(arguments)
    if _VERIFY.value:
        _verify()
        return
    start_quietly()
    from keras_pe.preparation.prepare import prepare
    from keras_pe.preparation.summary import text_summary

    config = _flags.read(RunConfig, flags.FLAGS)
    how = _flags.read(PreparationConfig, flags.FLAGS)
    try:
        manifest = prepare(config, how, _OUTPUT_DIR.value, progress=True)
    except KeyboardInterrupt as interrupt:
        again = f"the same command; what is done is kept in {_OUTPUT_DIR.value}"
        raise KeyboardInterrupt(f"Go on with {again}") from interrupt
    print(text_summary(manifest, _OUTPUT_DIR.value))
    print(f"\nEverything is in {_OUTPUT_DIR.value}. Next:")
    print(f"  {command('train')} --prepared_dir={_OUTPUT_DIR.value} --run_dir=runs/...")


def _verify():
    from keras_pe.data.shards.manifest import Manifest

    given = {**_flags.given(RunConfig, flags.FLAGS), **_flags.given(PreparationConfig, flags.FLAGS)}
    for name in given:
        raise ValueError(f"`{name}` has no effect with --verify. Leave it out.")
    Manifest.load(_OUTPUT_DIR.value).verify(_OUTPUT_DIR.value, progress=True)
    print(f"All shards in {_OUTPUT_DIR.value} are as they were written.")


def run():
    """Entry point of the command."""
    _flags.define(RunConfig, *_SETTINGS)
    _flags.define(PreparationConfig)
    run_app(main, required=["output_dir"])


if __name__ == "__main__":
    run()
