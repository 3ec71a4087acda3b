"""Measures training beside Keras Hub, Keras and PyTorch, on the same batches of the same texts.

python -m benchmarks.peers
python -m benchmarks.peers --profile=news --model=transformer --train_file=train.csv --output=a.md
"""

import pathlib
import tempfile

from absl import flags

from benchmarks.command import run
from benchmarks.environments import PEERS, lacking, versions
from keras_pe.config import RunConfig

_PROFILES = {"news": 1_024, "reviews": 192}
_PROFILE = flags.DEFINE_multi_enum(
    "profile", list(_PROFILES), list(_PROFILES), "length of the texts; may be given several times"
)
_MODEL = flags.DEFINE_multi_enum(
    "model", ["transformer", "lstm"], ["transformer", "lstm"], "may be given several times"
)
_ROUNDS = flags.DEFINE_integer("rounds", 3, "timed epochs of each contender", lower_bound=1)
_TEXTS = flags.DEFINE_integer(
    "texts", None, "texts of a round, batches of all lengths (news: 1,024, reviews: 192)"
)
_PEERS_PYTHON = flags.DEFINE_string("peers_python", PEERS, "Python that has PyTorch")
_CORE = flags.DEFINE_integer("core", None, "the core to run on (default: the last; -1: all cores)")
_DEFAULT = RunConfig()
_SETTINGS = (
    flags.DEFINE_string("train_file", None, "labelled texts (default: docstrings)"),
    flags.DEFINE_string("text_column", _DEFAULT.text_column, "column or key of the text"),
    flags.DEFINE_string("label_column", _DEFAULT.label_column, "column or key of the label"),
    flags.DEFINE_integer("vocabulary_size", 20_000, "most entries of the vocabulary"),
    flags.DEFINE_integer("num_layers", _DEFAULT.num_layers, "encoder blocks"),
    flags.DEFINE_integer("batch_size", _DEFAULT.batch_size, "texts per step"),
)


def _findings():
    """Yields what the peers are, then a table for each model on each profile."""
    missing = lacking(_PEERS_PYTHON.value, ("torch",))
    if missing:
        yield [f"PyTorch was left out: {missing}"], []
    else:
        yield [f"Peers: {versions(_PEERS_PYTHON.value, ('torch',))}."], []
    yield from _results()


def _results():
    """Yields a table for each model on each profile, and what the texts are before the first."""
    from benchmarks.cores import chosen_core
    from benchmarks.peers.contestants import of_model
    from benchmarks.peers.measure import at_length, measure
    from benchmarks.report import facts_line
    from benchmarks.texts import load_texts

    for profile in dict.fromkeys(_PROFILE.value):
        config = at_length(RunConfig(**{flag.name: flag.value for flag in _SETTINGS}), profile)
        sample = _TEXTS.value or _PROFILES[profile]
        texts = load_texts(config, sample, whole=profile == "reviews")
        description = [f"Texts of {profile}: {facts_line(texts.describe())}."]
        for model in dict.fromkeys(_MODEL.value):
            with tempfile.TemporaryDirectory() as folder:
                found = measure(
                    texts,
                    of_model(config, model),
                    pathlib.Path(folder),
                    title=f"training, {model}, {profile}",
                    rounds=_ROUNDS.value,
                    peers_python=_PEERS_PYTHON.value,
                    core=chosen_core(_CORE.value),
                )
            yield description, [found.table()]
            description = []


if __name__ == "__main__":
    run("benchmarks.peers", _findings)
