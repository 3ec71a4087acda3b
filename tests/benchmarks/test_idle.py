"""Waiting for batches is told from training on them. No timing is judged."""

import time

import pytest

from benchmarks.idle.sources import Source
from benchmarks.idle.waiting import HEADER, Waits, row, sized, waits
from keras_pe.config import RunConfig
from keras_pe.data.batches import TrainingBatches
from tests.programs import run_module

SMALL = {"hidden_dim": 8, "num_layers": 1, "num_heads": 2, "intermediate_dim": 8}


def test_a_row_shows_the_median_share():
    found = Waits(texts=2_000, loading_s=1.5, epochs_s=(10.0, 20.0, 8.0), waiting_s=(1.0, 1.0, 2.0))
    source = Source("shards", RunConfig(), prepared_s=3.0)
    cells = row("lstm", source, found)
    assert len(cells) == len(HEADER)
    assert cells[:5] == ["lstm", "shards", "2,000", "3.0 s", "1.5 s"]
    assert cells[5:] == ["10.0 s", "8.0-20.0", "1.00 s", "10.0%", "5.0%-25.0%"]


def test_tiny_is_smaller_and_others_are_the_defaults():
    default = RunConfig()
    assert sized(default, "transformer") == default
    assert sized(default, "lstm") == RunConfig(model="lstm")
    assert sized(default, "tiny").hidden_dim == 16


@pytest.fixture
def config(tmp_path, reviews_text):
    path = tmp_path / "reviews.csv"
    path.write_text(reviews_text, encoding="utf-8")
    return RunConfig(train_file=str(path), **SMALL)


def test_batches_that_come_late_are_waited_for(config, tmp_path, monkeypatch):
    served = TrainingBatches.dataset
    batches = []

    def late(self):
        for batch in served(self):
            batches.append(self.epoch)
            time.sleep(0.05)
            yield batch

    monkeypatch.setattr(TrainingBatches, "dataset", late)
    found = waits(config, str(tmp_path / "run"), 2)
    assert set(batches) == {0, 1, 2}
    steps = batches.count(1)
    assert all(waiting >= 0.05 * steps for waiting in found.waiting_s)
    assert all(w < whole for w, whole in zip(found.waiting_s, found.epochs_s, strict=True))
    assert not (tmp_path / "run").exists()


@pytest.mark.slow
def test_the_command_writes_a_table(config, tmp_path):
    output = tmp_path / "idle.md"
    done = run_module(
        "benchmarks.idle", f"--train_file={config.train_file}", "--model=tiny", "--epochs=1",
        f"--output={output}",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows = [line for line in output.read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    assert [line.split(" | ")[1] for line in rows[2:]] == [
        "memory, --train_file",
        "shards, --prepared_dir",
    ]
