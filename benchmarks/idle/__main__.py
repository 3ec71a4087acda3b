"""Measures which share of an epoch the training step waits for its next batch.

python -m benchmarks.idle
python -m benchmarks.idle --train_file=train.csv --model=transformer --output=results.md
"""

import csv
import pathlib
import random
import tempfile

from absl import flags

from benchmarks.command import run
from keras_pe.config import RunConfig

_MODEL = flags.DEFINE_multi_enum(
    "model",
    ["transformer", "lstm", "tiny"],
    ["transformer", "lstm", "tiny"],
    "what trains; tiny is one block, 16 wide: a step that takes less time than any of use",
)
_TEXTS = flags.DEFINE_integer("texts", None, "most texts (default: all)", lower_bound=2)
_EPOCHS = flags.DEFINE_integer("epochs", 3, "timed epochs; one more comes first", lower_bound=1)
_DEFAULT = RunConfig()
_SETTINGS = (
    flags.DEFINE_string("train_file", None, "labelled texts (default: docstrings, cut short)"),
    flags.DEFINE_string("text_column", _DEFAULT.text_column, "column or key of the text"),
    flags.DEFINE_string("label_column", _DEFAULT.label_column, "column or key of the label"),
)


def _findings():
    from benchmarks.idle.sources import prepared_source, source_of
    from benchmarks.idle.waiting import HEADER, row, sized, waits
    from benchmarks.texts import load_texts

    config = RunConfig(**{flag.name: flag.value for flag in _SETTINGS})
    texts = load_texts(config, 2)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "texts.csv")
        _write(path, _drawn(texts.examples))
        sources = (source_of(path), prepared_source(path, pathlib.Path(folder)))
        rows = []
        for model in dict.fromkeys(_MODEL.value):
            for source in sources:
                found = waits(sized(source.config, model), f"{folder}/run", _EPOCHS.value)
                rows.append(row(model, source, found))
    yield [f"Texts: {texts.name}."], [(HEADER, rows)]


def _drawn(examples):
    most = len(examples) if _TEXTS.value is None else min(_TEXTS.value, len(examples))
    return random.Random(0).sample(examples, most)


def _write(path, examples):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "label"])
        writer.writerows((example.text, example.label) for example in examples)


if __name__ == "__main__":
    run("benchmarks.idle", _findings)
