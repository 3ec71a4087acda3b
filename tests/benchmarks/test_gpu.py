"""The measurement for a GPU, as far as a CPU can show it. No timing is judged."""

import pathlib

import numpy as np
import pytest

from benchmarks.gpu.measure import HEADER, batches, row
from benchmarks.rounds import Rounds
from keras_pe.config import RunConfig
from tests.programs import run_module

ROOT = pathlib.Path(__file__).parents[2]
CONFIG = RunConfig(vocabulary_size=20, num_classes=3)


def test_batches_have_one_shape_and_texts_that_fill_half_their_rows_to_all():
    found = batches(length=5, tokens=23, steps=2, config=CONFIG)
    assert [(ids.shape, labels.shape) for ids, labels in found] == [((4, 5), (4,))] * 2
    for ids, labels in found:
        assert (ids != 0).sum(axis=1).tolist() == [5, 4, 3, 3]
        assert ids.max() < 20
        assert set(labels.tolist()) <= {0, 1, 2}
    assert not np.array_equal(found[0][0], found[1][0])


def test_a_row_compares_steps_by_the_clock():
    theirs = Rounds("PyTorch", None, wall_s=(0.2, 0.4, 0.2), cpu_s=(9.0,) * 3)
    own = Rounds("keras_pe", None, wall_s=(0.1, 0.1, 0.4), cpu_s=(9.0,) * 3)
    sizes = {"model": "transformer", "hidden_dim": 2, "intermediate_dim": 4, "num_layers": 1}
    data = batches(length=4, tokens=8, steps=2, config=CONFIG)
    cells = row(4, data, (theirs, own), sizes)
    assert len(cells) == len(HEADER)
    assert cells[:7] == [
        "4",
        "100.00",
        "100.00-200.00",
        "50.00",
        "50.00-200.00",
        "0.50",
        "0.25-2.00",
    ]
    # A step has 2 texts of 4 tokens: 3 passes, 2 operations, (16 + 16) x 4 + 4 x 16 products each.
    assert float(cells[7]) == pytest.approx(2 * 3 * 2 * (32 * 4 + 4 * 16) / 0.05 / 1e12, rel=0.01)


def test_without_jax_and_pytorch_it_says_how_to_get_them():
    done = run_module("benchmarks.gpu", "--peers_python=/nowhere")
    assert done.returncode == 1
    said = done.stderr.splitlines()[-1]
    assert said.startswith("benchmarks.gpu: jax and torch needs an environment: `make venv")
