"""Training beside peers: the same batches for all, operations by hand. No timing is judged."""

import pathlib

import numpy as np
import pytest

from benchmarks.measurement import Measurement
from benchmarks.peers.contestants import TORCH, contestants, sizes
from benchmarks.peers.flops import training_flops
from benchmarks.peers.measure import PeerMeasurement, at_length
from benchmarks.peers.stored_batches import (
    evenly_spread,
    fixed_length,
    read_batches,
    write_batches,
)
from benchmarks.rounds import Rounds
from keras_pe.config import RunConfig
from tests.programs import run_module

ROOT = pathlib.Path(__file__).parents[2]
BATCHES = [
    (np.array([[5, 6, 0]], "int32"), np.array([1], "int32")),
    (np.array([[7, 0], [8, 9]], "int32"), np.array([0, 2], "int32")),
]


def test_batches_come_back_as_they_were_written(tmp_path):
    write_batches(tmp_path / "b.npz", BATCHES)
    for written, read in zip(BATCHES, read_batches(tmp_path / "b.npz"), strict=True):
        for one, other in zip(written, read, strict=True):
            np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    ("count", "lengths"), [(1, [5]), (3, [2, 5, 8]), (4, [2, 4, 6, 8]), (9, list(range(1, 10)))]
)
def test_some_batches_stand_for_all_lengths(count, lengths):
    shuffled = np.random.default_rng(0).permutation(np.arange(1, 10))
    batches = [(np.ones((2, length)), np.zeros(2)) for length in shuffled]
    assert [ids.shape[1] for ids, _ in evenly_spread(batches, count)] == lengths


def test_fixed_length_keeps_every_text_with_its_label():
    batches = fixed_length(BATCHES, 4, batch_size=2, seed=0)
    assert [ids.shape for ids, _ in batches] == [(2, 4), (1, 4)]
    rows = [
        (ids.tolist(), int(label)) for batch in batches for ids, label in zip(*batch, strict=True)
    ]
    expected = [([5, 6, 0, 0], 1), ([7, 0, 0, 0], 0), ([8, 9, 0, 0], 2)]
    assert sorted(rows) == expected


def test_operations_of_a_transformer_by_hand():
    config = {"model": "transformer", "hidden_dim": 3, "intermediate_dim": 5, "num_layers": 2}
    # Products in one layer, texts of 2 and 4 tokens: q, k, v, out 4 * 3 * 3 and 2 * 3 * 5 for each
    # of 6 tokens; scores and sums over values 2 * 3 for each of 4 + 16 pairs.
    products = 6 * (36 + 30) + 20 * 6
    assert training_flops(np.array([2, 4]), config) == 3 * 2 * 2 * products


def test_operations_of_an_lstm_by_hand():
    config = {"model": "lstm", "hidden_dim": 3, "lstm_units": 2, "bidirectional": True}
    # Four gates of 2 units read 3 features and 2 states, in two directions, for each of 6 tokens.
    assert training_flops(np.array([2, 4]), config) == 3 * 2 * (2 * 6 * 4 * 2 * 5)


@pytest.mark.parametrize("model", ["transformer", "lstm"])
def test_all_contestants_have_one_size(model):
    config = RunConfig(model=model, hidden_dim=16, dropout=0.1, word_dropout=0.0, num_classes=3)
    found = contestants(config)
    assert found[0].batches == "padded"
    assert found[0].arguments["plain"]
    own = [each for each in found if each.name.startswith("keras_pe")]
    assert [each.batches for each in own] == ["bucketed"] * 2
    torch = [each for each in found if each.module == TORCH]
    assert len(torch) >= 2
    assert all(each.arguments["sizes"] == sizes(config) for each in torch)
    assert len({each.name for each in found}) == len(found)


def test_profiles_differ_in_where_texts_are_cut():
    assert at_length(RunConfig(), "news").max_length == 128
    assert at_length(RunConfig(), "reviews").max_length == 512


def test_operations_per_second_are_those_of_the_median_round():
    plain = Rounds("plain", 0.5, wall_s=(1.0, 1.0, 1.0), cpu_s=(1.0, 2.0, 4.0))
    own = Rounds("own", 1.0, wall_s=(1.0, 1.0, 1.0), cpu_s=(1.0, 1.0, 1.0))
    measurement = Measurement(title="job", texts=8, tokens=80, contenders=(plain, own))
    header, rows = PeerMeasurement(measurement, 4e9, (8e9, 5e9)).table()
    assert [len(row) for row in rows] == [len(header)] * 2
    assert [row[-2:] for row in rows] == [["2.0", "4.0"], ["4.0", "5.0"]]


def run(*arguments):
    return run_module("benchmarks.peers", *arguments)


@pytest.mark.slow
def test_the_command_writes_a_table_and_says_how_to_get_pytorch(tmp_path, reviews_text):
    texts, output = tmp_path / "reviews.csv", tmp_path / "results.md"
    texts.write_text(reviews_text, encoding="utf-8")
    done = run(
        f"--train_file={texts}", "--texts=32", "--rounds=1", "--vocabulary_size=120",
        "--num_layers=1", "--profile=news", "--model=transformer",
        "--peers_python=/nowhere", f"--output={output}",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    written = output.read_text(encoding="utf-8")
    assert "PyTorch was left out: torch needs an environment: `make venv-backends`" in written
    rows = [line.strip("| ").split(" | ") for line in written.splitlines() if line[0:1] == "|"]
    assert len(rows) == 2 + 4
    assert {len(row) for row in rows} == {11}
    assert rows[2][3] == "1.00"


@pytest.mark.parametrize(
    ("argument", "sentence"),
    [
        ("all", "benchmarks.peers: Arguments must be flags. Received: 'all'"),
        ("--output=a.json", "`output` must end in .md. Received: output='a.json'"),
    ],
)
def test_a_fault_is_told_before_anything_is_measured(argument, sentence):
    done = run(argument)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
