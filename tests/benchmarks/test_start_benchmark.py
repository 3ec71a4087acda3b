"""Starts are measured and held against their goals. No timing is judged."""

import logging
import time

import pytest

from benchmarks.measurement import Spread
from benchmarks.start.starts import APPS, Start, first_step, starts
from benchmarks.start.table import HEADER, measure, table
from keras_pe.training.first_step import FirstStep


def test_every_app_and_the_first_step_are_started():
    names = [each.name for each in starts()]
    assert {"demo", "evaluate", "export", "predict", "train"} <= set(APPS)
    assert {f"{app} --help" for app in APPS} | {f"{app} --nope" for app in APPS} <= set(names)
    assert names[-1] == "the demo's first training step"


@pytest.mark.parametrize("name", ["train --help", "train --nope", "import keras_pe, after keras"])
def test_a_start_takes_time(name):
    (start,) = (each for each in starts() if each.name == name)
    assert start.seconds() >= 0


def test_starts_come_by_turns_after_a_round_that_does_not_count():
    order = []
    pair = [Start(name, 1.0, lambda name=name: order.append(name) or 0.5) for name in "AB"]
    found = measure(pair, rounds=2)
    assert order == ["A", "B"] * 3
    assert [spread for _, spread in found] == [Spread(0.5, 0.5, 0.5)] * 2


def test_a_goal_is_met_or_not():
    early, late = (Start(name, 2.0, float) for name in ("early", "late"))
    header, rows = table([(early, Spread(1.0, 0.5, 3.0)), (late, Spread(2.5, 1.0, 3.0))])
    assert header == HEADER
    assert rows == [
        ["early", "1.000", "0.500-3.000", "< 2", "yes"],
        ["late", "2.500", "1.000-3.000", "< 2", "no"],
    ]


@pytest.mark.slow
def test_the_first_step_of_a_training_is_waited_for(tmp_path, reviews_text):
    path = tmp_path / "reviews.csv"
    path.write_text(reviews_text, encoding="utf-8")
    assert first_step([f"--train_file={path}", "--num_layers=1", "--hidden_dim=8"]) > 0
    with pytest.raises(RuntimeError, match="Training must begin. Received: .*nowhere"):
        first_step(["--train_file=nowhere.csv"])


def test_only_the_first_step_is_told(caplog):
    callback = FirstStep(since=time.monotonic() - 3.0)
    with caplog.at_level(logging.INFO, "keras_pe"):
        callback.on_train_batch_end(0)
        callback.on_train_batch_end(1)
    assert callback.seconds >= 3.0
    assert [r.getMessage() for r in caplog.records] == [
        f"First training step after {callback.seconds:.1f} s"
    ]
