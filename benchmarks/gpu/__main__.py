"""Measures training with Keras on JAX beside PyTorch, in bfloat16, on the same GPU.

python -m benchmarks.gpu
python -m benchmarks.gpu --length=512 --peers_python=.venv-backends/bin/python --output=results.md
"""

import pathlib
import tempfile

from absl import flags

from benchmarks.command import run
from benchmarks.environments import PEERS, lacking, versions
from keras_pe.config import RunConfig

_DEFAULT = RunConfig()
_LENGTHS = flags.DEFINE_multi_integer(
    "length", [128, 512, 2048], "tokens of a text; may be given several times", lower_bound=3
)
_TOKENS = flags.DEFINE_integer("tokens", 65_536, "tokens of a batch, padding included")
_STEPS = flags.DEFINE_integer("steps", 20, "steps of a round", lower_bound=1)
_ROUNDS = flags.DEFINE_integer("rounds", 5, "timed rounds of each side", lower_bound=1)
_DEVICE = flags.DEFINE_enum("device", "cuda", ("cuda", "cpu"), "cpu only shows that it runs")
_POSITION = flags.DEFINE_string("position", _DEFAULT.position, "position encoding of ours")
_LAYERS = flags.DEFINE_integer("num_layers", _DEFAULT.num_layers, "encoder blocks")
_WIDTH = flags.DEFINE_integer("hidden_dim", 128, "width of the token vectors")
_PEERS_PYTHON = flags.DEFINE_string("peers_python", PEERS, "Python with JAX and PyTorch for CUDA")


def _findings():
    from benchmarks.gpu.measure import table

    missing = lacking(_PEERS_PYTHON.value, ("jax", "torch"))
    if missing:
        raise ValueError(missing)
    yield [f"Peers: {versions(_PEERS_PYTHON.value, ('jax', 'torch'))}."], []
    yield [], [table([_row(length) for length in sorted(set(_LENGTHS.value))])]


def _row(length):
    from benchmarks.gpu.measure import batches, measure_length, row
    from benchmarks.peers.contestants import sizes
    from keras_pe.models import resolve_defaults

    config = resolve_defaults(
        RunConfig(
            position=_POSITION.value,
            num_layers=_LAYERS.value,
            hidden_dim=_WIDTH.value,
            max_length=length,
            vocabulary_size=20_000,
            num_classes=4,
        )
    )
    data = batches(length, _TOKENS.value, _STEPS.value, config)
    with tempfile.TemporaryDirectory() as folder:
        sides = measure_length(
            config,
            data,
            pathlib.Path(folder),
            rounds=_ROUNDS.value,
            python=_PEERS_PYTHON.value,
            device=_DEVICE.value,
        )
    return row(length, data, sides, sizes(config))


if __name__ == "__main__":
    run("benchmarks.gpu", _findings)
