"""Shards serve the texts that memory would, in an order of their own."""

import numpy as np
import pytest

from keras_pe.data.encoded import EncodedTexts
from keras_pe.data.length_groups import padded_lengths
from keras_pe.data.shards.part import Part
from keras_pe.data.shards.record_format import RecordFormat
from keras_pe.data.shards.sharded_texts import ShardedTexts
from keras_pe.data.shards.streamed_batches import StreamedBatches, streamed_evaluation_batches
from keras_pe.data.target_counts import TargetCounts
from keras_pe.preparation.shard_writer import write_shard
from keras_pe.text.wordpiece_tokenizer import WordPieceTokenizer

TEXTS, LONGEST = 200, 20


@pytest.fixture(scope="module")
def rows():
    """Pieces that name the text, so that each can be told from all others."""
    draw = np.random.default_rng(0)
    return [[4 + row] * draw.integers(0, 40) for row in range(TEXTS)]


@pytest.fixture(scope="module")
def texts(rows, tmp_path_factory):
    folder = tmp_path_factory.mktemp("shards")
    format = RecordFormat(num_classes=3)
    records = [
        ([format.to_record([ids], row % 3)], part(ids, row % 3)) for row, ids in enumerate(rows)
    ]
    sizes = [0, 70, 70, 130, 131, TEXTS]  # One of them is empty, one has a single text.
    parts = [
        write_shard(folder / f"{start}-{at}", records[start:end])
        for at, (start, end) in enumerate(zip(sizes, sizes[1:], strict=False))
    ]
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *map(str, range(TEXTS))]
    return ShardedTexts(
        folder,
        Part.joined(parts),
        tokenizer=WordPieceTokenizer(vocabulary),
        max_length=LONGEST,
        format=format,
    )


def part(ids, label):
    return Part(targets=TargetCounts(texts=1, classes={label: 1}), lengths={len(ids): 1})


@pytest.fixture(scope="module")
def encoded(rows):
    ids = [[2, *row[: LONGEST - 2], 3] for row in rows]
    full = np.array([len(row) + 2 for row in rows])
    offsets = np.cumsum([0, *map(len, ids)])
    return EncodedTexts(np.concatenate(ids), offsets, np.arange(TEXTS) % 3, full)


def served(dataset):
    """The batches, each as a list of (tokens without padding, label)."""
    return [
        [(tuple(i[i > 0].tolist()), int(n)) for i, n in zip(ids.numpy(), labels, strict=True)]
        for ids, labels in dataset
    ]


def everything(encoded):
    ids = np.split(encoded.ids, encoded.offsets[1:-1])
    return sorted((tuple(i.tolist()), n) for i, n in zip(ids, encoded.labels, strict=True))


def batches(texts, **settings):
    arguments = {"batch_size": 8, "seed": 3, "shuffle_buffer": 64, "lengths": [12, LONGEST]}
    return StreamedBatches(texts, **{**arguments, **settings})


def test_counts_are_those_of_the_texts_in_memory(texts, encoded):
    assert len(texts) == len(encoded)
    assert texts.cut == encoded.cut > 0
    assert texts.target_counts == encoded.target_counts
    shares = [0, 33.3, 50, 95, 100]
    np.testing.assert_allclose(
        texts.full_length_percentiles(shares), encoded.full_length_percentiles(shares)
    )
    assert padded_lengths(texts, count=5) == padded_lengths(encoded, count=5)


@pytest.mark.parametrize("size", [1, 37, 64, 1_000])
def test_windows_hold_every_text_once_and_in_order(size, texts, encoded):
    windows = list(texts.windows(size))
    assert [len(window) for window in windows[:-1]] == [min(size, TEXTS)] * (len(windows) - 1)
    for name in ("ids", "labels", "full_lengths", "lengths"):
        together = np.concatenate([getattr(window, name) for window in windows])
        np.testing.assert_array_equal(together, getattr(encoded, name))


def test_windows_may_grow(texts, encoded):
    windows = list(texts.windows([3, 5, 40]))
    assert [len(window) for window in windows][:4] == [3, 5, 40, 40]
    together = np.concatenate([window.ids for window in windows])
    np.testing.assert_array_equal(together, encoded.ids)


def test_training_begins_with_a_small_window(texts, monkeypatch):
    asked = []
    windows = texts.windows
    monkeypatch.setattr(
        texts, "windows", lambda size, random: asked.append(size) or windows(size, random=random)
    )
    served(batches(texts, shuffle_buffer=640).dataset())
    assert asked == [[16, 40, 80, 160, 320, 640]]


@pytest.mark.parametrize("shuffle_buffer", [3, 20, 64, 10_000])
def test_an_epoch_serves_every_text_once_in_as_many_steps_as_promised(
    shuffle_buffer, texts, encoded
):
    own = batches(texts, shuffle_buffer=shuffle_buffer)
    dataset = own.dataset()
    found = served(dataset)
    assert len(found) == int(dataset.cardinality()) == own.steps_per_epoch == 25
    assert [len(batch) for batch in found] == [8] * 25
    assert sorted(row for batch in found for row in batch) == everything(encoded)


def test_the_order_depends_on_seed_and_epoch_alone(texts):
    own, other = batches(texts), batches(texts)
    first = served(own.dataset())
    own.epoch = 1
    second = served(own.dataset())
    assert second != first
    other.epoch = 1
    assert served(other.dataset()) == second
    other.epoch = 0
    assert served(other.dataset()) == first
    assert served(batches(texts, seed=4).dataset()) != first


def test_texts_of_far_apart_shards_meet_in_a_window(texts):
    first = [ids[1] for ids, _ in sum(served(batches(texts).dataset())[:8], []) if len(ids) > 2]
    assert min(first) < 4 + 40
    assert max(first) > 4 + 150


def test_batches_are_padded_to_the_lengths_they_are_told(texts):
    widths = {ids.shape[1] for ids, _ in batches(texts).dataset()}
    assert widths == {12, LONGEST}


def test_evaluation_serves_every_text_once(texts, encoded):
    dataset = streamed_evaluation_batches(texts, batch_size=7, lengths=[LONGEST], window=30)
    found = served(dataset)
    assert len(found) == int(dataset.cardinality()) == 29
    assert sorted(row for batch in found for row in batch) == everything(encoded)


def test_a_part_without_texts_is_refused(texts):
    with pytest.raises(ValueError, match="there must be at least one text"):
        ShardedTexts("folder", Part(), tokenizer=texts, max_length=9, format=RecordFormat())
