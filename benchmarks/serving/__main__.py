"""Measures answers from raw string to label beside PyTorch and ONNX Runtime, tokenizer included.

python -m benchmarks.serving
python -m benchmarks.serving --torch_compile --output=results.md
"""

import pathlib
import tempfile

from absl import flags

from benchmarks.command import run
from benchmarks.environments import PEERS, versions
from keras_pe.config import RunConfig

_ROUNDS = flags.DEFINE_integer("rounds", 5, "timed rounds of each contender", lower_bound=1)
_TEXTS = flags.DEFINE_integer("texts", 256, "texts of a round", lower_bound=2)
_BATCH = flags.DEFINE_integer("serving_batch", 32, "texts of a batch", lower_bound=2)
_COMPILE = flags.DEFINE_bool("torch_compile", False, "torch.compile too; it takes minutes to build")
_PEERS_PYTHON = flags.DEFINE_string("peers_python", PEERS, "Python with PyTorch and ONNX Runtime")
_CORE = flags.DEFINE_integer("core", None, "the core to run on (default: the last; -1: all cores)")
_DEFAULT = RunConfig()
_SETTINGS = (
    flags.DEFINE_string("train_file", None, "labelled texts (default: docstrings, cut short)"),
    flags.DEFINE_string("text_column", _DEFAULT.text_column, "column or key of the text"),
    flags.DEFINE_string("label_column", _DEFAULT.label_column, "column or key of the label"),
    flags.DEFINE_integer("vocabulary_size", 20_000, "most entries of the vocabulary"),
    flags.DEFINE_integer("max_length", _DEFAULT.max_length, "tokens a text is cut to"),
    flags.DEFINE_integer("num_layers", _DEFAULT.num_layers, "encoder blocks"),
)


def _findings():
    with tempfile.TemporaryDirectory() as folder:
        table, notes = _serve(pathlib.Path(folder))
    yield notes, [table]


def _serve(folder):
    """Returns the table, and what must be known to read it."""
    from benchmarks.cores import chosen_core
    from benchmarks.report import facts_line
    from benchmarks.serving.contestants import contestants
    from benchmarks.serving.measure import measure, table
    from benchmarks.serving.stored_classifier import store_classifier
    from benchmarks.texts import load_texts

    core = chosen_core(_CORE.value)
    config = RunConfig(**{flag.name: flag.value for flag in _SETTINGS})
    texts = load_texts(config, _TEXTS.value)
    config = store_classifier(folder, texts, config, _TEXTS.value)
    entries = contestants(config, list(texts.labels.names), folder, _COMPILE.value)
    missing = {each.name: each.lacks(_PEERS_PYTHON.value) for each in entries}
    notes = [f"Texts: {facts_line(texts.describe())}."]
    notes += [f"{name} was left out: {why}" for name, why in missing.items() if why]
    entries = [each for each in entries if not missing[each.name]]
    packages = sorted({package for each in entries for package in each.packages})
    notes += [f"Peers: {versions(_PEERS_PYTHON.value, tuple(packages))}."] if packages else []
    found = measure(
        entries,
        rounds=_ROUNDS.value,
        batch_size=_BATCH.value,
        texts=_TEXTS.value,
        peers_python=_PEERS_PYTHON.value,
        core=core,
    )
    return table(found, _BATCH.value), notes


if __name__ == "__main__":
    run("benchmarks.serving", _findings)
