import re

import numpy as np
import pytest
import tensorflow as tf

from keras_pe.data.batches import TrainingBatches, evaluation_batches
from keras_pe.data.encoded import EncodedTexts

LENGTHS = (4, 8, 12)


def some_texts(count, *, labels=True, seed=0):
    """Returns texts that begin with their own number, so that every row can be told."""
    lengths = np.random.default_rng(seed).integers(1, 13, count)
    rows = [[number + 1] + [5] * (length - 1) for number, length in enumerate(lengths)]
    return EncodedTexts(
        np.concatenate(rows).astype(np.int32),
        np.cumsum([0, *lengths]),
        labels=np.arange(count, dtype=np.int32) * 10 if labels else None,
    )


def training(count, **settings):
    return TrainingBatches(
        some_texts(count), **{"batch_size": 4, "lengths": LENGTHS, "seed": 1} | settings
    )


def numbers(dataset):
    return [ids.numpy()[:, 0].tolist() for ids, _ in dataset]


def test_rows_are_padded_on_the_right_to_the_next_length():
    encoded = EncodedTexts(
        np.array([2, 7, 3, 2, 8, 8, 8, 3]), np.array([0, 3, 8]), labels=np.array([1, 0])
    )
    dataset, order = evaluation_batches(encoded, batch_size=1, lengths=[4, 6])
    assert [(ids.numpy().tolist(), labels.numpy().tolist()) for ids, labels in dataset] == [
        ([[2, 7, 3, 0]], [1]),
        ([[2, 8, 8, 8, 3, 0]], [0]),
    ]
    assert order.tolist() == [0, 1]


@pytest.mark.parametrize("batch_size", [1, 4, 19, 20, 64])
def test_every_text_appears_once_per_epoch_as_it_was(batch_size):
    encoded = some_texts(20)
    batches = TrainingBatches(encoded, batch_size=batch_size, lengths=LENGTHS, seed=3)
    seen = []
    for ids, labels in batches.dataset():
        assert ids.shape[1] in LENGTHS
        for row, label in zip(ids.numpy(), labels.numpy(), strict=True):
            text = row[0] - 1
            start, end = encoded.offsets[text : text + 2]
            assert row[: end - start].tolist() == encoded.ids[start:end].tolist()
            assert not row[end - start :].any()
            assert label == 10 * text
            seen.append(text)
    assert sorted(seen) == list(range(20))


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(8, [4, 4]), (10, [4, 4, 2]), (3, [3])],
    ids=["full", "a rest", "less than a batch"],
)
def test_the_number_of_steps_is_known(count, sizes):
    batches = training(count)
    dataset = batches.dataset()
    assert [len(batch) for batch in numbers(dataset)] == sizes
    assert batches.steps_per_epoch == len(sizes) == dataset.cardinality()


def test_a_batch_is_padded_no_further_than_its_longest_text_needs():
    encoded = some_texts(200)
    batches = TrainingBatches(encoded, batch_size=4, lengths=LENGTHS, seed=3)
    widths = []
    for ids, _ in batches.dataset():
        longest = encoded.lengths[ids.numpy()[:, 0] - 1].max()
        widths.append(min(length for length in LENGTHS if length >= longest))
        assert ids.shape[1] == widths[-1]
    assert set(widths) == set(LENGTHS)


def test_batches_hold_texts_of_one_length_group_but_for_the_borders():
    encoded = some_texts(400)
    batches = TrainingBatches(encoded, batch_size=4, lengths=LENGTHS, seed=3)
    groups = np.searchsorted(LENGTHS, encoded.lengths)
    mixed = [
        len({groups[number - 1] for number in batch}) > 1 for batch in numbers(batches.dataset())
    ]
    assert sum(mixed) <= len(LENGTHS) - 1


def test_short_and_long_batches_are_mixed():
    widths = [ids.shape[1] for ids, _ in training(200).dataset()]
    assert widths not in (sorted(widths), sorted(widths, reverse=True))


def test_the_epoch_and_the_seed_alone_decide_the_order():
    batches = training(50)
    first, again = numbers(batches.dataset()), numbers(batches.dataset())
    batches.epoch = 1
    second = numbers(batches.dataset())
    assert first == again
    assert first != second
    resumed = training(50)
    resumed.epoch = 1
    assert numbers(resumed.dataset()) == second
    assert numbers(training(50, seed=2).dataset()) != first


def test_a_dataset_made_before_follows_the_epoch():
    batches = training(50)
    dataset = batches.dataset()
    first = numbers(dataset)
    batches.epoch = 7
    assert numbers(dataset) != first


def test_texts_of_one_group_meet_others_in_every_epoch():
    batches = training(64, lengths=[12])
    companions = []
    for epoch in range(3):
        batches.epoch = epoch
        companions.append(next(set(batch) for batch in numbers(batches.dataset()) if 1 in batch))
    assert len({frozenset(each) for each in companions}) == 3


def test_shapes_are_open_and_types_fixed():
    ids, labels = training(10).dataset().element_spec
    assert ids == tf.TensorSpec([None, None], tf.int32)
    assert labels == tf.TensorSpec([None], tf.int32)


def test_predictions_can_be_put_back_in_order():
    encoded = some_texts(23, labels=False)
    dataset, order = evaluation_batches(encoded, batch_size=4, lengths=LENGTHS)
    assert dataset.cardinality() == 6
    assert dataset.element_spec == tf.TensorSpec([None, None], tf.int32)
    rows = np.concatenate([ids.numpy()[:, 0] for ids in dataset])
    restored = np.empty_like(rows)
    restored[order] = rows
    assert restored.tolist() == list(range(1, 24))
    assert (np.diff(encoded.lengths[order]) >= 0).all()


def test_ids_on_disk_give_the_same_batches(tmp_path):
    memory = some_texts(40)
    np.save(tmp_path / "ids.npy", memory.ids)
    disk = EncodedTexts(
        np.load(tmp_path / "ids.npy", mmap_mode="r"), memory.offsets, labels=memory.labels
    )
    first, second = (
        [
            (ids.numpy().tolist(), labels.numpy().tolist())
            for ids, labels in TrainingBatches(
                encoded, batch_size=8, lengths=LENGTHS, seed=0
            ).dataset()
        ]
        for encoded in (memory, disk)
    )
    assert first == second


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"batch_size": 0}, "`batch_size` must be at least 1. Received: batch_size=0"),
        ({"seed": -1}, "`seed` must not be negative. Received: seed=-1"),
        ({"lengths": (8, 4, 12)}, "`lengths` must rise from at least 1. Received: lengths=(8, 4, "),
        ({"lengths": (0, 12)}, "`lengths` must rise from at least 1. Received: lengths=(0, 12)"),
        ({"lengths": ()}, "`lengths` must rise from at least 1. Received: lengths=()"),
        ({"lengths": (4, 11)}, "must hold the longest text, 12 tokens. Received: lengths=(4, 11)"),
    ],
)
def test_settings_out_of_range_are_refused(settings, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        training(50, **settings)


def test_texts_without_labels_cannot_be_trained_on():
    with pytest.raises(ValueError, match="must have labels to train on. Received: labels=None"):
        TrainingBatches(some_texts(3, labels=False), batch_size=2, lengths=LENGTHS, seed=0)


@pytest.mark.parametrize("settings", [{"batch_size": 0}, {"lengths": (4,)}], ids=str)
def test_evaluation_refuses_the_same(settings):
    with pytest.raises(ValueError, match="`batch_size` must be|The last of `lengths` must hold"):
        evaluation_batches(some_texts(50), **{"batch_size": 4, "lengths": LENGTHS} | settings)
