"""Measures a trained classifier on labelled text: accuracy, F1 per class, errors of numbers.

python -m apps.evaluate --run_dir=runs/reviews --test_file=test.csv
"""

import pathlib
import re

from absl import flags

from keras_pe.config import DataConfig

from . import _flags
from ._run import refuse_arguments
from ._run import run as run_app
from ._tensorflow import start_quietly

_RUN_DIR = flags.DEFINE_string("run_dir", None, "folder that train wrote")
_OUTPUT_DIR = flags.DEFINE_string(
    "output_dir", None, "new folder for the report (default: evaluation/<file> in run_dir)"
)
_BATCH_SIZE = flags.DEFINE_integer(
    "batch_size", 64, "texts per step; fewer of more than 512 tokens", lower_bound=1
)
_HOW_TO_READ = (
    "text_column", "second_text_column", "label_column", "label_separator", "text_separator",
    "encoding", "format",
    "unknown_labels",
)  # fmt: skip


def main(arguments):
    """Evaluates, prints the report and writes it."""
    refuse_arguments(arguments)
    start_quietly()
    from keras_pe.classifier import TextClassifier
    from keras_pe.evaluation.report import text_report
    from keras_pe.run_evaluation import evaluate, write_evaluation
    from keras_pe.run_folder import RunFolder

    classifier = TextClassifier.load(_RUN_DIR.value)
    folder = RunFolder(_RUN_DIR.value)
    encoded, name = _encoded(folder, classifier)
    output_dir = _output_dir(folder.path, name)
    metrics = evaluate(classifier, encoded, folder.load_labels(), _BATCH_SIZE.value, verbose=1)
    print(text_report(metrics))
    write_evaluation(metrics, output_dir)
    print(f"\nThe report is in {output_dir}.")


def _encoded(folder, classifier):
    """Returns texts as a model reads them, and their name."""
    from keras_pe.data.encode_examples import encode_examples

    config = folder.load_config()
    if config.prepared_dir and not flags.FLAGS.test_file:
        return _prepared(folder, config)
    labels = folder.load_labels()
    examples, name = _examples(folder, labels)
    encoded = encode_examples(
        examples,
        tokenizer=classifier.tokenizer,
        max_length=classifier.max_length,
        labels=labels,
    )
    return encoded, name


def _prepared(folder, config):
    """Returns what is held out of the corpus that the run was trained on."""
    from keras_pe.sharded_data import ShardedData

    _refuse_given()
    data = ShardedData.load(config, resume=True)
    folder.refuse_other_data(data.fingerprint)
    return (data.test, "test") if data.test else (data.validation, "validation")


def _given():
    return {name: flags.FLAGS[name].value for name in _HOW_TO_READ if flags.FLAGS[name].present}


def _refuse_given():
    for name in _given():
        raise ValueError(f"`{name}` has no effect without --test_file. Leave it out.")


def _examples(folder, labels):
    """Returns examples and their name: the file given, else the run's own test or validation."""
    from keras_pe.data.fingerprint import fingerprint
    from keras_pe.data.load import load_splits
    from keras_pe.data.readers import read_examples, settings_used
    from keras_pe.data.unknown_labels import with_known_labels
    from keras_pe.data.word_order import word_order_examples

    given, config, path = _given(), folder.load_config(), flags.FLAGS.test_file
    if path:
        if "unknown_labels" in given and not labels.names:
            raise ValueError("`unknown_labels` has no effect on numbers. Leave it out.")
        unknown = given.pop("unknown_labels", config.unknown_labels)
        format = given.setdefault("format", config.format)
        used = settings_used(path, format) - {"weight_column", "group_column"}
        how = {name: getattr(config, name) for name in used}
        if config.test_text_column and "text_column" in used:
            how["text_column"] = config.test_text_column
        how |= given
        how["problem_type"] = config.problem_type
        examples, name = list(read_examples(path, **how)), _report_name(path)
        if config.shuffle_distance is not None:
            distance, seed = config.shuffle_distance, config.seed
            examples = word_order_examples(examples, distance=distance, seed=seed)
        if unknown == "drop":
            examples = with_known_labels(examples, labels.names, part="test")
        return examples, name
    _refuse_given()
    splits = load_splits(config)
    # What is held out may have changed with the file; then it may be what the run has learned.
    folder.refuse_other_data(fingerprint(splits))
    return (splits.test, "test") if splits.test else (splits.validation, "validation")


def _report_name(path):
    """Returns the name of the last file without its ending, and without signs of a pattern."""
    return re.sub(r"[*?,\[\]]+", "_", pathlib.Path(path).name.split(".")[0]).strip("_") or "files"


def _output_dir(run_dir, name):
    if _OUTPUT_DIR.value:
        output_dir = pathlib.Path(_OUTPUT_DIR.value)
        if output_dir.exists():
            raise ValueError(f"`output_dir` must be new. Received: output_dir={str(output_dir)!r}")
        return output_dir
    taken = 1
    output_dir = run_dir / "evaluation" / name
    while output_dir.exists():
        taken += 1
        output_dir = output_dir.with_name(f"{name}-{taken}")
    return output_dir


def run():
    """Entry point of the command."""
    _flags.define(DataConfig, "test_file", *_HOW_TO_READ)
    run_app(main, required=["run_dir"])


if __name__ == "__main__":
    run()
