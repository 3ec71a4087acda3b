"""The record of every epoch."""

import json

import pytest

from keras_pe.training.epoch_records import EpochRecords


def record(epoch, accuracy, loss=1.0):
    return {"epoch": epoch, "val_accuracy": accuracy, "val_loss": loss}


@pytest.mark.parametrize(("by", "best"), [("accuracy", 2), ("loss", 3)])
def test_the_best_epoch_is_that_of_the_chosen_score(tmp_path, by, best):
    records = EpochRecords(tmp_path / "metrics.jsonl", by=by)
    for epoch, accuracy, loss in [(1, 0.5, 0.9), (2, 0.8, 0.7), (3, 0.7, 0.4)]:
        records.add(record(epoch, accuracy, loss))
    assert records.best_epoch == best


def test_the_best_epoch_may_be_that_of_macro_f1(tmp_path):
    records = EpochRecords(tmp_path / "metrics.jsonl", by="macro_f1")
    for epoch, accuracy, macro_f1 in [(1, 0.8, 0.5), (2, 0.7, 0.6), (3, 0.9, 0.6)]:
        records.add({**record(epoch, accuracy), "val_macro_f1": macro_f1})
    assert records.best_epoch == 2


def test_of_equal_epochs_the_earlier_is_best(tmp_path):
    records = EpochRecords(tmp_path / "metrics.jsonl", by="accuracy")
    for epoch in (1, 2, 3):
        records.add(record(epoch, 0.5))
    assert records.best_epoch == 1


def test_records_are_read_back_without_the_half_line_of_a_killed_process(tmp_path):
    path = tmp_path / "metrics.jsonl"
    path.write_text(json.dumps(record(1, 0.5)) + "\n" + '{"epoch": 2, "val_acc', encoding="utf-8")
    assert list(EpochRecords(path, by="accuracy")) == [record(1, 0.5)]


def test_epochs_after_the_checkpoint_are_forgotten_in_the_file_too(tmp_path):
    path = tmp_path / "metrics.jsonl"
    records = EpochRecords(path, by="accuracy")
    for epoch in (1, 2, 3):
        records.add(record(epoch, 0.1 * epoch))
    records.keep_first(2)
    records.add(record(3, 0.9))
    assert [r["val_accuracy"] for r in EpochRecords(path, by="accuracy")] == [0.1, 0.2, 0.9]
