"""The guard compares ratios, never times; measurements here are made up."""

import json

import pytest
from absl import flags

from benchmarks import guard
from benchmarks.measurement import Measurement
from benchmarks.rounds import Rounds


def measurement(own_s, title="transformer", peer_s=0.5, speed=1.0):
    """Plain takes 1 s, each multiplied by how slow the machine is."""
    seconds = {"plain": 1.0, "keras_pe": own_s, "PyTorch": peer_s, "PyTorch, slow": 2 * peer_s}
    contenders = [
        Rounds(name, None, wall_s=(9.0,) * 2, cpu_s=(each * speed, each * speed * 2))
        for name, each in seconds.items()
    ]
    return Measurement(title=title, texts=8, tokens=80, contenders=tuple(contenders))


def test_ratios_are_to_the_plain_way_and_to_the_best_peer():
    assert guard.ratios(measurement(0.25)) == {
        "transformer: keras_pe, times the plain way": 4.0,
        "transformer: keras_pe, times the best of PyTorch": 2.0,
    }


def test_a_slower_machine_changes_no_ratio():
    assert guard.ratios(measurement(0.25, speed=7.0)) == guard.ratios(measurement(0.25))


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Function of made-up measurements that returns the exit code of the guard."""
    path = tmp_path / "baseline.json"

    def of(*measurements, write=False):
        monkeypatch.setattr(guard, "quick_measurements", lambda: iter(measurements))
        given = ["guard", f"--baseline={path}", *(["--write"] if write else ["--nowrite"])]
        flags.FLAGS.unparse_flags()
        flags.FLAGS(given, known_only=True)
        with pytest.raises(SystemExit) as stopped:
            guard.main(["guard"])
        return stopped.value.code

    of.path = path
    yield of
    flags.FLAGS.unparse_flags()


def test_what_was_stored_is_no_worse_than_itself(run, capsys):
    assert run(measurement(0.25), measurement(0.5, "lstm"), write=True) == 0
    assert len(json.loads(run.path.read_text())) == 4
    assert run(measurement(0.25), measurement(0.5, "lstm")) == 0
    assert capsys.readouterr().out.endswith("No ratio got worse.\n")


def test_a_ratio_that_fell_is_told_in_a_sentence(run, capsys):
    run(measurement(0.25), write=True)
    assert run(measurement(0.4)) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == [
        "transformer: keras_pe, times the plain way fell from 4.00 to 2.50, more than 15% down.",
        "transformer: keras_pe, times the best of PyTorch fell from 2.00 to 1.25, "
        "more than 15% down.",
    ]


def test_chance_is_tolerated(run):
    run(measurement(0.25), write=True)
    assert run(measurement(0.28)) == 0


def test_without_a_baseline_it_says_what_makes_one(run):
    assert "must be a file that --write made. Received: baseline=" in run(measurement(0.25))


def test_the_stored_baseline_is_of_ratios():
    stored = json.loads(guard.BASELINE.read_text(encoding="utf-8"))
    assert len(stored) >= 4
    assert all(0.1 < ratio < 100 for ratio in stored.values())
