"""What prepare writes is what train would have made of the same files in memory."""

import random

import numpy as np
import pytest

from keras_pe.config import RunConfig, SettingsRead
from keras_pe.data.shards.manifest import Manifest
from keras_pe.data.shards.sharded_texts import ShardedTexts
from keras_pe.prepared_data import PreparedData
from keras_pe.text.tokenizers import load_tokenizer
from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer


def texts_of(folder, name):
    tokenizer = WordPieceTokenizer.load(folder / "tokenizer")
    manifest = Manifest.load(folder)
    format = manifest.record_format(name, ["dry", "wet"])
    return ShardedTexts(
        folder, manifest.parts[name], tokenizer=tokenizer, max_length=12, format=format
    )


def as_rows(encoded):
    ids = np.split(encoded.ids, encoded.offsets[1:-1])
    return sorted(zip((tuple(i.tolist()) for i in ids), encoded.labels.tolist(), strict=True))


def shards_in(folder):
    return {path.name: path.read_bytes() for path in folder.glob("*.tfrecord")}


def test_shards_hold_what_a_run_in_memory_would_have(rows, table, prepared, tmp_path):
    files = {"train_file": table(rows), "test_file": table(rows[:50], "test.csv")}
    manifest = prepared(**files)
    config = RunConfig(vocabulary_size=200, max_length=12, **files)
    memory = PreparedData.load(SettingsRead(config))
    folder = tmp_path / "prepared"
    assert WordPieceTokenizer.load(folder / "tokenizer").vocabulary == memory.tokenizer.vocabulary
    for name in ("train", "validation", "test"):
        (window,) = texts_of(folder, name).windows(1_000)
        assert as_rows(window) == as_rows(getattr(memory, name))
        assert manifest.parts[name].rows == len(getattr(memory, name))
    leaks = {finding.check: finding.numbers for finding in memory.findings}
    assert {f.check: f.numbers for f in manifest.findings} == leaks
    assert leaks["leaks between parts"]["test rows in training"] > 20


def test_the_order_of_the_rows_and_the_files_changes_no_byte(rows, table, prepared, tmp_path):
    prepared("one", train_file=table(rows))
    mixed = random.Random(1).sample(rows, len(rows))
    several = [table(mixed[at::3], f"{at}.csv") for at in range(3)] + [table([], "empty.csv")]
    prepared("several", train_file=",".join(several))
    assert shards_in(tmp_path / "one") == shards_in(tmp_path / "several")
    assert len(shards_in(tmp_path / "one")) == 6


@pytest.mark.slow
def test_several_processes_write_the_same_shards(rows, table, prepared, tmp_path):
    from keras_pe.config import PreparationConfig
    from keras_pe.preparation.prepare import prepare

    files = ",".join(table(rows[at::3], f"{at}.csv") for at in range(3))
    prepared("one", train_file=files)
    config = RunConfig(vocabulary_size=200, train_file=files)
    prepare(config, PreparationConfig(num_shards=3, processes=2), tmp_path / "two")
    assert shards_in(tmp_path / "one") == shards_in(tmp_path / "two")


def test_every_kind_of_tokenizer_is_learned_as_in_memory(rows, table, prepared, tmp_path):
    settings = {"train_file": table(rows), "tokenizer": "characters", "clean": "tags"}
    prepared(**settings)
    memory = PreparedData.load(SettingsRead(RunConfig(vocabulary_size=200, **settings)))
    tokenizer = load_tokenizer(tmp_path / "prepared" / "tokenizer")
    assert tokenizer.kind == "characters"
    assert tokenizer.vocabulary == memory.tokenizer.vocabulary


def test_a_given_tokenizer_is_taken(rows, table, prepared, tmp_path):
    tokenizer = WordPieceTokenizer(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "rain", "sun"])
    tokenizer.save(tmp_path / "own")
    prepared(train_file=table(rows), tokenizer_dir=str(tmp_path / "own"))
    assert WordPieceTokenizer.load(tmp_path / "prepared" / "tokenizer").vocabulary[4] == "rain"


@pytest.mark.parametrize("on_leak", ["drop", "warn"])
def test_leaks_are_treated_as_in_memory(on_leak, rows, table, prepared, tmp_path):
    files = {"train_file": table(rows), "test_file": table(rows[:40], "test.csv")}
    settings = {**files, "on_leak": on_leak, "validation_fraction": 0.3}
    manifest = prepared(**settings)
    memory = PreparedData.load(SettingsRead(RunConfig(vocabulary_size=200, **settings)))
    assert manifest.parts["train"].rows == len(memory.train)
    assert manifest.parts["validation"].rows == len(memory.validation)


def test_a_named_task_is_prepared_too(prepared):
    manifest = prepared(dataset="parity", task_examples=200, max_length=12)
    assert [part.rows for part in manifest.parts.values()] == [200, 20, 20]
